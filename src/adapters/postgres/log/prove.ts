import { inclusionProofs, type TileRef, tilesForInclusion } from '#evidence'
import { FaultError, inputFault, surroundingsFault } from '#kernel'
import type { ActScope, EntryId, EntryProof, Store } from '#usecases'
import type { Database } from '../database.ts'
import type { FreshEntries } from './fresh.ts'
import { together } from './together.ts'
import { damaged, readHead, readTiles } from './tree.ts'

type Found = { readonly entry_id: EntryId; readonly index: number; readonly leaf: Uint8Array }

/**
 * Proof for whoever may see the opening of the entry: an act on the same person. Whoever asks while others are answered shares the
 * next look into the log.
 */
export function prover(database: Database, fresh: FreshEntries): Store['prove'] {
  let wanted: EntryId[] = []
  const look = together(() => {
    const entries = wanted
    wanted = []
    return proveEntries(database, entries)
  })
  return async (scope, entry) => {
    const known = fresh.take(scope, entry)
    if (known !== undefined) return known
    await requireOwn(database, scope, entry)
    wanted.push(entry)
    const proof = (await look()).get(entry)
    if (proof !== undefined) return proof
    throw new FaultError(
      surroundingsFault(
        'store.not-published',
        'the log',
        'an entry that waits for its place',
        'a published entry',
      ),
    )
  }
}

async function requireOwn(database: Database, scope: ActScope, entry: EntryId): Promise<void> {
  const own = await database.transact({ as: 'habeas_act', ...scope }, (session) =>
    session.query('select entry_id from habeas.openings where subject_id = $1 and entry_id = $2', [
      scope.subject,
      entry,
    ]),
  )
  if (own.length > 0) return
  throw new FaultError(
    inputFault('store.no-entry', 'the log', 'no entry of this person under this id', 'a recorded entry'),
  )
}

/** All under one head, which is read after the entries and so is never older than they are. */
const proveEntries = (
  database: Database,
  entries: readonly EntryId[],
): Promise<ReadonlyMap<EntryId, EntryProof>> =>
  database.transact({ as: 'habeas_auditor' }, async (session) => {
    const [found, head] = await Promise.all([
      session.query<Found>(
        'select entry_id, index, leaf from habeas_log.entries where entry_id = any($1::uuid[])',
        [entries],
      ),
      readHead(session),
    ])
    if (found.length === 0) return new Map()
    if (head === undefined || found.some(({ index }) => head.size <= index))
      throw damaged('an entry beyond every checkpoint', 'a signed head')
    const tiles = await readTiles(session, tilesOfAll(found, head.size))
    const proofs = inclusionProofs(
      found.map(({ index }) => index),
      head.size,
      tiles,
    )
    return new Map(
      found.map(({ entry_id, index, leaf }, i) => [
        entry_id,
        { index, leaf, hashes: proofs[i]!, checkpoint: head.note },
      ]),
    )
  })

/** Each tile once, however many proofs need it. */
function tilesOfAll(found: readonly Found[], size: number): TileRef[] {
  const refs = found.flatMap(({ index }) => tilesForInclusion(index, size))
  return [...new Map(refs.map((ref) => [`${ref.level}/${ref.index}`, ref])).values()]
}

/** Places of those entries that are this person's own and published. */
export async function locateEntries(
  database: Database,
  scope: ActScope,
  entries: readonly EntryId[],
): Promise<ReadonlyMap<EntryId, number>> {
  const own = await database.transact({ as: 'habeas_act', ...scope }, (session) =>
    session.query<{ entry_id: EntryId }>(
      'select entry_id from habeas.openings where subject_id = $1 and entry_id = any($2::uuid[])',
      [scope.subject, entries],
    ),
  )
  const rows = await database.transact({ as: 'habeas_auditor' }, (session) =>
    session.query<{ entry_id: EntryId; index: number }>(
      'select entry_id, index from habeas_log.entries where entry_id = any($1::uuid[])',
      [own.map(({ entry_id }) => entry_id)],
    ),
  )
  return new Map(rows.map(({ entry_id, index }) => [entry_id, index]))
}

export async function readCheckpoint(database: Database): Promise<string> {
  const head = await database.transact({ as: 'habeas_auditor' }, readHead)
  if (head === undefined) throw damaged('no checkpoint', 'at least that of the empty tree')
  return head.note
}
