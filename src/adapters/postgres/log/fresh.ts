import { inclusionProofs, type Tile, type TileLookup } from '#evidence'
import type { ActScope, EntryId, EntryProof } from '#usecases'
import type { Head } from './tree.ts'

/** One batch as it was sequenced, with the tiles at the right edge before it and those that it grew. */
export type Batch = {
  readonly head: Head
  readonly first: number
  readonly entries: readonly { readonly entry_id: string; readonly leaf: Uint8Array }[]
  readonly edge: TileLookup
  readonly grown: readonly Tile[]
}

/** What was handed in but never asked for again must not fill the memory. */
const mostKept = 10_000

/**
 * Entries that this process handed in itself, and their proofs from the batch that placed them: whoever handed one in need
 * not ask the database whose it is and where it stands. What is not here is looked up.
 */
export class FreshEntries {
  private readonly subjects = new Map<string, ActScope['subject']>()
  private readonly proofs = new Map<string, EntryProof>()

  /** Only once it is committed. */
  handedIn(entry: EntryId, { subject }: ActScope): void {
    if (this.subjects.size >= mostKept) this.subjects.clear()
    this.subjects.set(entry, subject)
  }

  /** Nobody will ask for its proof here. */
  forget(entry: EntryId): void {
    this.subjects.delete(entry)
  }

  /** Only once the batch is committed: a proof of what may yet be undone proves nothing. */
  sequenced({ head, first, entries, edge, grown }: Batch): void {
    const own = entries
      .map(({ entry_id, leaf }, i) => ({ entry_id, leaf, index: first + i }))
      .filter(({ entry_id }) => this.subjects.has(entry_id))
    if (this.proofs.size + own.length > mostKept) this.proofs.clear()
    const made = new Map(grown.map(({ ref, hashes }) => [`${ref.level}/${ref.index}`, hashes]))
    const tiles: TileLookup = (level, index) => made.get(`${level}/${index}`) ?? edge(level, index)
    const indices = own.map(({ index }) => index)
    const paths = inclusionProofs(indices, head.size, tiles)
    for (const [i, { entry_id, leaf, index }] of own.entries())
      this.proofs.set(entry_id, { index, leaf, hashes: paths[i]!, checkpoint: head.note })
  }

  /** Once, and for whom it belongs to. */
  take({ subject }: ActScope, entry: EntryId): EntryProof | undefined {
    if (this.subjects.get(entry) !== subject) return undefined
    const proof = this.proofs.get(entry)
    if (proof === undefined) return undefined
    this.subjects.delete(entry)
    this.proofs.delete(entry)
    return proof
  }
}
