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
    const sql = 'select index from habeas_log.entries where entry_id = $1'
    const [found] = await session.query<{ index: number }>(sql, [entry])
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
      hashes: inclusionProof(found.index, head.size, tiles),
      checkpoint: head.note,
    }
  })
}
