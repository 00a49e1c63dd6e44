import type { SubjectId } from '#kernel'
import { dayOf } from '#kernel'
import type { Situation } from '#law'
import type { Activity } from '#vocabulary'
import type { ActedBy, ActRequest } from './act.ts'
import type { Case } from './caseFolder.ts'
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
  }
}

/** A person's own look at what is theirs, as a request at the door. */
export function ownRequest(
  world: World,
  from: Case,
  by: ActedBy,
  kind: string,
): ActRequest & { readonly subject: SubjectId } {
  const situation = ownSituation(world, from, 'access-own')
  return {
    kind,
    subject: from.subject.id,
    actor: nameOf(from, by),
    by,
    situation,
    under: 'own-right',
    hold: 'shared',
    needs: situation.data?.categories ?? [],
    inputs: {},
  }
}

/** Whoever acts for a person acts in their own name. */
export const nameOf = ({ subject }: Case, by: ActedBy): string =>
  by.kind === 'operator' ? subject.name : by.name
