import { inclusionProof, tilesForInclusion } from '#evidence'
import { FaultError, inputFault, surroundingsFault } from '#kernel'
import type { ActScope, EntryId, EntryProof } from '#usecases'
import type { Database } from '../database.ts'
import { damaged, readHead, readTiles } from './tree.ts'

/** Proof for whoever may see the opening of the entry: an act on the same person. */
export async function proveEntry(database: Database, scope: ActScope, entry: EntryId): Promise<EntryProof> {
  const own = await database.transact({ as: 'habeas_act', ...scope }, (session) =>
    session.query('select entry_id from habeas.openings where subject_id = $1 and entry_id = $2', [
      scope.subject,
      entry,
    ]),
  )
  if (own.length === 0) {
    throw new FaultError(
      inputFault('store.no-entry', 'the log', 'no entry of this person under this id', 'a recorded entry'),
    )
  }
  return database.transact({ as: 'habeas_auditor' }, async (session) => {
    const sql = 'select index, leaf from habeas_log.entries where entry_id = $1'
    const [found] = await session.query<{ index: number; leaf: Uint8Array }>(sql, [entry])
    if (found === undefined) {
      throw new FaultError(
        surroundingsFault(
          'store.not-published',
          'the log',
          'an entry that waits for its place',
          'a published entry',
        ),
      )
    }
    const head = await readHead(session)
    if (head === undefined || head.size <= found.index)
      throw damaged('an entry beyond every checkpoint', 'a signed head')
    const tiles = await readTiles(session, tilesForInclusion(found.index, head.size))
    return {
      index: found.index,
      leaf: found.leaf,
      hashes: inclusionProof(found.index, head.size, tiles),
      checkpoint: head.note,
    }
  })
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
