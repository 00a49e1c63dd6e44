import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault, Result } from '#kernel'
import type { Case, FromFile } from '#usecases'
import { caseReader } from './readCase.ts'

const id = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/

/** The cases of a folder, one folder each. A name is one of those that are there, in just these letters, and never a path. */
export function caseFolders(folder: string) {
  const holdsCase = async (name: string): Promise<boolean> =>
    id.test(name) && (await stat(join(folder, name, 'case.json')).catch(() => undefined)) !== undefined
  const list = async (): Promise<readonly string[]> => {
    const found = []
    for (const name of (await readdir(folder)).sort()) if (await holdsCase(name)) found.push(name)
    return found
  }
  // Looked for and read at once; what was read under a name that is not there is given to nobody.
  const read = async (name: string): Promise<Result<FromFile<Case>, Fault> | undefined> => {
    if (!id.test(name)) return undefined
    const reading = caseReader.readCase(join(folder, name))
    const [names, holds, from] = await Promise.all([readdir(folder), holdsCase(name), reading])
    return names.includes(name) && holds ? from : undefined
  }
  return { list, read }
}
