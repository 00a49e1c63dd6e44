import type { Instant, Result } from '#kernel'
import type {
  AccountId,
  ActedBy,
  Caller,
  Case,
  EmergencyOpening,
  EmergencyPart,
  EmergencyRefusal,
  EmergencyReview,
  FromFile,
  Governed,
  Looked,
  StoredEmergency,
} from '#usecases'

type Answer<T> = Promise<Result<Governed<T>, EmergencyRefusal>>
export type Emergencies = {
  readonly at: Instant
  readonly asks: AccountId | null
  readonly emergencies: readonly StoredEmergency[]
}

/** What is opened in emergencies, and what others find of it. */
export interface EmergencyDesk {
  open(from: FromFile<Case>, by: ActedBy, opening: EmergencyOpening): Answer<StoredEmergency>
  look(from: FromFile<Case>, by: ActedBy, id: string, part: EmergencyPart): Answer<Looked>
  end(from: Case, by: ActedBy, id: string): Answer<StoredEmergency>
  /** What the caller themself has open now. */
  listOpen(caller: Caller): Promise<Emergencies>
  /** All that the caller may review, as of one instant. */
  listReviews(caller: Caller): Promise<Emergencies>
  review(caller: Caller, id: string, review: EmergencyReview): Answer<StoredEmergency>
}
