import { resolve } from 'node:path'
import { err, type Fault, fromUtf8, inputFault, ok, type Result, sha256Hex } from '#kernel'
import type { FromFile } from '#usecases'
import { readRegularFile } from '../files/readFile.ts'

/** UTF-8 text of a file of the case; `file` is the name that faults and evidence give it. */
export async function readText(
  folder: string,
  file: string,
  limit: number,
): Promise<Result<FromFile<string>, Fault>> {
  return textOf(file, await readRegularFile(resolve(folder, file), limit))
}

export function textOf(file: string, bytes: Result<Uint8Array, Fault>): Result<FromFile<string>, Fault> {
  if (!bytes.ok) return bytes
  const value = fromUtf8(bytes.value)
  if (value === undefined)
    return err(inputFault('file.not-utf8', file, 'bytes that are not UTF-8', 'UTF-8 text'))
  return ok({ file, sha256: sha256Hex(bytes.value), value })
}
