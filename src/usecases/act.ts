import type { AccountId, KinPapers, Method, OrganisationId, Papers, Relation, Role } from '#access'
import type { AttendancePart, Death } from '#consent'
import type { Permit, Reason } from '#decision'
import type { Instant, Sha256Hex, SubjectId } from '#kernel'
import type { Situation } from '#law'
import type { Category } from '#vocabulary'
import type { ActTransaction, Hold } from './ports.ts'

/** Relative file name → exact bytes. */
export type Files = ReadonlyMap<string, Uint8Array>

/** Names of what was read, with the SHA-256 of its bytes. */
export type Inputs = Readonly<Record<string, Sha256Hex>>

/**
 * Who acts, and how they stand to the person. The operator runs the program beside the data, with no server between. All of
 * it goes into the evidence.
 */
export type ActedBy =
  | { readonly kind: 'operator' }
  | {
      readonly kind: 'account'
      readonly account: AccountId
      readonly name: string
      readonly method: Method
      /** Whoever stands by a signature does so in no role that they hold. */
      readonly role: Role | AttendancePart
      readonly relation: Relation
      readonly organisation: OrganisationId | null
      /** The person for whom a representative acts. */
      readonly actingFor: SubjectId | null
      /** On what a representative does; left out where nothing is known. */
      readonly papers?: Papers
      /** Of a relative: what shows that they are one. */
      readonly kin?: KinPapers
      /** The application that asked in their name. */
      readonly through: { readonly client: string; readonly name: string } | null
    }
export const operator: ActedBy = { kind: 'operator' }
/** Whoever has an account: a person at a browser, or a program. */
export type ByAccount = Extract<ActedBy, { readonly kind: 'account' }>

/** A request at the door: what is asked, about whom, with which facts, and which categories the effect would read. */
export type ActRequest = {
  readonly kind: string
  readonly subject: SubjectId
  /** As the evidence names them. */
  readonly actor: string
  readonly by: ActedBy
  readonly situation: Situation
  /**
   * Is it the hospital that acts, under what it laid down, or because the law bids it (`duty`); the person, with what is theirs; a relative
   * of somebody who has died (`near-relative`); a recipient, who answers the person; or somebody who closes what was opened in an emergency, or decides a review that the law bids
   * (`review`), and looks at nothing; or somebody whom the person named to stand by their signature?
   */
  readonly under:
    | 'house-rules'
    | 'duty'
    | 'own-right'
    | 'near-relative'
    | 'recall'
    | 'closing'
    | 'review'
    | 'attendance'
  /** As the hospital has it on record; null: nothing of a death, beside what the situation says. */
  readonly death: Death | null
  /** `alone`: what it leaves binds every later act, so its instant is read when no other act on the person is going on. */
  readonly hold: Hold
  readonly needs: readonly Category[]
  readonly inputs: Inputs
  /** It opens a record in an emergency, or looks under one: the reason is that of whoever asks, not the file's. */
  readonly breaksGlass?: true
  /** What else stands against it at its instant, as its transaction sees it. */
  readonly bars?: (transaction: ActTransaction, at: Instant) => Promise<readonly Reason[]>
}

/** What a permitted effect leaves: its value, the files it made and what it read to make them. */
export type Done<T> = { readonly value: T; readonly outputs: Files; readonly inputs: Inputs }
/** Runs inside the act's transaction, with the permit in hand; throwing rolls everything back. */
export type Effect<T> = (permit: Permit, transaction: ActTransaction) => Promise<Done<T>>
