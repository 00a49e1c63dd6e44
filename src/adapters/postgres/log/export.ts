import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  encodeEntryBundle,
  entriesPath,
  hashLength,
  keyFileBytes,
  parseCheckpoint,
  parseNote,
  type TileRef,
  tilePath,
  tileWidth,
  type VerifierKey,
} from '#evidence'
import { equalBytes, err, type Fault, FaultError, inputFault, ok, type Result, utf8 } from '#kernel'
import { unlessErrno } from '../../files/errno.ts'
import { folderFault } from '../../files/folderFault.ts'
import { writeFilesAtomically } from '../../files/writeFiles.ts'
import type { Database, Session } from '../database.ts'
import { damaged, type Head, readHead, readTiles } from './tree.ts'

/** Entries of 16 tiles are at most 256 MB, and 1 MB as we write them. */
const tilesPerWrite = 16

/**
 * The newest published log as C2SP tlog-tiles. Tiles come first and the checkpoint after them, so that a folder that is served
 * while it is written never promises what it does not hold; partial tiles of the export before go last.
 */
export async function exportLog(
  database: Database,
  key: VerifierKey,
  folder: string,
): Promise<Result<{ readonly size: number }, Fault>> {
  return database.transact({ as: 'habeas_auditor' }, async (session) => {
    const head = await readHead(session)
    if (head === undefined) throw damaged('no checkpoint', 'at least that of the empty tree')
    const before = await readExported(folder, key, head.size)
    if (!before.ok) return before
    const refs = tilesOf(head.size)
    for (let from = 0; from < refs.length; from += tilesPerWrite) {
      const files = await readBatch(session, refs.slice(from, from + tilesPerWrite))
      const written = await writeFilesAtomically(folder, files, { remove: [] })
      if (!written.ok) return written
    }
    const finished = await finish(folder, key, head, stalePaths(before.value, refs))
    return finished.ok ? ok({ size: head.size }) : finished
  })
}

function finish(folder: string, key: VerifierKey, { note }: Head, remove: readonly string[]) {
  const files = new Map([
    ['log.vkey', keyFileBytes(key)],
    ['checkpoint', utf8(note)],
  ])
  return writeFilesAtomically(folder, files, { remove })
}

/** Every tile of a tree of this size, at every level that has a complete hash. */
export function tilesOf(size: number): TileRef[] {
  const refs: TileRef[] = []
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / tileWidth)) {
    for (let index = 0; index * tileWidth < hashes; index++) {
      refs.push({ level, index, width: Math.min(tileWidth, hashes - index * tileWidth) })
    }
  }
  return refs
}

const pathsOf = (ref: TileRef): string[] =>
  ref.level === 0 ? [tilePath(ref), entriesPath(ref)] : [tilePath(ref)]

function stalePaths(sizeBefore: number, refs: readonly TileRef[]): string[] {
  const current = new Set(refs.flatMap(pathsOf))
  return tilesOf(sizeBefore)
    .flatMap(pathsOf)
    .filter((path) => !current.has(path))
}

async function readBatch(session: Session, refs: readonly TileRef[]): Promise<Map<string, Uint8Array>> {
  const tiles = await readTiles(session, refs)
  const files = new Map<string, Uint8Array>()
  for (const ref of refs) {
    const hashes = tiles(ref.level, ref.index).subarray(0, ref.width * hashLength)
    if (hashes.length !== ref.width * hashLength) throw damaged('a tile that is too short', 'a whole tile')
    files.set(tilePath(ref), hashes)
    if (ref.level === 0) files.set(entriesPath(ref), encodeEntryBundle(await readLeaves(session, ref)))
  }
  return files
}

async function readLeaves(session: Session, { index, width }: TileRef): Promise<Uint8Array[]> {
  const first = index * tileWidth
  const rows = await session.query<{ leaf: Uint8Array }>(
    'select leaf from habeas_log.entries where index >= $1 and index < $2 order by index',
    [first, first + width],
  )
  if (rows.length !== width) throw damaged('a gap between entries', 'every entry of the tree')
  return rows.map(({ leaf }) => leaf)
}

/** Size of what an earlier export left; refuses a folder that holds another log or a longer one. */
async function readExported(folder: string, key: VerifierKey, size: number): Promise<Result<number, Fault>> {
  const read = (name: string) => unlessErrno(readFile(join(folder, name)), 'ENOENT', 'ENOTDIR')
  try {
    const [vkey, checkpoint] = await Promise.all([read('log.vkey'), read('checkpoint')])
    if (vkey && !equalBytes(vkey, keyFileBytes(key))) {
      return err(
        inputFault('export.other-log', folder, 'the export of another log', 'an empty folder or this log’s'),
      )
    }
    if (checkpoint === undefined) return ok(0)
    const note = parseNote(checkpoint.toString('utf8'))
    const head = note.ok ? parseCheckpoint(note.value.text) : note
    if (head.ok && head.value.size <= size) return ok(head.value.size)
    const found = head.ok ? `an export with ${head.value.size} entries` : 'a file that is no checkpoint'
    return err(inputFault('export.not-older', folder, found, `an export of at most ${size} entries`))
  } catch (error) {
    if (error instanceof FaultError) throw error
    return err(folderFault(folder, error))
  }
}
