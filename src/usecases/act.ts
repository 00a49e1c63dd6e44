import type { Permit } from '#decision'
import type { Sha256Hex, SubjectId } from '#kernel'
import type { Situation } from '#law'
import type { Category } from '#vocabulary'
import type { ActTransaction } from './ports.ts'

/** Relative file name → exact bytes. */
export type Files = ReadonlyMap<string, Uint8Array>

/** Names of what was read, with the SHA-256 of its bytes. */
export type Inputs = Readonly<Record<string, Sha256Hex>>

/** A request at the door: what is asked, about whom, with which facts, and which categories the effect would read. */
export type ActRequest = {
  readonly kind: string
  readonly subject: SubjectId
  readonly actor: string
  readonly situation: Situation
  readonly needs: readonly Category[]
  readonly inputs: Inputs
}

/** What a permitted effect leaves: its value, the files it made and what it read to make them. */
export type Done<T> = { readonly value: T; readonly outputs: Files; readonly inputs: Inputs }
/** Runs inside the act's transaction, with the permit in hand; throwing rolls everything back. */
export type Effect<T> = (permit: Permit, transaction: ActTransaction) => Promise<Done<T>>
