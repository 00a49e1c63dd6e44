import type { Brand } from '#kernel'

export type EntryId = Brand<string, 'EntryId'>

/** A log entry: the exact leaf, and what it commits to (kept apart, so that it can be erased). */
export type EntryRecord = { readonly id: EntryId; readonly leaf: Uint8Array; readonly opening: Uint8Array }
