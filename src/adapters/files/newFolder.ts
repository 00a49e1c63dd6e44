import { chmod, lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { err, type Fault, FaultError, inputFault, ok, type Result } from '#kernel'
import { unlessErrno } from './errno.ts'
import { folderFault } from './folderFault.ts'
import { removeAbandoned, syncFolder, temporaryName } from './place.ts'

/**
 * Makes a private folder, whole or not at all: `fill` writes into one with another name, which gets its own once everything in
 * it is on the disk. Never takes the place of something.
 */
export async function writeNewFolder<T>(
  folder: string,
  fill: (temporary: string) => Promise<T>,
): Promise<Result<T, Fault>> {
  const path = resolve(folder)
  const temporary = join(dirname(path), temporaryName())
  let first: string | undefined
  let placed = false
  try {
    if (await unlessErrno(lstat(path), 'ENOENT')) return err(exists(folder))
    first = await mkdir(dirname(path), { recursive: true })
    await removeAbandoned(dirname(path))
    await mkdir(temporary, { mode: 0o700 })
    await chmod(temporary, 0o700)
    const filled = await fill(temporary)
    await syncFolder(temporary)
    if (await unlessErrno(lstat(path), 'ENOENT')) return err(exists(folder))
    await rename(temporary, path)
    placed = true
    await syncFolder(dirname(path))
    return ok(filled)
  } catch (error) {
    return err(error instanceof FaultError ? error.fault : folderFault(folder, error))
  } finally {
    // What cannot be taken away now is, by the next one; it must not hide why there is something to take away.
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    if (!placed && first !== undefined) await removeEmpty(first, dirname(path))
  }
}

/** Folders that were made for nothing, from the deepest up. */
async function removeEmpty(first: string, last: string): Promise<void> {
  for (let path = last; path.startsWith(first); path = dirname(path)) await rmdir(path).catch(() => undefined)
}

const exists = (folder: string): Fault =>
  inputFault('folder.exists', folder, 'something of this name', 'a name that is free')
