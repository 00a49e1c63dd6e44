import { type Day, err, ok, type Result } from '#kernel'
import type { Activity, Jurisdiction, Relation } from '#vocabulary'
import type { Signer } from './agreement.ts'
import { deciderOf, isAdult, type PersonFacts, type SigningMatter } from './decider.ts'

export type SigningQuestion = {
  readonly person: PersonFacts
  readonly jurisdiction: Jurisdiction
  readonly matter: SigningMatter
  /** What would be permitted; null: any. It matters only for the dead. */
  readonly activities: readonly Activity[] | null
  readonly on: Day
}

export type SignerFlaw =
  | 'not-born'
  | 'subject-deceased'
  | 'not-for-the-dead'
  | 'relative-of-the-living'
  | 'relation-contradicts'
  | 'too-young'
  | 'capacity-lacking'
  | 'person-decides'
  | 'agent-for-a-child'
  | 'authority-missing'
  | 'authority-not-begun'
  | 'authority-ended'

/** Whether this one may sign this matter for the person on that day, in the standing in which they sign. */
export function maySign(signer: Signer, question: SigningQuestion): Result<Signer['grantor'], SignerFlaw> {
  const { person, jurisdiction, matter, on } = question
  const flaw =
    on < person.bornOn
      ? 'not-born'
      : person.deceased
        ? flawForTheDead(signer, question)
        : flawOf[signer.grantor](signer, person, deciderOf(person, jurisdiction, matter, on), on)
  return flaw === undefined ? ok(signer.grantor) : err(flaw)
}

type Judge = (
  signer: Signer,
  person: PersonFacts,
  decider: 'self' | 'guardian',
  on: Day,
) => SignerFlaw | undefined

const flawOf: Readonly<Record<Signer['grantor'], Judge>> = {
  self: ({ relation }, person, decider, on) => {
    if (relation !== 'self') return 'relation-contradicts'
    if (decider === 'self') return undefined
    return isAdult(person, on) ? 'capacity-lacking' : 'too-young'
  },
  // Civil Code 23, 27, 28: parents, spouse, near relatives, or others who were approved; each shows by what.
  guardian: (signer, _, decider, on) =>
    strangerFlaw(signer) ?? (decider === 'self' ? 'person-decides' : authorityFlaw(signer, on)),
  // An agent of their own choice is for those who could choose one, and cannot decide now.
  agent: (signer, person, decider, on) => {
    if (!isAdult(person, on)) return 'agent-for-a-child'
    return strangerFlaw(signer) ?? (decider === 'self' ? 'person-decides' : authorityFlaw(signer, on))
  },
  // Kinship alone lets nobody decide for somebody who lives.
  relative: () => 'relative-of-the-living',
}

const strangerFlaw = ({ relation }: Signer): SignerFlaw | undefined =>
  relation === 'self' || relation === 'none' ? 'relation-contradicts' : undefined

function authorityFlaw({ authority }: Signer, on: Day): SignerFlaw | undefined {
  if (authority === null) return 'authority-missing'
  if (authority.from > on) return 'authority-not-begun'
  return authority.until !== null && authority.until < on ? 'authority-ended' : undefined
}

/** Civil Code 1045. */
export const nearRelatives = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'grandparent',
  'grandchild',
] as const satisfies readonly Relation[]
/**
 * What near relatives may ask for. PIPL 49: consult, copy, correct, delete. Civil Code 994: what becomes known of the dead.
 * CSP L1110-4: the record, for a reason of their own. Elsewhere the base knows of nothing.
 */
const ofTheDead: Readonly<Record<Jurisdiction, readonly Activity[]>> = {
  CN: [
    'access-deceased',
    'correct',
    'delete',
    'disclose',
    'provide-to-third-party',
    'transfer-abroad',
    'publish',
  ],
  EU: [],
  FR: ['access-deceased'],
  US: [],
}

function flawForTheDead(
  signer: Signer,
  { jurisdiction, activities, on }: SigningQuestion,
): SignerFlaw | undefined {
  if (signer.grantor !== 'relative') return 'subject-deceased'
  if (!nearRelatives.some((one) => one === signer.relation)) return 'relation-contradicts'
  const asked = activities?.every((one) => ofTheDead[jurisdiction].includes(one)) ?? false
  return asked ? authorityFlaw(signer, on) : 'not-for-the-dead'
}
