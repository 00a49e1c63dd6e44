import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok } from '#kernel'
import type { OutFolder } from '#usecases'
import { folderFault } from './folderFault.ts'
import { writeFilesAtomically } from './writeFiles.ts'

/** A folder for results on this machine's disk. */
export const outFolder: OutFolder = {
  async check(folder) {
    const probe = join(folder, `.habeas-${randomUUID()}.tmp`)
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(probe, '')
      await rm(probe)
      return ok(undefined)
    } catch (error) {
      return err(folderFault(folder, error))
    }
  },
  write: (folder, files, stale) => writeFilesAtomically(folder, files, { remove: stale.filter((name) => !files.has(name)) }),
}
