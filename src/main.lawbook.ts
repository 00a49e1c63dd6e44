import { err, type Fault, inputFault, ok, type Result } from '#kernel'
import { type OwnLawbook, readLawbook } from './main.parts.ts'

/** A base without flaws from a folder of norms; the first flaw of any other, with file and line. */
export async function readSoundLawbook(folder: string | undefined): Promise<Result<OwnLawbook, Fault>> {
  const [read, { lintNormBase }] = await Promise.all([readLawbook(folder), import('#law')])
  if (!read.ok) return read
  const [flaw] = lintNormBase(read.value.base)
  return flaw ? err(inputFault(flaw.code, flaw.where, flaw.found, flaw.expected)) : ok(read.value)
}

/** The law that a server rules by: the last base that was sound, and why a later one was refused. */
export interface KeptLawbook {
  readonly current: OwnLawbook
  readonly refused: Fault | undefined
  /** Reads the folder again; a base with a flaw changes nothing. */
  readAgain(): Promise<void>
}

export function keepLawbook(first: OwnLawbook, folder: string | undefined): KeptLawbook {
  let current = first
  let refused: Fault | undefined
  return {
    get current() {
      return current
    },
    get refused() {
      return refused
    },
    async readAgain() {
      const read = await readSoundLawbook(folder)
      if (read.ok) current = read.value
      refused = read.ok ? undefined : read.error
    },
  }
}
