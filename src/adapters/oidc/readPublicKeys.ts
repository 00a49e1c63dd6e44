import { readFile } from 'node:fs/promises'
import { exportJWK, importJWK, importSPKI, type JWK } from 'jose'
import { err, type Fault, inputFault, isRecord, type Json, ok, parseJson, type Result } from '#kernel'

type Keys = { readonly keys: readonly Json[] }
const expected = 'a public key for ES256, ES384 or RS384: PEM (SPKI), a JWK or a JWK set'
const algorithms = ['ES256', 'ES384', 'RS384'] as const
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
  const usable = await Promise.all(keys.map(isUsable))
  if (usable.includes(false)) return err(inputFault('key.shape', file, 'a key of another kind', expected))
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

async function isUsable(key: JWK): Promise<boolean> {
  const known = key.alg === undefined ? algorithms : algorithms.filter((alg) => alg === key.alg)
  for (const alg of known) {
    const imported = await importJWK({ ...key, alg }, alg).catch(() => undefined)
    if (imported !== undefined) return true
  }
  return false
}
