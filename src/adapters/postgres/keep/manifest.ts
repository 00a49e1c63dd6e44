import {
  canonicalBytes,
  concatBytes,
  equalBytes,
  err,
  expectOk,
  type Fault,
  inputFault,
  isRecord,
  type Json,
  ok,
  parseCanonical,
  type Result,
  sha256Hex,
  utf8,
} from '#kernel'
import { format, isManifestShape, type Manifest } from './manifestShape.ts'
import { oldestSchema, tablesOf } from './tables.ts'

export type { Manifest, TablePart } from './manifestShape.ts'
export const manifestName = 'manifest.json'
export const keyName = 'log.key'

export const makeManifest = (parts: Omit<Manifest, 'format'>): Manifest => ({ format, ...parts })

/** JCS in one line, with a digest of all the rest: no byte can change unnoticed. It guards against damage, not against forgers. */
export function formatManifest(manifest: Manifest): Uint8Array {
  const sha256 = sha256Hex(bytesOf(manifest))
  return concatBytes(bytesOf({ ...manifest, sha256 }), utf8('\n'))
}

const bytesOf = (value: Json): Uint8Array => expectOk(canonicalBytes(value))

/** `newest` is the version that this program knows. */
export function parseManifest(bytes: Uint8Array, where: string, newest: number): Result<Manifest, Fault> {
  const value = bytes.at(-1) === 0x0a ? parseCanonical(bytes.subarray(0, -1)) : undefined
  if (!value?.ok || !isRecord(value.value) || !('format' in value.value)) {
    return err(inputFault('backup.not-a-backup', where, 'no manifest', 'the manifest of a backup'))
  }
  const { sha256, ...manifest } = value.value as { readonly [member: string]: Json }
  if (typeof manifest['format'] === 'number' && manifest['format'] > format) {
    return err(newer(where, `a backup of format ${manifest['format']}`, `format ${format}`))
  }
  if (sha256 !== sha256Hex(bytesOf(manifest)) || !equalBytes(formatManifest(manifest as never), bytes)) {
    return err(
      damaged(where, 'a manifest that is not what its digest says', 'the manifest as it was written'),
    )
  }
  return isManifestShape(manifest)
    ? checkSchema(manifest, where, newest)
    : err(damaged(where, 'a manifest with other members', 'the manifest as it was written'))
}

function checkSchema(manifest: Manifest, where: string, newest: number): Result<Manifest, Fault> {
  const { schema, tables } = manifest
  if (schema > newest) return err(newer(where, `a backup of version ${schema}`, `version ${newest} or older`))
  if (schema < oldestSchema) {
    return err(damaged(where, `a backup of version ${schema}`, `version ${oldestSchema} or newer`))
  }
  const known = tablesOf(schema).map(({ name }) => name)
  const names = tables.map(({ table }) => table)
  // A name that is not known is not said: it could be anything.
  const unknown = names.findIndex((name) => !known.includes(name))
  if (unknown >= 0) {
    const place = `${where} $.tables[${unknown}]`
    return err(inputFault('backup.unknown-table', place, 'an unknown table', `a table of version ${schema}`))
  }
  if (names.join() === known.join()) return ok(manifest)
  return err(damaged(where, 'other tables', `each table of version ${schema} once, in order`))
}

const newer = (where: string, found: string, expected: string): Fault =>
  inputFault('backup.newer', where, found, `${expected}; a newer habeas`)

/** What is wrong with a file of a backup. */
export const damaged = (where: string, found: string, expected: string): Fault =>
  inputFault('backup.damaged', where, found, expected)
