import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import {
  err,
  type Fault,
  isRecord,
  ok,
  parseJson,
  type Result,
  surroundingsFault,
  toBase64Url,
  utf8,
} from '#kernel'
import { unlessErrno } from '../files/errno.ts'
import { createOnce } from '../files/place.ts'

/** What the embedded provider signs with, what our own pages show it who they are with, and what its cookies are sealed with. */
export type SignInKeys = { readonly provider: JWK; readonly client: JWK; readonly cookies: readonly string[] }

const fileName = 'sign-in.keys.json'

/** The keys of this data folder; made when there are none, for the owner's eyes only. */
export async function readSignInKeys(
  folder: string,
  randomBytes: (length: number) => Uint8Array,
): Promise<Result<SignInKeys, Fault>> {
  const file = join(folder, fileName)
  if ((await unlessErrno(readFile(file), 'ENOENT')) === undefined) {
    const cookies = [toBase64Url(randomBytes(32))]
    const keys: SignInKeys = { provider: await makeKey('provider'), client: await makeKey('client'), cookies }
    await createOnce(file, utf8(`${JSON.stringify(keys)}\n`))
  }
  const parsed = parseJson(await readFile(file, 'utf8'), file)
  if (parsed.ok && isKeys(parsed.value)) return ok(parsed.value)
  return err(
    surroundingsFault('sign-in.keys-damaged', file, 'no keys', 'the keys that were made at the first start'),
  )
}

async function makeKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid }
}

const isKey = (value: unknown): boolean =>
  isRecord(value) && value['kty'] === 'EC' && value['crv'] === 'P-256' && typeof value['d'] === 'string'

function isKeys(value: unknown): value is SignInKeys {
  if (!isRecord(value)) return false
  const { provider, client, cookies } = value
  return (
    isKey(provider) &&
    isKey(client) &&
    Array.isArray(cookies) &&
    cookies.every((one) => typeof one === 'string')
  )
}

/** The part of a key that others may know. */
export function publicPart({ kty, crv, x, y, alg, use, kid }: JWK): JWK {
  return { kty, crv, x, y, alg, use, kid } as JWK
}
