import { mustBeHeard, type Signer } from '#consent'
import { type Day, dayOf, type Instant } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type StandingRefusal, signerFor } from './signerFor.ts'
import { signingPerson } from './signingPerson.ts'

/** In which standing who looks could sign here at that moment; the law of the day has its say when they do. */
export type SigningStanding = {
  readonly as: Signer['grantor'] | 'nobody'
  readonly relation: Signer['relation'] | null
  /** The last day of their papers; null: they end by no day, or there are none. */
  readonly until: Day | null
  /** What the person says of it is asked beside it. */
  readonly asksVoice: boolean
  readonly because: StandingRefusal | 'consent.age-unknown' | null
}

const nobody = { as: 'nobody', relation: null, until: null, asksVoice: false } as const

export function standingAt(by: ActedBy, from: Case, at: Instant): SigningStanding {
  const signer = signerFor(by, from, at)
  if (!signer.ok) return { ...nobody, because: signer.error }
  const person = signingPerson(from.situation)
  if (person === undefined) return { ...nobody, because: 'consent.age-unknown' }
  const { grantor, relation, authority } = signer.value
  const isAsked = from.situation.jurisdictions.some((one) => mustBeHeard(person, one, dayOf(at)))
  return {
    as: grantor,
    relation,
    until: authority?.until ?? null,
    asksVoice: grantor !== 'self' && isAsked,
    because: null,
  }
}
