import { randomUUID } from 'node:crypto'
import { rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { err, ok } from '#kernel'
import type { OutFolder } from '#usecases'
import { folderFault } from './folderFault.ts'
import { writeFilesAtomically } from './writeFiles.ts'

/** A folder for results on this machine's disk. */
export const outFolder: OutFolder = {
  async check(folder) {
    const probe = join(await nearestExisting(resolve(folder)), `.habeas-${randomUUID()}.tmp`)
    try {
      await writeFile(probe, '')
      await rm(probe)
      return ok(undefined)
    } catch (error) {
      return err(folderFault(folder, error))
    }
  },
  write: (folder, files, stale) =>
    writeFilesAtomically(folder, files, { remove: stale.filter((name) => !files.has(name)) }),
}

/** The folder itself is made when there is something to write: a request that fails leaves none behind. */
async function nearestExisting(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => undefined)
  const parent = dirname(folder)
  return there !== undefined || parent === folder ? folder : nearestExisting(parent)
}
