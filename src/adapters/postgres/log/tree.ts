import { rootOf, type TileLookup, type TileRef, tilesForGrowth } from '#evidence'
import { equalBytes, FaultError, surroundingsFault } from '#kernel'
import type { Session } from '../database.ts'

/** A published head, with the signed note exactly as published. */
export type Head = { readonly size: number; readonly root: Uint8Array; readonly note: string }

/** The newest one; undefined before the log has its identity. */
export async function readHead(session: Session): Promise<Head | undefined> {
  const sql = 'select size, root, note from habeas_log.checkpoints order by size desc limit 1'
  return (await session.query<Head>(sql))[0]
}

/** What pure tree functions need to read, read. A tile may have grown since; what it had stays in front. */
export async function readTiles(session: Session, refs: readonly TileRef[]): Promise<TileLookup> {
  const rows = await session.query<{ level: number; index: number; hashes: Uint8Array }>(
    `select level, index, hashes from habeas_log.tiles
      join unnest($1::integer[], $2::bigint[]) as wanted (level, index) using (level, index)`,
    [refs.map(({ level }) => level), refs.map(({ index }) => index)],
  )
  const tiles = new Map(rows.map(({ level, index, hashes }) => [`${level}/${index}`, hashes]))
  return (level, index) => tiles.get(`${level}/${index}`) ?? new Uint8Array(0)
}

/** Tiles at the right edge, after proof that they are the ones that the head was signed for. */
export async function readEdge(
  session: Session,
  { size, root }: Pick<Head, 'size' | 'root'>,
): Promise<TileLookup> {
  const tiles = await readTiles(session, tilesForGrowth(size))
  if (!equalBytes(safeRoot(size, tiles), root)) {
    throw damaged('tiles that do not make the root of the checkpoint', 'the tiles that were signed')
  }
  return tiles
}

function safeRoot(size: number, tiles: TileLookup): Uint8Array {
  try {
    return rootOf(size, tiles)
  } catch (error) {
    // The tree's own word for a tile that is too short or not there.
    if (error instanceof RangeError) return new Uint8Array(0)
    throw error
  }
}

export const damaged = (found: string, expected: string): FaultError =>
  new FaultError(surroundingsFault('store.log-damaged', 'the log', found, expected))
