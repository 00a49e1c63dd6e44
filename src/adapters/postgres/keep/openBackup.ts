import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signer } from '#evidence'
import { err, type Fault, FaultError, inputFault, ok, type Result, sha256Hex } from '#kernel'
import { readFault, readRegularFile } from '../../files/readFile.ts'
import { matchIdentity, readLogKey } from '../../keys/logKey.ts'
import { damaged, keyName, type Manifest, manifestName, parseManifest, type TablePart } from './manifest.ts'
import { readPart } from './readPart.ts'
import { type KeptTable, partName, tablesOf } from './tables.ts'

/** A backup that was found whole. */
export type Backup = {
  readonly folder: string
  readonly manifest: Manifest
  readonly parts: readonly (readonly [KeptTable, TablePart])[]
  readonly signer: Signer
  readonly key: Uint8Array
}

const largestManifest = 1 << 20
const largestKey = 4096

/** Reads all of it, to its last byte; nothing of it is believed, and nothing is written anywhere, before that. */
export async function openBackup(
  folder: string,
  newest: number,
  show: (text: string) => void,
): Promise<Result<Backup, Fault>> {
  const path = join(folder, manifestName)
  const bytes = await readRegularFile(path, largestManifest)
  if (!bytes.ok) return err(isMissing(bytes.error) ? notABackup(folder) : bytes.error)
  const manifest = parseManifest(bytes.value, path, newest)
  if (!manifest.ok) return manifest
  const tables = tablesOf(manifest.value.schema)
  const parts = tables.map((table, i) => [table, manifest.value.tables[i]!] as const)
  const strange = await findStranger(folder, tables)
  if (strange) return err(strange)
  const key = await readKey(folder, manifest.value)
  if (!key.ok) return key
  for (const [table, part] of parts) {
    const fault = await verifyPart(folder, table, part, show)
    if (fault) return err(fault)
  }
  return ok({ folder, manifest: manifest.value, parts, ...key.value })
}

const isMissing = ({ code }: Fault): boolean => code === 'file.missing' || code === 'file.is-folder'
const notABackup = (folder: string): Fault =>
  inputFault('backup.not-a-backup', folder, `no ${manifestName}`, 'the folder of a backup')

/** Something else between the parts: whoever put it there meant something by it that would not come about. */
async function findStranger(folder: string, tables: readonly KeptTable[]): Promise<Fault | undefined> {
  const known = new Set([manifestName, keyName, ...tables.map(partName)])
  const names = await readdir(folder).catch((error: unknown) => readFault(folder, error))
  if ('code' in names) return names
  const strange = names.find((name) => !known.has(name) && name.endsWith('.copy.gz'))
  return strange === undefined
    ? undefined
    : inputFault('backup.unknown-table', folder, 'a table that the manifest does not name', 'its tables only')
}

async function readKey(folder: string, { keySha256, log }: Manifest) {
  const file = join(folder, keyName)
  const key = await readRegularFile(file, largestKey)
  if (!key.ok) return key
  if (sha256Hex(key.value) !== keySha256) {
    return err(damaged(file, 'other bytes', 'what the manifest of the backup says'))
  }
  const signer = await readLogKey(file)
  if (!signer.ok || signer.value === undefined) return err(damaged(file, 'no key', 'the key of the log'))
  const matched = matchIdentity(signer.value, log.vkey, file)
  return matched.ok
    ? ok({ key: key.value, signer: matched.value })
    : err(damaged(file, 'the key of another log', 'the key of the log in the manifest'))
}

async function verifyPart(
  folder: string,
  table: KeptTable,
  part: TablePart,
  show: (text: string) => void,
): Promise<Fault | undefined> {
  const path = join(folder, partName(table))
  const there = await lstat(path).catch((error: unknown) => readFault(path, error))
  if ('code' in there) return there
  if (!there.isFile() || there.size !== part.fileBytes) {
    const found = there.isFile() ? `${there.size} bytes` : 'no file'
    return damaged(path, found, `a file of ${part.fileBytes} bytes, as the manifest says`)
  }
  try {
    let rows = 0
    for await (const some of readPart(folder, table, part)) {
      rows += some.length
      show(`checking the backup: ${rows} of ${part.rows} rows (${table.name})`)
    }
    return undefined
  } catch (error) {
    if (error instanceof FaultError) return error.fault
    throw error
  }
}
