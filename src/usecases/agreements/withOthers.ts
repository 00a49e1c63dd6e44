import {
  type Agreement,
  type AwaitedSigner,
  awaitedOf,
  awaitedParts,
  isDraft,
  joined,
  type PersonFacts,
  type RecordedAgreement,
  type SigningFlaw,
  stateOf,
} from '#consent'
import { err, type Instant, ok, type Result } from '#kernel'

/** A draft that another one can still sign: nothing has become of it, and its days and papers are not over. */
export const isOpenDraft = ({ agreement, events }: RecordedAgreement, at: Instant): boolean =>
  isDraft(agreement) && stateOf(agreement, events, at) === 'draft' && events.every((event) => event.at > at)

/**
 * What comes of a signature: an agreement where all have signed who must, together with those of the open draft where they said the same;
 * otherwise a draft of its own, which says for whom it waits.
 */
export function withOthers(
  agreement: Agreement,
  former: RecordedAgreement | undefined,
  person: PersonFacts,
): Result<Agreement, SigningFlaw['code']> {
  const facts = { person, objections: [] }
  const alone = awaitedOf(agreement, facts)
  if (alone.ok && alone.value.length === 0) return ok(awaiting(agreement, []))
  const both =
    former && isOpenDraft(former, agreement.signedAt) ? joined(agreement, former.agreement) : undefined
  if (both !== undefined) {
    const together = awaitedOf(both, facts)
    if (together.ok) return ok(awaiting(both, together.value))
  }
  return alone.ok ? ok(awaiting(agreement, alone.value)) : err(alone.error[0]!.code)
}

/** Beside signers, those who stand by are waited for. */
function awaiting(agreement: Agreement, signers: readonly AwaitedSigner[]): Agreement {
  const awaits = [...signers, ...awaitedParts(agreement)]
  return awaits.length === 0 ? agreement : { ...agreement, awaits }
}
