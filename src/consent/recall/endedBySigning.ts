import type { Agreement } from '../agreement/agreement.ts'
import { type Clause, clausesOf } from '../agreement/clause.ts'
import { isWithin, share } from '../limits.ts'
import type { Reach } from './recall.ts'

/**
 * What of all that may have come to others a signature ends: what the one before it allowed and it does not, and whatever it says no to.
 * Of that which is given for several purposes, the purposes that it ends. Where it is in doubt, it is called back.
 */
export function endedBySigning(
  reached: readonly Reach[],
  now: Agreement,
  former: Agreement | undefined,
): readonly Reach[] {
  const [said, before] = [clausesOf(now), former === undefined ? [] : clausesOf(former)]
  const isEnded = (reach: Reach): boolean =>
    refuses(said, reach) || (allows(before, reach) && !allows(said, reach))
  return reached.flatMap((reach) => {
    if (reach.purposes === null) return isEnded(reach) ? [reach] : []
    const purposes = reach.purposes.filter((one) => isEnded({ ...reach, purposes: [one] }))
    return purposes.length > 0 ? [{ ...reach, purposes }] : []
  })
}

/** All of it. */
const allows = (clauses: readonly Clause[], { recipient, purposes, categories }: Reach): boolean =>
  clauses.some(
    (clause) =>
      clause.effect === 'permit' &&
      concerns(clause, recipient) &&
      isWithin(purposes, clause.purposes) &&
      isWithin(categories, clause.categories),
  )

/** Any of it. */
const refuses = (clauses: readonly Clause[], { recipient, purposes, categories }: Reach): boolean =>
  clauses.some(
    (clause) =>
      clause.effect === 'refuse' &&
      concerns(clause, recipient) &&
      share(purposes, clause.purposes) &&
      share(categories, clause.categories),
  )

/** Of a party that is no organisation nobody knows here whether this recipient is one. */
const concerns = ({ effect, parties }: Clause, recipient: string): boolean =>
  parties === null ||
  parties.some(({ kind, id }) => (kind === 'organisation' ? id === recipient : effect === 'refuse'))
