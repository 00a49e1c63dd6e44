import { type Instant, isRecord, parseInstant, type Sha256Hex } from '#kernel'

/** Raised whenever an older program could not read a backup any more. */
export const format = 1

/** One table's file: `bytes` and `rows` are what comes out of it, `fileBytes` and `sha256` are the file's as it lies. */
export type TablePart = {
  readonly table: string
  readonly rows: number
  readonly bytes: number
  readonly fileBytes: number
  readonly sha256: Sha256Hex
}

export type Manifest = {
  readonly format: typeof format
  /** Version of the database that it was taken of. */
  readonly schema: number
  readonly takenAt: Instant
  readonly log: {
    readonly origin: string
    readonly vkey: string
    readonly size: number
    readonly root: string
  }
  readonly keySha256: Sha256Hex
  readonly tables: readonly TablePart[]
}

/** Exactly the members of a manifest, each of its kind. */
export const isManifestShape = (value: unknown): value is Manifest =>
  hasMembers(value, 'format,keySha256,log,schema,tables,takenAt') &&
  value['format'] === format &&
  isDigest(value['keySha256']) &&
  isCount(value['schema']) &&
  typeof value['takenAt'] === 'string' &&
  parseInstant(value['takenAt']) === value['takenAt'] &&
  isLog(value['log']) &&
  Array.isArray(value['tables']) &&
  value['tables'].every(isPart)

const isLog = (value: unknown): boolean =>
  hasMembers(value, 'origin,root,size,vkey') &&
  typeof value['origin'] === 'string' &&
  typeof value['vkey'] === 'string' &&
  isCount(value['size']) &&
  isDigest(value['root'])

const isPart = (value: unknown): boolean =>
  hasMembers(value, 'bytes,fileBytes,rows,sha256,table') &&
  typeof value['table'] === 'string' &&
  isCount(value['rows']) &&
  isCount(value['bytes']) &&
  isCount(value['fileBytes']) &&
  isDigest(value['sha256'])

const hasMembers = (value: unknown, names: string): value is { readonly [member: string]: unknown } =>
  isRecord(value) && Object.keys(value).sort().join() === names

const isDigest = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0
