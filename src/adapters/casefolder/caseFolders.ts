import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault, Result } from '#kernel'
import type { Case, FromFile, OpenedCase } from '#usecases'
import { caseReader, openCase } from './readCase.ts'

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
  // A folder of many cases is not listed for each of them. On a disk that takes letters for one another, a name is what the list says.
  const seen = new Set<string>()
  const isListed = async (name: string): Promise<boolean> => {
    if (!seen.has(name)) for (const each of await readdir(folder)) seen.add(each)
    return seen.has(name)
  }
  const read = async (name: string): Promise<Result<FromFile<Case>, Fault> | undefined> => {
    if (!id.test(name) || !(await isListed(name))) return undefined
    return unlessGone(name, await caseReader.readCase(join(folder, name)))
  }
  const unlessGone = async <T extends Result<unknown, Fault>>(name: string, from: T | undefined) => {
    if (from?.ok || (await holdsCase(name))) return from
    seen.delete(name)
    return undefined
  }
  /** One that was read before; undefined for any other name. */
  const open = (name: string): OpenedCase | undefined => {
    if (!seen.has(name)) return undefined
    const { read, letGo } = openCase(join(folder, name))
    return { read: async () => unlessGone(name, await read()), letGo }
  }
  return { list, read, open }
}
