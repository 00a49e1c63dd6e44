import { type FileHandle, open, stat } from 'node:fs/promises'
import { concatBytes, err, type Fault, inputFault, ok, type Result, surroundingsFault } from '#kernel'
import { errnoOf } from './errno.ts'

const chunkBytes = 1 << 20

const meanings: Readonly<Record<string, readonly [code: string, found: string, expected: string]>> = {
  ENOENT: ['file.missing', 'no such file', 'a file'],
  ENOTDIR: ['file.missing', 'no such file', 'a file'],
  EISDIR: ['file.is-folder', 'a folder', 'a file'],
  EACCES: ['file.unreadable', 'a file that this user may not read', 'a readable file'],
  EPERM: ['file.unreadable', 'a file that this user may not read', 'a readable file'],
}

/** The bytes of a file of at most `maxBytes`; never more than that is held in memory, whatever `path` is. */
export async function readFileBounded(path: string, maxBytes: number): Promise<Result<Uint8Array, Fault>> {
  try {
    const opened = await openFile(path)
    try {
      return await opened.read(maxBytes)
    } finally {
      await opened.close()
    }
  } catch (error) {
    return err(readFault(path, error))
  }
}

/** As above, for a file that lies in a folder: a pipe or a device there would let the reader wait for ever. */
export async function readRegularFile(path: string, maxBytes: number): Promise<Result<Uint8Array, Fault>> {
  return (await findIrregular(path)) ?? readFileBounded(path, maxBytes)
}

/** A file that is open, and of which nothing was read yet. */
export interface OpenedFile {
  read(maxBytes: number): Promise<Result<Uint8Array, Fault>>
  close(): Promise<void>
}

/** Opens a file that lies in a folder, for whoever is not yet allowed to read it. */
export async function openRegularFile(path: string): Promise<Result<OpenedFile, Fault>> {
  const irregular = await findIrregular(path)
  return irregular ?? openFile(path).then(ok, (error: unknown) => err(readFault(path, error)))
}

async function findIrregular(path: string): Promise<Result<never, Fault> | undefined> {
  const there = await stat(path).catch(() => undefined)
  if (there === undefined || there.isFile() || there.isDirectory()) return undefined
  return err(inputFault('file.not-regular', path, 'a pipe, socket or device', 'a file'))
}

async function openFile(path: string): Promise<OpenedFile> {
  const handle = await open(path, 'r')
  const known = handle.stat()
  known.catch(() => undefined)
  return {
    async read(maxBytes) {
      try {
        const bytes = await readUpTo(handle, (await known).size, maxBytes + 1)
        if (bytes.length <= maxBytes) return ok(bytes)
        return err(inputFault('file.too-large', path, `over ${maxBytes} bytes`, 'a smaller file'))
      } catch (error) {
        return err(readFault(path, error))
      }
    },
    close: () => handle.close(),
  }
}

async function readUpTo(handle: FileHandle, size: number, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let total = 0
  while (total < limit) {
    // A pipe or a device says 0; a regular file is read in one piece and once more, to see its end.
    const wanted = Math.min(limit - total, Math.max(size - total, 0) + 1, 64 * chunkBytes)
    const chunk = new Uint8Array(size > 0 ? wanted : Math.min(limit - total, chunkBytes))
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null)
    if (bytesRead === 0) break
    chunks.push(chunk.subarray(0, bytesRead))
    total += bytesRead
  }
  return chunks.length === 1 ? chunks[0]! : concatBytes(...chunks)
}

/** What an error of reading `path` means. An error that is none of the system's is a bug and is thrown. */
export function readFault(path: string, error: unknown): Fault {
  const errno = errnoOf(error)
  if (errno === undefined) throw error
  const known = meanings[errno]
  return known
    ? inputFault(known[0], path, known[1], known[2])
    : surroundingsFault('file.failed', path, `the error ${errno}`, 'a file that can be read')
}
