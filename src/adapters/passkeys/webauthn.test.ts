import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import type { AccountId } from '#usecases'
import { optionsToAdd, webauthnCheck } from './webauthn.ts'

const origin = 'https://hospital.example'
const challenge = 'Y2hhbGxlbmdl'
const check = webauthnCheck(origin)
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string): string => Buffer.from(data).toString('base64url')

type Kind = { readonly alg: number; readonly hash: string | null; readonly pair: () => Pair }
type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
const kinds: Readonly<Record<string, Kind>> = {
  ES256: { alg: -7, hash: 'sha256', pair: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  EdDSA: { alg: -8, hash: null, pair: () => generateKeyPairSync('ed25519') },
  RS256: { alg: -257, hash: 'sha256', pair: () => generateKeyPairSync('rsa', { modulusLength: 2048 }) },
}

/** RFC 9053 and 8230: the public key as an authenticator writes it. */
function coseOf(key: KeyObject, alg: number): Uint8Array {
  const { x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' })
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))
  const kty = { [-7]: 2, [-8]: 1, [-257]: 3 }[alg]!
  const members: [number, number | Uint8Array][] = [
    [1, kty],
    [3, alg],
  ]
  if (alg === -257) members.push([-1, bytes(n)], [-2, bytes(e)])
  else members.push([-1, alg === -7 ? 1 : 6], [-2, bytes(x)])
  if (alg === -7) members.push([-3, bytes(y)])
  return isoCBOR.encode(new Map(members))
}

const id = Buffer.from('an id')
const clientData = (type: string): string => base64url(JSON.stringify({ type, challenge, origin }))
/** User present and verified; with a credential or without. */
const authenticatorData = (flags: number, rest: Uint8Array = new Uint8Array()): Buffer =>
  Buffer.concat([sha256('hospital.example'), Buffer.from([flags, 0, 0, 0, 1]), rest])

function registration(publicKey: Uint8Array) {
  const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, publicKey])
  const authData = Uint8Array.from(authenticatorData(0x45, credential))
  const attested = isoCBOR.encode(
    new Map<string, string | Uint8Array | Map<string, never>>([
      ['fmt', 'none'],
      ['attStmt', new Map<string, never>()],
      ['authData', authData],
    ]),
  )
  const response = { clientDataJSON: clientData('webauthn.create'), attestationObject: base64url(attested) }
  return { ...named, response }
}

const named = { id: base64url(id), rawId: base64url(id), type: 'public-key', clientExtensionResults: {} }

function arrival({ hash }: Kind, privateKey: KeyObject) {
  const [data, client] = [authenticatorData(0x05), clientData('webauthn.get')]
  const signed = Buffer.concat([data, sha256(Buffer.from(client, 'base64url'))])
  const signature = base64url(sign(hash, signed, privateKey))
  return { ...named, response: { clientDataJSON: client, authenticatorData: base64url(data), signature } }
}

test('a browser is asked for EdDSA or ES256 only', async () => {
  const options = await optionsToAdd(origin, { account: 'a' as AccountId, name: 'x', known: [] })
  assert.deepEqual(
    options.pubKeyCredParams.map(({ alg }) => alg),
    [-8, -7],
  )
})

for (const [name, taken] of [
  ['ES256', true],
  ['EdDSA', true],
  ['RS256', false],
] as const) {
  const kind = kinds[name]!
  const { publicKey, privateKey } = kind.pair()
  const written = coseOf(publicKey, kind.alg)
  test(`a new passkey of ${name}: ${taken ? 'taken' : 'refused, whatever the browser was asked for'}`, async () => {
    const made = await check.verifyNew(registration(written), challenge)
    assert.equal(made !== undefined, taken)
  })
  test(`a sign-in with a known passkey of ${name}: ${taken ? 'in' : 'refused'}`, async () => {
    const known = { id: base64url(id), publicKey: written, counter: 0 }
    const response = arrival(kind, privateKey)
    const signedIn = await check.verifySignIn(response, challenge, known as never)
    assert.equal(signedIn !== undefined, taken)
    if (taken) assert.equal(await check.verifySignIn(response, 'b3RoZXI', known as never), undefined)
  })
}
