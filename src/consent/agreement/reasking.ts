import { type Day, dayOf, type Instant } from '#kernel'
import type { Jurisdiction } from '#vocabulary'
import type { Agreement, AgreementEvent } from './agreement.ts'
import { ordersOf } from './checkSigning.ts'
import { decidesOn, mattersOf, type PersonFacts } from './decider.ts'

/**
 * The first day on which somebody who was decided for decides a matter of the agreement themself, and must be asked: at 14 where it is
 * about information in China (PIPL 31), at majority for the rest. Null: nobody decided for them for want of years.
 * `person` is as they were on the day of the signature.
 */
export const dueAt = (person: PersonFacts, agreement: Agreement, jurisdiction: Jurisdiction): Day | null =>
  duesOf(person, agreement, jurisdiction)[0] ?? null

/** One day for each matter that somebody else decided, in order. */
function duesOf(person: PersonFacts, agreement: Agreement, jurisdiction: Jurisdiction): readonly Day[] {
  const signedOn = dayOf(agreement.signedAt)
  return mattersOf(agreement, jurisdiction)
    .flatMap((matter) => decidesOn(person, jurisdiction, matter, signedOn) ?? [])
    .sort()
}

/**
 * What time itself does to an agreement that somebody else signed, as events beside the recorded ones: from the day on which the person can decide it rests,
 * as a whole, until they have answered: by an agreement of their own, or by going on. Whoever resumes it must be one who
 * may sign then. What they signed themself stands, also while they have lost the capacity to sign: nothing follows for it here.
 */
export function restsOf(
  agreement: Agreement,
  person: PersonFacts,
  capacityRegainedOn: Day | null,
): readonly AgreementEvent[] {
  const signedOn = dayOf(agreement.signedAt)
  const dues = ordersOf(agreement).flatMap((jurisdiction) => duesOf(person, agreement, jurisdiction))
  const regained = isSignedByThem(agreement) ? null : capacityRegainedOn
  return [
    ...[...new Set(dues)].sort().map((due) => rest(due, 'majority')),
    // On the day of the signature it is not known which came first: it rests.
    ...(regained === null || regained < signedOn ? [] : [rest(regained, 'capacity-regained')]),
  ]
}

/** By nobody else beside them: what a guardian signed with them is asked again as what a guardian signed. */
export const isSignedByThem = ({ signer, coSigners, subject }: Agreement): boolean =>
  [signer, ...coSigners].every(({ grantor, person }) => grantor === 'self' && person === subject)

const rest = (on: Day, because: 'majority' | 'capacity-regained'): AgreementEvent => ({
  at: `${on}T00:00:00.000Z` as Instant,
  kind: 'paused',
  because,
})
