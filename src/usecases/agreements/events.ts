import { type Agreement, type AgreementEvent, isDraft, type RecordedAgreement } from '#consent'
import type { Instant } from '#kernel'
import type { SignedAgreement, WithdrawalRecord } from '../ports.ts'

/** Nothing that becomes of an agreement is written twice: it follows from what else was signed and withdrawn. */
export const withEvents = (
  signed: readonly SignedAgreement[],
  withdrawals: readonly { readonly at: Instant; readonly purposes: readonly string[] | null }[],
): readonly RecordedAgreement[] =>
  signed.map(({ agreement }) => {
    const replaced = supersession(agreement, signed)
    // What had been replaced was no more when it was withdrawn.
    const then = withdrawals.filter(({ at }) => replaced.every((event) => at < event.at))
    return {
      agreement,
      events: [...replaced, ...then.flatMap((withdrawal) => withdrawalOf(agreement, withdrawal))],
    }
  })

/** A draft takes the place of a draft, and of nothing else: what stood goes on until all have signed what comes instead. */
function supersession(agreement: Agreement, signed: readonly SignedAgreement[]): readonly AgreementEvent[] {
  const next = signed.find((one) => one.agreement.supersedes === agreement.id)?.agreement
  if (next === undefined) return []
  if (!isDraft(agreement) && isDraft(next)) return supersession({ ...agreement, id: next.id }, signed)
  return [{ kind: 'superseded', by: next.id, at: next.signedAt }]
}

/** It ends what was there before it, for its purposes; what is signed afterwards stands. */
function withdrawalOf(
  { signedAt, provisions }: Agreement,
  { at, purposes }: Pick<WithdrawalRecord, 'at' | 'purposes'>,
): readonly AgreementEvent[] {
  if (at < signedAt) return []
  if (purposes === null) return [{ kind: 'withdrawn', items: null, at }]
  const ended = provisions.filter(
    (one) => one.purposes?.some((purpose) => purposes.includes(purpose)) ?? true,
  )
  if (ended.length === 0) return []
  // What belongs to no choice cannot be ended by one: the whole of it ends.
  const items = ended.map(({ item }) => item)
  const named = items.filter((item) => item !== null)
  return [{ kind: 'withdrawn', items: named.length < items.length ? null : named, at }]
}
