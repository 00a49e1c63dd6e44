import { readFile } from 'node:fs/promises'
import { type CryptoKey, exportJWK, importJWK, importSPKI, type JWK } from 'jose'
import { err, type Fault, inputFault, isRecord, type Json, ok, parseJson, type Result } from '#kernel'

type Keys = { readonly keys: readonly Json[] }
const expected = 'a public key for ES256, ES384 or RS384: PEM (SPKI), a JWK or a JWK set'
const algorithms = ['ES256', 'ES384', 'RS384'] as const
/** 128 bits of strength (NIST SP 800-57 part 1, table 2); 2048 have 112. */
const leastRsaBits = 3072
const secretParts = ['d', 'p', 'q', 'k', 'oth']

/** The public keys of a program, from a file; a private key in it is refused, since it should never have left its owner. */
export async function readPublicKeys(file: string): Promise<Result<Keys, Fault>> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return err(inputFault('key.unreadable', file, 'no file that can be read', expected))
  const keys = text.includes('-----BEGIN') ? await fromPem(text) : fromJson(text, file)
  if (keys === undefined || keys.length === 0)
    return err(inputFault('key.shape', file, 'no public key', expected))
  if (keys.some((key) => secretParts.some((part) => part in key)))
    return err(inputFault('key.private', file, 'a private key', 'its public part only'))
  const imported = await Promise.all(keys.map(importPublic))
  if (imported.includes(undefined))
    return err(inputFault('key.shape', file, 'a key of another kind', expected))
  const short = imported.map((key) => rsaBitsOf(key!)).find((bits) => bits < leastRsaBits)
  if (short !== undefined) return err(tooShort(file, short))
  return ok({ keys: keys as readonly Json[] & readonly JWK[] })
}

async function fromPem(text: string): Promise<readonly JWK[] | undefined> {
  for (const alg of algorithms) {
    const key = await importSPKI(text, alg, { extractable: true }).catch(() => undefined)
    if (key !== undefined) return [{ ...(await exportJWK(key)), alg, use: 'sig' }]
  }
  return undefined
}

function fromJson(text: string, file: string): readonly JWK[] | undefined {
  const parsed = parseJson(text, file)
  if (!parsed.ok || !isRecord(parsed.value)) return undefined
  const { keys } = parsed.value
  const list: unknown = keys === undefined ? [parsed.value] : keys
  return Array.isArray(list) && list.every(isRecord) ? (list as readonly JWK[]) : undefined
}

const tooShort = (file: string, bits: number): Fault =>
  inputFault('key.short', file, `an RSA key of ${bits} bits`, `at least ${leastRsaBits}, or a key for ES256`)

/** A key of another kind is as long as its curve. */
function rsaBitsOf(key: CryptoKey): number {
  const { modulusLength } = key.algorithm as { readonly modulusLength?: number }
  return modulusLength ?? Number.POSITIVE_INFINITY
}

async function importPublic(key: JWK): Promise<CryptoKey | undefined> {
  const known = key.alg === undefined ? algorithms : algorithms.filter((alg) => alg === key.alg)
  for (const alg of known) {
    const imported = await importJWK({ ...key, alg }, alg).catch(() => undefined)
    if (imported !== undefined && !(imported instanceof Uint8Array)) return imported
  }
  return undefined
}
