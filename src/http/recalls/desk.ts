import type { Instant, Result } from '#kernel'
import type { Caller, Governed, RecallClaim, RecallRefusal, StoredRecall } from '#usecases'

/** What organisations are asked to delete, and what they answer. */
export interface RecallDesk {
  /** After so many days without an answer a recall is overdue. */
  readonly days: number
  /** All that the caller may answer for, as of one instant. */
  list(caller: Caller): Promise<{ readonly at: Instant; readonly recalls: readonly StoredRecall[] }>
  answer(
    caller: Caller,
    id: string,
    claim: RecallClaim,
  ): Promise<Result<Governed<StoredRecall>, RecallRefusal>>
}
