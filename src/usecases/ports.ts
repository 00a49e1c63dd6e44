import type { Checkpoint, VerifierKey } from '#evidence'
import type { ActId, Brand, Fault, Instant, Json, Result, Sha256Hex, SubjectId } from '#kernel'

export type EntryId = Brand<string, 'EntryId'>

/** What a database connection must carry to see or write anything: one act on one person. */
export type ActScope = { readonly act: ActId; readonly subject: SubjectId }

/** The row of an act, permitted or refused. `situation` is what was known, `ruling` what the law said of it. */
export type ActRecord = {
  readonly kind: string
  readonly outcome: 'permitted' | 'refused'
  readonly at: Instant
  readonly situation: Json
  readonly ruling: Json
}

/** The person ended, from this instant on, whatever they had allowed for these purposes (all of them if null). */
export type WithdrawalRecord = {
  readonly id: string
  readonly at: Instant
  readonly purposes: readonly string[] | null
}

/** A log entry: the exact leaf, and what it commits to (kept apart, so that it can be erased). */
export type EntryRecord = { readonly id: EntryId; readonly leaf: Uint8Array; readonly opening: Uint8Array }

/** Inside one database transaction that carries one act; all of it commits with the entry, or none does. */
export interface ActTransaction {
  /** Every withdrawal of this person that is committed; holds off a concurrent one until this act ends. */
  listWithdrawals(): Promise<readonly WithdrawalRecord[]>
  recordAct(act: ActRecord): Promise<void>
  recordWithdrawal(withdrawal: WithdrawalRecord): Promise<void>
  recordPlan(plan: {
    readonly indication: string
    readonly plan: Json
    readonly sha256: Sha256Hex
  }): Promise<void>
  appendEntry(entry: EntryRecord): Promise<void>
}

/** Where an entry stands in the published log. */
export type EntryProof = {
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed note, exactly as published. */
  readonly checkpoint: string
}

/** Acts, plans and the log, in one PostgreSQL. */
export interface Store {
  readonly logKey: VerifierKey
  /** Runs `work` in one transaction; it commits when `work` resolves and rolls back when it throws. */
  transact<T>(scope: ActScope, work: (transaction: ActTransaction) => Promise<T>): Promise<T>
  /**
   * Sequences every committed entry that is not yet in the tree, in one batch, and signs a checkpoint. Safe to call from
   * several processes at once and after a crash at any point; does nothing when nothing is pending.
   */
  publish(): Promise<Checkpoint>
  /** Proof of an entry that a `publish` has sequenced. */
  prove(scope: ActScope, entry: EntryId): Promise<EntryProof>
  /** Writes the published log as C2SP tiles: `checkpoint`, `tile/…`, `log.vkey`. */
  exportLog(folder: string): Promise<Result<{ readonly size: number }, Fault>>
  close(): Promise<void>
}
