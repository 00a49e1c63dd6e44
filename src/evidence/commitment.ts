import {
  canonicalBytes,
  err,
  expectOk,
  fromHex,
  hmacSha256,
  isRecord,
  type Json,
  ok,
  type Result,
  type Sha256Hex,
  toHex,
} from '#kernel'
import { parseUntrusted, type StrictJsonFault } from './strictJson.ts'

/** Relative file names (`plan.json`, `reports/a.html`) and the SHA-256 of each. */
export type Digests = { readonly [file: string]: Sha256Hex }

/** What an entry commits to. Further members belong to whoever writes the entry; evidence never reads them. */
export type Payload = {
  readonly policySha256: Sha256Hex
  readonly vkeySha256: Sha256Hex
  readonly inputs: Digests
  readonly outputs: Digests
  readonly [member: string]: Json
}

/** All it takes to recompute a commitment. Once erased, nobody can link the log entry to a person. */
export type Opening = { readonly payload: Payload; readonly salt: Uint8Array }
export type OpeningFault = StrictJsonFault | 'opening.members' | 'opening.payload'

export const saltLength = 32

export const isDigest = (value: unknown): value is Sha256Hex =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

/** HMAC-SHA256 over JCS(payload), keyed with a fresh salt of 32 bytes; any other salt is a bug and throws. */
export function commit(salt: Uint8Array, payload: Payload): Sha256Hex {
  if (salt.length !== saltLength) throw new RangeError(`a salt of ${salt.length} bytes`)
  return toHex(hmacSha256(salt, expectOk(canonicalBytes(payload)))) as Sha256Hex
}

/** JCS `{"payload", "salt"}`, the salt in lower-case hex; an opening that no verifier would read is a bug and throws. */
export function openingBytes({ payload, salt }: Opening): Uint8Array {
  const bytes = expectOk(canonicalBytes({ payload, salt: toHex(salt) }))
  expectOk(parseOpening(bytes))
  return bytes
}

/** Strict: canonical, exactly `payload` and `salt`, digests in lower-case hex, safe relative file names. */
export function parseOpening(bytes: Uint8Array): Result<Opening, OpeningFault> {
  const parsed = parseUntrusted(bytes)
  if (!parsed.ok) return parsed
  const value: unknown = parsed.value
  if (!isRecord(value) || Object.keys(value).join() !== 'payload,salt') return err('opening.members')
  const salt = typeof value.salt === 'string' ? fromHex(value.salt) : undefined
  if (salt?.length !== saltLength) return err('opening.members')
  return isPayload(value.payload) ? ok({ payload: value.payload, salt }) : err('opening.payload')
}

const isPayload = (value: unknown): value is Payload =>
  isRecord(value) &&
  isDigest(value.policySha256) &&
  isDigest(value.vkeySha256) &&
  areDigests(value.inputs) &&
  areDigests(value.outputs)

const areDigests = (value: unknown): boolean =>
  isRecord(value) && Object.entries(value).every(([file, digest]) => isRelative(file) && isDigest(digest))

/** Below the folder on every system: no root, drive, backslash, empty or dotted step. */
const isRelative = (file: string): boolean =>
  !/[\\:\0]/.test(file) && file.split('/').every((step) => step !== '' && step !== '.' && step !== '..')
