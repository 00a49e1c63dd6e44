import { randomBytes } from 'node:crypto'
import { link, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { unlessErrno } from './errno.ts'

/** Names its maker, so that what a killed process left can be told from what a living one is writing. */
export const temporaryName = (): string => `.habeas-${process.pid}-${randomBytes(6).toString('hex')}.tmp`
const temporaryPattern = /^\.habeas-(\d+)-[0-9a-f]{12}\.tmp$/
export const isTemporary = (name: string): boolean => temporaryPattern.test(name)

/** A file with these bytes, on the disk (not only in its cache), under a name that nobody else has. */
export async function writeBeside(path: string, bytes: Uint8Array, mode = 0o666): Promise<string> {
  const temporary = join(dirname(path), temporaryName())
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return temporary
}

/** Makes a file, whole or not at all; false when one is there already, which stays as it is. */
export async function createOnce(path: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = await writeBeside(path, bytes, 0o600)
  try {
    const made = await unlessErrno(
      link(temporary, path).then(() => true),
      'EEXIST',
    )
    if (made) await syncFolder(dirname(path))
    return made === true
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Puts a new file in the place of an old one, whole or not at all. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await writeBeside(path, bytes, 0o600)
  try {
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Names in a folder are durable only when the folder itself is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await unlessErrno(handle.sync(), 'EINVAL', 'ENOTSUP')
  } finally {
    await handle.close()
  }
}

/** Takes away temporary files and folders whose maker is dead. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = (await unlessErrno(readdir(folder), 'ENOENT')) ?? []
  for (const name of names) {
    const pid = Number(temporaryPattern.exec(name)?.[1] ?? process.pid)
    if (pid !== process.pid && !exists(pid)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
