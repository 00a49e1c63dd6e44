import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import {
  err,
  type Fault,
  inputFault,
  isRecord,
  ok,
  parseJson,
  type Result,
  surroundingsFault,
  utf8,
} from '#kernel'
import { unlessErrno } from './errno.ts'
import { createOnce, isTemporary, removeAbandoned } from './place.ts'

/** A folder that this program keeps its state in. `id` is random and its own. */
export type DataFolder = { readonly path: string; readonly id: string }

/** Raised whenever an older version could not use the folder any more. */
const format = 1
const markerName = 'habeas.json'
const isRoot = process.getuid?.() === 0

/** Makes the folder when it is missing or empty; refuses one that is somebody else's or a newer version's. */
export async function openDataFolder(folder: string): Promise<Result<DataFolder, Fault>> {
  const path = resolve(folder)
  await makeFolder(path)
  const marker = join(path, markerName)
  const text = await unlessErrno(readFile(marker, 'utf8'), 'ENOENT')
  if (text !== undefined) return readMarker(path, text)
  const foreign = (await readdir(path)).filter((name) => name !== 'lost+found' && !isTemporary(name))
  if (foreign.length > 0 && !foreign.includes(markerName)) {
    const found = 'a folder with other content'
    return err(inputFault('store.folder-not-ours', path, found, 'an empty folder or a data folder of habeas'))
  }
  await createOnce(marker, utf8(`${JSON.stringify({ format, id: randomBytes(8).toString('hex') })}\n`))
  await removeAbandoned(path)
  return readMarker(path, await readFile(marker, 'utf8'))
}

/** Root's database runs as another user, who must be able to pass through the folders that we make, whatever the umask. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  await chmod(path, isRoot ? 0o711 : 0o700)
  if (!isRoot) return
  for (let folder = path; folder !== first; ) {
    folder = dirname(folder)
    await chmod(folder, 0o755)
  }
}

function readMarker(path: string, text: string): Result<DataFolder, Fault> {
  const parsed = parseJson(text, join(path, markerName))
  const marker = parsed.ok && isRecord(parsed.value) ? parsed.value : {}
  const { format: found, id } = marker
  if (typeof found !== 'number' || typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) {
    return err(
      surroundingsFault(
        'store.damaged',
        join(path, markerName),
        'a damaged file',
        'the mark of a data folder',
      ),
    )
  }
  if (found > format)
    return err(newer(path, `data of format ${found}`, `format ${format} or older; a newer habeas`))
  return ok({ path, id })
}

const newer = (path: string, found: string, expected: string): Fault =>
  surroundingsFault('store.newer', path, found, expected)
