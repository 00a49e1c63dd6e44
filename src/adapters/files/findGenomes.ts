import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Fault, inputFault } from '#kernel'
import type { FindGenomes, FoundGenomes } from '#usecases'
import { unlessErrno } from './errno.ts'
import { readFault } from './readFile.ts'

/** BCF is found too: the reader refuses it by name, while a genome that nobody looks at would go unnoticed. */
const isGenomeName = (name: string): boolean => !name.startsWith('.') && /\.(vcf(\.b?gz)?|bcf)$/i.test(name)

type Found = { readonly found: FoundGenomes['found'][number][]; readonly faults: Fault[] }
type Walk = Found & { readonly seen: Set<string>; readonly results: string | undefined }

/** Links are followed, each real folder once, so that a link to a folder above ends. Files of a folder come in the order of their names. */
export const findGenomes: FindGenomes = async (paths, except) => {
  const results = except === undefined ? undefined : await unlessErrno(stat(except), 'ENOENT', 'ENOTDIR')
  const walk: Walk = { found: [], faults: [], seen: new Set(), results: results && keyOf(results) }
  for (const path of paths) await lookAt(walk, path, undefined)
  return walk
}

const nothingIn = (path: string): Fault =>
  inputFault(
    'genome.none-found',
    path,
    'no file that ends in .vcf, .vcf.gz or .vcf.bgz',
    'a folder with VCF files',
  )

/** `name`: within the folder that was named; undefined for what was named itself, which may be called anything. */
async function lookAt(walk: Walk, path: string, name: string | undefined): Promise<void> {
  try {
    const there = await stat(path)
    if (there.isDirectory()) await enter(walk, path, name, keyOf(there))
    else if (name !== undefined && !isGenomeName(basename(name))) return
    else if (there.isFile()) walk.found.push({ path, name: name ?? basename(path) })
    else walk.faults.push(inputFault('file.not-regular', path, 'a pipe, socket or device', 'a file'))
  } catch (error) {
    // A link to nowhere is nobody's genome unless it is called one.
    if (name === undefined || isGenomeName(basename(name)) || !isGone(error))
      walk.faults.push(readFault(path, error))
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP')

async function lookInto(walk: Walk, folder: string, name: string | undefined): Promise<void> {
  const before = walk.found.length + walk.faults.length
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const mayHold = entry.isDirectory() || entry.isSymbolicLink() || isGenomeName(entry.name)
    if (mayHold && !entry.name.startsWith('.'))
      await lookAt(walk, join(folder, entry.name), name === undefined ? entry.name : `${name}/${entry.name}`)
  }
  if (name === undefined && walk.found.length + walk.faults.length === before)
    walk.faults.push(nothingIn(folder))
}

const keyOf = ({ dev, ino }: { readonly dev: number; readonly ino: number }): string => `${dev}:${ino}`

async function enter(walk: Walk, folder: string, name: string | undefined, key: string): Promise<void> {
  if (key === walk.results && name === undefined) walk.faults.push(isResults(folder))
  if (key === walk.results || walk.seen.has(key)) return
  walk.seen.add(key)
  await lookInto(walk, folder, name)
}

const isResults = (path: string): Fault =>
  inputFault(
    'genome.out-is-input',
    path,
    'the folder that the results go to',
    'another folder for one of them',
  )
