import {
  accessOfRelatives,
  type Death,
  evaluate,
  isAfterDeath,
  type NamedRelative,
  type RecordedAgreement,
  type RelativesAccess,
  relativesDisagree,
} from '#consent'
import type { Reason } from '#decision'
import type { Instant } from '#kernel'
import type { Situation } from '#law'
import type { ActedBy, ActRequest } from '../act.ts'
import { requestOf } from '../agreements/underAgreements.ts'
import { relationOf } from './relationOf.ts'

type Recorded = readonly RecordedAgreement[]
type Asked = Pick<ActRequest, 'situation' | 'by' | 'under'>

/** The death that an act comes after; null: at that instant the person lives, as far as is on record. */
export const deathBefore = (
  { death, situation }: Pick<ActRequest, 'death' | 'situation'>,
  at: Instant,
): Death | null => {
  if (isAfterDeath(death, at)) return death
  // A file that says both is not waited for.
  return situation.subject?.deceased === true ? { at: null } : null
}

/** The law hears of a death from its instant on. */
export const ofTheDead = (situation: Situation): Situation => ({
  ...situation,
  subject: { ...situation.subject, deceased: true, conscious: false },
})

/** What the hospital does with what is a dead person's needs a choice of theirs that goes on after death, whatever the law would let it do without one. */
export function reasonsAfterDeath(
  { situation, by, under }: Asked,
  recorded: Recorded,
  death: Death | null,
  at: Instant,
): readonly Reason[] {
  if (death === null || under !== 'house-rules') return []
  const { decision } = evaluate(recorded, requestOf(situation, by), at)
  return decision === 'permit' ? [] : [{ kind: 'after-death', diedAt: death.at }]
}

/** Null: whoever asks is no relative. */
export const relativeAsking = (by: ActedBy): NamedRelative | null =>
  by.kind === 'account' && by.kin !== undefined
    ? { name: by.name, relation: relationOf[by.kin.kinship] }
    : null

/** What the person said in life of this relative's look; null where no relative asks. */
export function accessAsked(
  { situation, by, under }: Asked,
  recorded: Recorded,
  at: Instant,
): RelativesAccess | null {
  const relative = relativeAsking(by)
  if (under !== 'near-relative' || relative === null) return null
  const { purpose, data } = situation
  return accessOfRelatives(recorded, { relative, purpose, categories: data?.categories ?? [] }, at)
}

/** As the law hears of it: what a file forbids no signature allows. */
export function withDirective(situation: Situation, access: RelativesAccess | null): Situation {
  const filed = situation.subject?.wishes?.directive
  if (access === null || access === 'not-said' || filed === 'forbids-access') return situation
  const { subject } = situation
  const directive = access === 'allowed' ? 'allows-access' : 'forbids-access'
  return { ...situation, subject: { ...subject, wishes: { ...subject?.wishes, directive } } }
}

const said: Readonly<Record<RelativesAccess, readonly Reason[]>> = {
  allowed: [],
  forbidden: [{ kind: 'person-refuses' }],
  others: [{ kind: 'other-relatives-named' }],
  'not-said': [],
}

/** Whoever only says that they stand against it, or no longer do, looks at nothing. */
export const reasonsOfRelatives = (
  access: RelativesAccess | null,
  { needs }: Pick<ActRequest, 'needs'>,
  recorded: Recorded,
  at: Instant,
): readonly Reason[] =>
  access === null || needs.length === 0
    ? []
    : [...said[access], ...(relativesDisagree(recorded, at) ? [{ kind: 'relatives-disagree' } as const] : [])]
