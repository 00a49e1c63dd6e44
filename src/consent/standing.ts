import { type Day, dayOf, type Instant } from '#kernel'
import type { Purpose } from '#vocabulary'

/** What this room needs to know of a consent; dates are days, because signed forms carry days. */
export type GivenConsent = {
  /** Absent: unknown. */
  readonly on?: Day | undefined
  /** null: not withdrawn; absent: unknown. */
  readonly withdrawnOn?: Day | null | undefined
  readonly covers?: { readonly purposes?: readonly Purpose[] | undefined } | undefined
}

/** The person ended what they had allowed for these purposes (null: for all), from this instant on. */
export type Withdrawal = { readonly at: Instant; readonly purposes: readonly Purpose[] | null }

/** The act whose consents are looked at: `lawDay` is the day of the law, `instant` when it happens. */
export type ActMoment = { readonly lawDay: Day; readonly instant: Instant }

/**
 * Consents as they stand for an act, after every withdrawal up to and including its instant. A withdrawn one is marked
 * as withdrawn no later than the law's day, so that no reading of dates revives it.
 */
export function applyWithdrawals<C extends GivenConsent>(
  consents: readonly C[],
  withdrawals: readonly Withdrawal[],
  moment: ActMoment,
): readonly C[] {
  const before = withdrawals.filter(({ at }) => at <= moment.instant)
  return consents.map((consent) => {
    const ending = before.find((withdrawal) => ends(withdrawal, consent))
    const day = ending ? dayOf(ending.at) : endedBy(consent, moment)
    return day === undefined ? consent : { ...consent, withdrawnOn: earlier(day, moment.lawDay, consent) }
  })
}

/** The day on which the consent itself says that it was withdrawn, once the act comes no earlier. */
const endedBy = ({ withdrawnOn }: GivenConsent, { instant }: ActMoment): Day | undefined =>
  withdrawnOn && withdrawnOn <= dayOf(instant) ? withdrawnOn : undefined

/**
 * A consent signed on a later day than the withdrawal is a new agreement and stands. On the same day the order is
 * unknown: the withdrawal wins, as it does over a consent without a date or without named purposes.
 */
function ends(withdrawal: Withdrawal, consent: GivenConsent): boolean {
  if (consent.on !== undefined && consent.on > dayOf(withdrawal.at)) return false
  const covered = consent.covers?.purposes
  return (
    withdrawal.purposes === null ||
    covered === undefined ||
    covered.some((purpose) => withdrawal.purposes?.includes(purpose))
  )
}

const earlier = (withdrawn: Day, lawDay: Day, { on, withdrawnOn }: GivenConsent): Day => {
  const days = [withdrawn, lawDay, withdrawnOn ?? withdrawn]
  const earliest = days.reduce((a, b) => (a < b ? a : b))
  return on !== undefined && earliest < on ? on : earliest
}
