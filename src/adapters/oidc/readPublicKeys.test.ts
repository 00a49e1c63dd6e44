import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readPublicKeys } from './readPublicKeys.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-keys-'))
})
after(() => rm(folder, { recursive: true }))

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).publicKey
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string
const jwk = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more })
const set = (...keys: readonly object[]): string => JSON.stringify({ keys })

async function read(text: string) {
  const file = join(folder, 'key')
  await writeFile(file, text)
  return readPublicKeys(file)
}

const [short, long, small, large] = [rsa(2048), rsa(3072), ec('P-256'), ec('P-384')]
const table: readonly (readonly [given: string, text: string, code: string | undefined])[] = [
  ['ES256 as PEM', pem(small), undefined],
  ['ES384 in a set', set(jwk(large)), undefined],
  ['RSA of 3072 bits as PEM', pem(long), undefined],
  ['RSA of 3072 bits as JWK', JSON.stringify(jwk(long, { alg: 'RS384' })), undefined],
  ['RSA of 2048 bits as PEM', pem(short), 'key.short'],
  ['RSA of 2048 bits as JWK', JSON.stringify(jwk(short)), 'key.short'],
  ['RSA of 2048 bits for RS384', JSON.stringify(jwk(short, { alg: 'RS384' })), 'key.short'],
  ['RSA of 1024 bits as PEM', pem(rsa(1024)), 'key.short'],
  ['a short one among others', set(jwk(small), jwk(long), jwk(short)), 'key.short'],
  ['RSA for an algorithm that is not taken', JSON.stringify(jwk(long, { alg: 'RS256' })), 'key.shape'],
  ['a curve that is not taken', pem(ec('P-521')), 'key.shape'],
]
for (const [given, text, code] of table) {
  test(`${given}: ${code ?? 'taken'}`, async () => {
    const keys = await read(text)
    assert.equal(keys.ok ? undefined : keys.error.code, code)
    if (!keys.ok) assert.equal(keys.error.kind, 'input')
  })
}

test('a key that is too short is told how long it is, and how long it should be', async () => {
  const keys = await read(pem(short))
  assert.ok(!keys.ok)
  assert.match(keys.error.found, /2048 bits/)
  assert.match(keys.error.expected, /3072/)
})
