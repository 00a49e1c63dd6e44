import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import * as client from 'openid-client'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { seconds } from './outsideProvider.ts'
import { type RunningServer, startServer } from './running.ts'

const data = `${freshFolder('services')}/data`
const folder = freshFolder('keys')
let server: RunningServer
let keys: Awaited<ReturnType<typeof generateKeyPair>>
const account = (...args: string[]) => habeas(['account', ...args, '--data', data])
const service = (name: string, file: string, ...more: string[]) =>
  account('service', name, '--role', 'auditor', '--organisation', 'north', '--key', file, ...more)

before(async () => {
  keys = await generateKeyPair('ES256', { extractable: true })
  writeFileSync(`${folder}/public.pem`, await exportSPKI(keys.publicKey))
  writeFileSync(`${folder}/private.jwk`, JSON.stringify(await exportJWK(keys.privateKey)))
  server = await startServer([
    '--port',
    '0',
    '--data',
    data,
    '--cases',
    'examples',
    '--organisation',
    'north',
  ])
  const added = service('log.watch', `${folder}/public.pem`)
  assert.equal(added.status, 0, added.err)
})
after(() => server.stop())

const configured = (key: CryptoKey, name = 'log.watch'): Promise<client.Configuration> =>
  client.discovery(new URL('oidc', server.address), name, {}, client.PrivateKeyJwt(key), {
    execute: [client.allowInsecureRequests],
  })
const tokenOf = async (key = keys.privateKey): Promise<string> =>
  (await client.clientCredentialsGrant(await configured(key), { scope: 'habeas' })).access_token
const call = async (path: string, token: string, method = 'GET') => {
  const response = await fetch(new URL(path, server.address), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: '{}' }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('a service shows who it is with its key, and asks in its own role', async () => {
  const token = await tokenOf()
  const listed = await call('api/cases', token)
  assert.deepEqual([listed.status, (listed.body['cases'] as unknown[]).length], [200, 4])
  assert.equal((await call('api/cases/permitted/plans', token, 'POST')).status, 403)
  assert.equal((await call('api/cases/permitted/account', token)).status, 403)
})

test('it gives itself no other way in', async () => {
  const token = await tokenOf()
  for (const path of ['api/passkeys', 'api/passkeys/options', 'api/session/language']) {
    const method = path === 'api/passkeys' ? 'GET' : 'POST'
    assert.deepEqual([(await call(path, token, method)).status, path], [403, path])
  }
  assert.deepEqual((await call('api/session', token)).body, { signedIn: false, demo: false })
})

test('another’s key, no key, another scope and what only looks like a token open nothing', async () => {
  const other = await generateKeyPair('ES256')
  await assert.rejects(tokenOf(other.privateKey), { error: 'invalid_client' })
  const wider = client.clientCredentialsGrant(await configured(keys.privateKey), { scope: 'openid habeas' })
  await assert.rejects(wider, { error: 'invalid_scope' })
  for (const token of ['', 'x', 'A'.repeat(43), `${await tokenOf()}x`, 'eyJhbGciOiJub25lIn0.e30.'])
    assert.equal((await call('api/cases', token)).status, 401, token)
})

test('an assertion counts once, for us, in its time', async () => {
  const { origin } = new URL(server.address)
  const ask = async (claims: Record<string, unknown>, assertion?: string) => {
    const whole = {
      iss: 'log.watch',
      sub: 'log.watch',
      aud: `${origin}/oidc`,
      jti: crypto.randomUUID(),
      ...claims,
    }
    const signed =
      assertion ?? (await new SignJWT(whole).setProtectedHeader({ alg: 'ES256' }).sign(keys.privateKey))
    const response = await fetch(`${origin}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'habeas',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: signed,
      }),
    })
    return { status: response.status, signed }
  }
  const good = await ask({ iat: seconds(), exp: seconds(60) })
  assert.equal(good.status, 200)
  assert.equal((await ask({}, good.signed)).status, 401, 'a second time')
  const table: [what: string, claims: Record<string, unknown>][] = [
    ['run out', { iat: seconds(-600), exp: seconds(-120) }],
    ['of the future', { iat: seconds(3600), nbf: seconds(3600), exp: seconds(7200) }],
    ['for somebody else', { aud: 'https://elsewhere.example', exp: seconds(60) }],
    ['of somebody else', { sub: 'habeas', exp: seconds(60) }],
    ['without an end', {}],
  ]
  for (const [what, claims] of table) assert.equal((await ask(claims)).status, 401, what)
})

test('when the account ends, its tokens open nothing from the next request on', async () => {
  assert.equal(service('short.lived', `${folder}/public.pem`).status, 0)
  const token = (
    await client.clientCredentialsGrant(await configured(keys.privateKey, 'short.lived'), { scope: 'habeas' })
  ).access_token
  assert.equal((await call('api/cases', token)).status, 200)
  assert.equal(account('disable', 'short.lived').status, 0)
  assert.equal((await call('api/cases', token)).status, 401)
})

test('a key that cannot be meant is refused, a private one above all; a name is taken once', () => {
  writeFileSync(`${folder}/nothing.txt`, 'nothing')
  writeFileSync(`${folder}/secret.json`, JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }))
  writeFileSync(`${folder}/other.json`, JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }))
  const table: [file: string, says: RegExp][] = [
    ['private.jwk', /\[key\.private\]/],
    ['secret.json', /\[key\.private\]/],
    ['nothing.txt', /\[key\.shape\]/],
    ['other.json', /\[key\.shape\]/],
    ['none', /\[key\.unreadable\]/],
  ]
  for (const [file, says] of table) {
    const refused = service('never.made', `${folder}/${file}`)
    assert.deepEqual([refused.status, says.test(refused.err)], [2, true], refused.err)
  }
  assert.match(service('log.watch', `${folder}/public.pem`).err, /\[client\.taken\]/)
})
