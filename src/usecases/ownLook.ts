import type { SubjectId } from '#kernel'
import { dayOf } from '#kernel'
import type { Situation } from '#law'
import type { Activity } from '#vocabulary'
import type { ActedBy, ActRequest } from './act.ts'
import type { Case } from './caseFolder.ts'
import { deathOf } from './deathOf.ts'
import type { World } from './world.ts'

/** What a person does with what is theirs: under the law of the day on which they do it, with the consents that are known. */
export function ownSituation({ clock }: World, { situation }: Case, activity: Activity): Situation {
  return {
    ...situation,
    id: activity,
    at: dayOf(clock.now()),
    activity,
    actor: { id: 'subject', kind: 'individual' },
    recipient: null,
    // Answered here and now, so nobody has refused it.
    request: { refused: false },
    ...(situation.subject && { subject: withoutRefusal(situation.subject) }),
  }
}

/** A no to an act is none to seeing, signing or ending what is theirs; what else the person wishes stays. */
export function withoutRefusal({ wishes, ...subject }: Subject): Subject {
  if (wishes === undefined) return subject
  const { refuses: _, ...others } = wishes
  return { ...subject, wishes: others }
}
type Subject = NonNullable<Situation['subject']>

/** A person's own look at what is theirs, as a request at the door. Against the no of the person nobody else looks for them. */
export function ownRequest(
  world: World,
  from: Case,
  by: ActedBy,
  kind: string,
): ActRequest & { readonly subject: SubjectId } {
  const own = ownSituation(world, from, 'access-own')
  const { subject } = from.situation
  const isForThem = by.kind === 'account' && by.relation === 'represents'
  const situation = isForThem && subject !== undefined ? { ...own, subject } : own
  return {
    kind,
    subject: from.subject.id,
    actor: nameOf(from, by),
    by,
    situation,
    under: 'own-right',
    death: deathOf(from),
    hold: 'shared',
    needs: situation.data?.categories ?? [],
    inputs: {},
  }
}

/** Whoever acts for a person acts in their own name. */
export const nameOf = ({ subject }: Case, by: ActedBy): string =>
  by.kind === 'operator' ? subject.name : by.name
