import { growTree, leafHash, type Signer, signCheckpoint, type Tile } from '#evidence'
import type { Database, Session } from '../database.ts'
import type { Batch } from './fresh.ts'
import { damaged, type Head, readEdge, readHead } from './tree.ts'

/** Leaves of one batch are held in memory: at most 64 MB of them. */
const batchSize = 1000
/** One sequencer at a time on a database; an arbitrary number of our own. */
export const sequencerLock = 7_246_002

type Pending = { readonly position: number; readonly entry_id: string; readonly leaf: Uint8Array }

/**
 * Sequences everything that was committed before the call. Entries, tiles and the signed head are committed together, so that
 * a crash leaves the old head or the new one, and a head is never known before its tree is durable.
 */
export async function publishPending(
  database: Database,
  signer: Signer,
  onSequenced: (batch: Batch) => void = () => {},
): Promise<Head> {
  for (;;) {
    const published = await database.transact({ as: 'habeas_sequencer' }, (session) =>
      publishBatch(session, signer),
    )
    if ('entries' in published) onSequenced(published)
    if (!('entries' in published) || published.entries.length < batchSize) return published.head
  }
}

async function publishBatch(session: Session, signer: Signer): Promise<Batch | { readonly head: Head }> {
  // One round trip; each statement begins when the one before it has ended, so both reads are under the lock.
  const [, head, pending] = await Promise.all([
    session.query('select pg_advisory_xact_lock($1)', [sequencerLock]),
    readHead(session),
    session.query<Pending>(
      'select position, entry_id, leaf from habeas_log.pending order by position limit $1',
      [batchSize],
    ),
  ])
  if (head === undefined) throw damaged('no checkpoint', 'at least that of the empty tree')
  return pending.length === 0 ? { head } : sequence(session, signer, head, pending)
}

async function sequence(
  session: Session,
  signer: Signer,
  head: Head,
  pending: readonly Pending[],
): Promise<Batch> {
  const edge = await readEdge(session, head)
  const hashes = pending.map(({ leaf }) => leafHash(leaf))
  const { size, root, tiles } = growTree(head.size, edge, hashes)
  const note = await signCheckpoint(signer, { origin: signer.key.name, size, root })
  await Promise.all([
    storeEntries(session, head.size, pending, hashes),
    storeTiles(session, tiles),
    storeHead(session, { size, root, note }),
  ])
  return { head: { size, root, note }, first: head.size, entries: pending, edge, grown: tiles }
}

/** Taken out of the queue and put in place in one statement; an index that is taken already is refused by its key. */
async function storeEntries(
  session: Session,
  first: number,
  pending: readonly Pending[],
  hashes: readonly Uint8Array[],
): Promise<void> {
  const moved = await session.query(
    `with batch as (
       select * from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as batch (position, index, leaf_hash)
     ), taken as (
       delete from habeas_log.pending where position in (select position from batch) returning position, entry_id, leaf
     )
     insert into habeas_log.entries (index, entry_id, leaf, leaf_hash)
     select index, entry_id, leaf, leaf_hash from batch join taken using (position) returning index`,
    [pending.map(({ position }) => position), pending.map((_, i) => first + i), hashes],
  )
  if (moved.length !== pending.length) throw damaged('a queue that changed under its lock', 'one sequencer')
}

async function storeTiles(session: Session, tiles: readonly Tile[]): Promise<void> {
  await session.query(
    `insert into habeas_log.tiles (level, index, width, hashes)
       select * from unnest($1::integer[], $2::bigint[], $3::integer[], $4::bytea[])
     on conflict (level, index) do update set width = excluded.width, hashes = excluded.hashes`,
    [
      tiles.map(({ ref }) => ref.level),
      tiles.map(({ ref }) => ref.index),
      tiles.map(({ ref }) => ref.width),
      tiles.map(({ hashes }) => hashes),
    ],
  )
}

export async function storeHead(session: Session, { size, root, note }: Head): Promise<void> {
  await session.query('insert into habeas_log.checkpoints (size, root, note) values ($1, $2, $3)', [
    size,
    root,
    note,
  ])
}
