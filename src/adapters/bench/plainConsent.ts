import type { Withdrawal } from '#consent'
import { dayOf, type Instant } from '#kernel'
import type { Ruling, Situation } from '#law'

export type Question = {
  readonly situation: Situation
  readonly ruling: Ruling
  readonly withdrawals: readonly Withdrawal[]
  readonly instant: Instant
  readonly needs: readonly string[]
}

type Consent = NonNullable<Situation['consents']>[number]

/**
 * The peer of the gate: the same question in the fewest steps, as somebody would write it by hand. It answers yes or no; no reason,
 * no permit, no grounds.
 */
export function mayBeDone(question: Question): boolean {
  const { situation, ruling, needs } = question
  if (ruling.outcome !== 'permit' && ruling.outcome !== 'permit-with-duties') return false
  if (ruling.forbiddenBy.length > 0) return false
  for (const demand of ruling.whoMustConsent) {
    const given = demand.satisfied === true && !hasEnded(demand.party, question)
    if (!given && !answeredByAnother(demand, ruling)) return false
  }
  const { subject, data } = situation
  if (subject?.wishes?.refuses === true && subject.capacity !== 'limited' && subject.capacity !== 'none')
    return false
  for (const category of needs) {
    if (!data?.categories?.some((own) => own === category)) return false
  }
  return true
}

/** Whether this party had consented and none of it stands. */
function hasEnded(party: string, { situation, withdrawals, instant }: Question): boolean {
  let ended = false
  for (const consent of situation.consents ?? []) {
    if (consent.by !== party) continue
    if (!isEnded(consent, withdrawals, instant)) return false
    ended = true
  }
  return ended
}

function isEnded(consent: Consent, withdrawals: readonly Withdrawal[], instant: Instant): boolean {
  const today = dayOf(instant)
  if (consent.withdrawnOn && consent.withdrawnOn <= today) return true
  for (const { at, purposes } of withdrawals) {
    if (at > instant) continue
    if (consent.on !== undefined && consent.on > dayOf(at)) continue
    const covered = consent.covers?.purposes
    if (purposes === null || covered === undefined) return true
    for (const purpose of covered) if (purposes.includes(purpose)) return true
  }
  return false
}

type Demand = Ruling['whoMustConsent'][number]

function answeredByAnother(demand: Demand, { whoMustConsent }: Ruling): boolean {
  if (demand.rule !== 'one-of') return false
  for (const other of whoMustConsent) {
    if (other.rule === 'one-of' && other.for === demand.for && other.satisfied === true) return true
  }
  return false
}
