import type { Result } from '#kernel'
import type {
  AccountId,
  ActedBy,
  Caller,
  Case,
  FromFile,
  Governed,
  Relatives,
  RelativesAsking,
  RelativesDecision,
  RelativesRefusal,
  StoredRelativesReview,
} from '#usecases'

type Answer = Promise<Result<Governed<StoredRelativesReview>, RelativesRefusal>>
export type RelativesReviews = {
  readonly asks: AccountId | null
  readonly reviews: readonly StoredRelativesReview[]
}

/** What a genome says of relatives: what the person wishes, and whether relatives are to be told. */
export interface RelativesDesk {
  show(from: FromFile<Case>, by: ActedBy): Promise<Governed<Relatives>>
  ask(from: FromFile<Case>, by: ActedBy, asking: RelativesAsking): Answer
  /** All that the caller may decide. */
  listReviews(caller: Caller): Promise<RelativesReviews>
  decide(caller: Caller, id: string, decision: RelativesDecision): Answer
}
