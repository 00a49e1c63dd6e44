import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountId } from '#usecases'
import { type Algorithm, SoftPasskey } from '../../../test/server/softPasskey.ts'
import { optionsToAdd, webauthnCheck } from './webauthn.ts'

const origin = 'https://hospital.example'
const challenge = 'Y2hhbGxlbmdl'
const check = webauthnCheck(origin)

test('a browser is asked for EdDSA or ES256 only', async () => {
  const options = await optionsToAdd(origin, { account: 'a' as AccountId, name: 'x', known: [] })
  assert.deepEqual(
    options.pubKeyCredParams.map(({ alg }) => alg),
    [-8, -7],
  )
})

const kinds: readonly (readonly [Algorithm, boolean])[] = [
  ['ES256', true],
  ['EdDSA', true],
  ['RS256', false],
]
for (const [algorithm, taken] of kinds) {
  const passkey = new SoftPasskey(origin, algorithm)
  test(`a new passkey of ${algorithm}: ${taken ? 'taken' : 'refused, whatever the browser was asked for'}`, async () => {
    const made = await check.verifyNew(passkey.registration(challenge), challenge)
    assert.equal(made !== undefined, taken)
  })
  test(`a sign-in with a known passkey of ${algorithm}: ${taken ? 'in' : 'refused'}`, async () => {
    const known = { id: passkey.id, publicKey: passkey.publicKey, counter: 0 }
    const response = passkey.answer(challenge)
    const signedIn = await check.verifySignIn(response, challenge, known as never)
    assert.equal(signedIn !== undefined, taken)
    if (taken) assert.equal(await check.verifySignIn(response, 'b3RoZXI', known as never), undefined)
  })
}
