import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import smart from 'fhirclient'
import { exportSPKI, generateKeyPair } from 'jose'
import * as client from 'openid-client'
import { decodeEntryBundle, leafHash, openPromise, parseVerifierKey } from '#evidence'
import { equalBytes, expectOk } from '#kernel'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { codeOf, Visitor } from './signedIn.ts'
import { sign, signingOf, yes } from './signing.ts'

const data = `${freshFolder('smart')}/data`
const scope =
  'launch/patient patient/Patient.r patient/Observation.rs patient/MedicationStatement.rs patient/Consent.rs'
let server: RunningServer
let app: ReturnType<typeof createServer>
let appAddress = ''
const run = (...args: string[]) => habeas([...args, '--data', data])

before(async () => {
  app = createServer((request, response) => void serveApp(request, response))
  app.listen(0, '127.0.0.1')
  await new Promise((resolve) => app.once('listening', resolve))
  appAddress = `http://localhost:${(app.address() as { port: number }).port}`
  server = await startServer(['--demo', '--port', '0', '--data', data])
  const added = run(
    'app',
    'add',
    'growth',
    '--name',
    'Growth chart',
    '--redirect',
    `${appAddress}/back`,
    '--scope',
    scope,
  )
  assert.equal(added.status, 0, added.err)
})
after(async () => {
  app.close()
  await server.stop()
})

/** An application of somebody else, built on the SMART library for Node. One visitor at a time. */
const kept = new Map<string, unknown>()
async function serveApp(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const storage = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: unknown) => kept.set(key, value) && value,
    unset: async (key: string) => kept.delete(key),
  }
  const library = smart(request as never, response as never, storage as never)
  try {
    if (request.url === '/start') {
      await library.authorize({
        iss: `${server.address}fhir`,
        clientId: 'growth',
        scope,
        redirectUri: `${appAddress}/back`,
        pkceMode: 'required',
      })
      return
    }
    const ready = await library.ready()
    const patient = (await ready.patient.read()) as { id: string }
    const found = (await ready.request(`Observation?patient=${ready.patient.id}`)) as { total: number }
    response.end(JSON.stringify({ patient: patient.id, observations: found.total }))
  } catch (error) {
    response.statusCode = 500
    response.end(JSON.stringify({ error: String((error as Error).message) }))
  }
}

const pathOf = (url: string): string =>
  new URL(url, server.address).pathname + new URL(url, server.address).search

/** From the application to the question whether it may act. */
async function toConsent(name: string, start: string): Promise<{ visitor: Visitor; uid: string }> {
  const visitor = new Visitor(server)
  const isWay = (path: string): boolean => path.startsWith('/sign-in/way/')
  const login = (await visitor.follow(pathOf(start), isWay)).slice('/sign-in/way/'.length)
  const code = codes.get(name) ?? codeOf(server, name)
  const shown = await visitor.send('POST', `/api/sign-in/${login}/code`, { name, code })
  const { next } = (await shown.json()) as { next: string }
  const uid = (await visitor.follow(next, isWay)).slice('/sign-in/way/'.length)
  return { visitor, uid }
}
const codes = new Map<string, string>()

async function answer(visitor: Visitor, uid: string, body: object): Promise<string> {
  const answered = await visitor.send('POST', `/api/sign-in/${uid}/consent`, body)
  assert.equal(answered.status, 200, await answered.clone().text())
  const { next } = (await answered.json()) as { next: string }
  const response = await visitor.send('GET', next)
  return response.headers.get('location')!
}

test('a SMART application is let in for one person, reads what it was let read, and the person sees that it did', async () => {
  const start = (await fetch(`${appAddress}/start`, { redirect: 'manual' })).headers.get('location')!
  const { visitor, uid } = await toConsent('zhao.ming', start)
  const asked = (await (await visitor.send('GET', `/api/sign-in/${uid}`)).json()) as Record<string, unknown>
  assert.deepEqual(
    [asked['ask'], asked['app'], asked['people']],
    ['consent', 'Growth chart', [{ id: 'example-1', name: 'Zhao Ming (invented)' }]],
  )
  const foreign = await visitor.send('POST', `/api/sign-in/${uid}/consent`, {
    allow: true,
    person: 'example-2',
  })
  assert.equal(foreign.status, 404, 'nobody else’s record')
  const back = await answer(visitor, uid, { allow: true, person: 'example-1' })
  assert.ok(back.startsWith(`${appAddress}/back?`))
  const shown = (await (await fetch(back)).json()) as Record<string, unknown>
  assert.deepEqual(shown, { patient: 'example-1', observations: 2 })
  const page = await ask(server, 'GET', 'api/cases/permitted/account', undefined, 'zhao.hong')
  const uses = page.body['uses'] as { kind: string; by: { through: string; relation: string } }[]
  assert.deepEqual(
    uses.slice(0, 2).map(({ kind, by }) => [kind, by.through, by.relation]),
    Array(2).fill(['app-read', 'Growth chart', 'self']),
  )
})

/** A public client that does by hand what a library would. */
async function tokenFor(name: string, person: string, more: Record<string, string> = {}) {
  const configured = await client.discovery(new URL('oidc', server.address), 'growth', {}, client.None(), {
    execute: [client.allowInsecureRequests],
  })
  const verifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(configured, {
    redirect_uri: `${appAddress}/back`,
    scope,
    aud: `${server.address}fhir`,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 's',
    ...more,
  })
  const { visitor, uid } = await toConsent(name, url.href)
  const back = await answer(visitor, uid, { allow: true, person })
  const tokens = await client.authorizationCodeGrant(configured, new URL(back), {
    pkceCodeVerifier: verifier,
    expectedState: 's',
  })
  return { token: tokens.access_token, patient: tokens['patient'] }
}

const read = async (path: string, token: string | null, headers: Record<string, string> = {}) => {
  const response = await fetch(new URL(path, server.address), {
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const checkpoint = async () => (await fetch(`${server.address}log/checkpoint`)).text()
/** As `habeas log export` writes them for anybody. */
async function entriesOfLog(): Promise<readonly Uint8Array[]> {
  const folder = freshFolder('smart-log')
  const exported = run('log', 'export', '--out', folder)
  assert.equal(exported.status, 0, exported.err)
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    /entries\/[\dx/]+(\.p\/\d+)?$/.test(name),
  )
  const bundles = await Promise.all(
    names.map((name) => readFile(join(folder, name)).catch(() => new Uint8Array())),
  )
  return bundles.flatMap((bytes) => expectOk(decodeEntryBundle(new Uint8Array(bytes))))
}

let tokenOfWang = ''
test('a token opens what it was given for: one person, these types, this server, and nothing of ours', async () => {
  const { token, patient } = await tokenFor('wang.lan', 'example-1')
  tokenOfWang = token
  assert.equal(patient, 'example-1')
  const own = await read('fhir/Patient/example-1', token)
  assert.deepEqual([own.status, own.body['resourceType'], own.body['id']], [200, 'Patient', 'example-1'])
  const table: [path: string, status: number, code?: string][] = [
    ['fhir/Observation?patient=example-1', 200],
    ['fhir/Observation?patient=Patient/example-1', 200],
    ['fhir/MedicationStatement?patient=example-1', 200],
    ['fhir/Condition?patient=example-1', 403, 'access.scope'],
    ['fhir/Patient/example-2', 404],
    ['fhir/Observation?patient=example-2', 404],
    ['fhir/Observation', 400],
    ['fhir/Observation?patient=example-1&_include=*', 400],
    ['fhir/Practitioner?patient=example-1', 404],
    ['fhir/Patient/..%2fcases', 404],
    ['api/cases', 403, 'access.role'],
    ['api/cases/permitted/account', 403, 'access.role'],
    ['api/passkeys', 403, 'access.role'],
  ]
  for (const [path, status, code] of table) {
    const answered = await read(path, token)
    assert.equal(answered.status, status, path)
    if (code) assert.equal(answered.body['code'], code, path)
  }
  for (const other of [null, `${token}x`, 'A'.repeat(43)])
    assert.equal((await read('fhir/Patient/example-1', other)).status, 401)
  const { body } = await read('fhir/Observation?patient=example-1', token)
  const entries = body['entry'] as { resource: { subject: { reference: string } } }[]
  assert.ok(entries.every(({ resource }) => resource.subject.reference === 'Patient/example-1'))
})

test('each read is promised its place in the log, and the server keeps the promise by itself', async () => {
  const before = await checkpoint()
  const { headers } = await fetch(`${server.address}fhir/Observation?patient=example-1`, {
    headers: { authorization: `Bearer ${tokenOfWang}` },
  })
  const note = Buffer.from(headers.get('habeas-promise') ?? '', 'base64').toString()
  const logKey = await (await fetch(`${server.address}log/log.vkey`)).text()
  const promised = expectOk(openPromise(note, expectOk(parseVerifierKey(logKey.trim()))))
  const left = Date.parse(promised.until) - Date.now()
  assert.ok(left > 0 && left <= 60_000, `${left} ms`)
  while ((await checkpoint()) === before) {
    assert.ok(Date.now() < Date.parse(promised.until), 'no new head in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const leaves = await entriesOfLog()
  assert.ok(leaves.some((leaf) => equalBytes(leafHash(leaf), promised.leafHash)))
})

test('what somebody signed is read as FHIR Consents, as it stands at each read', async () => {
  const visitor = new Visitor(server)
  await visitor.signIn('zhao.ming', run('account', 'code', 'zhao.ming').out.trim())
  server.cookies.set('zhao.ming', Promise.resolve(visitor.cookie))
  const consents = async () => {
    const { status, body } = await read('fhir/Consent?patient=example-1', tokenOfWang)
    const entries = (body['entry'] ?? []) as { resource: Record<string, unknown> }[]
    return [status, ...entries.map(({ resource }) => resource)] as const
  }
  assert.deepEqual(await consents(), [200])
  const who = ['permitted', 'zhao.ming'] as const
  const signed = await sign(server, ...who, await signingOf(server, ...who, yes))
  assert.equal(signed.status, 201)
  const [status, one] = await consents()
  assert.deepEqual([status, one!['resourceType'], one!['status']], [200, 'Consent', 'active'])
  const { outputs } = signed.body['receipt'] as { outputs: Record<string, string> }
  const given = JSON.parse(Buffer.from(outputs['consent-r4.json']!, 'base64').toString())
  assert.deepEqual(given, one, 'what was given out with the signature is what is read')
  assert.ok(outputs['consent-r5.json'])
  const withdrawn = await ask(server, 'POST', 'api/cases/permitted/withdrawals', { purposes: null }, who[1])
  assert.equal(withdrawn.status, 201)
  assert.deepEqual(await consents(), [403], 'and the hospital reads nothing any more')
})

test('what somebody may not see they cannot let an application see; no is an answer', async () => {
  const start = (await fetch(`${appAddress}/start`, { redirect: 'manual' })).headers.get('location')!
  const { visitor, uid } = await toConsent('chen.hua', start)
  const asked = (await (await visitor.send('GET', `/api/sign-in/${uid}`)).json()) as Record<string, unknown>
  assert.deepEqual(asked['people'], [], 'a steward opens no record')
  const back = new URL(await answer(visitor, uid, { allow: false, person: null }))
  assert.deepEqual([back.searchParams.get('error'), back.origin], ['access_denied', appAddress])
})

test('an application asks for this server, comes back where it said, and shows the other half of its challenge', async () => {
  const query = (more: Record<string, string>): string =>
    `oidc/auth?${new URLSearchParams({
      client_id: 'growth',
      response_type: 'code',
      scope,
      state: 's',
      redirect_uri: `${appAddress}/back`,
      aud: `${server.address}fhir`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...more,
    })}`
  const errorOf = async (more: Record<string, string>): Promise<string | null> => {
    const response = await fetch(new URL(query(more), server.address), { redirect: 'manual' })
    return (
      new URL(response.headers.get('location') ?? 'none:').searchParams.get('error') ?? `${response.status}`
    )
  }
  assert.equal(await errorOf({ aud: 'https://elsewhere.example/fhir' }), 'invalid_request')
  assert.equal(await errorOf({ aud: '' }), 'invalid_request')
  assert.equal(await errorOf({ code_challenge: '' }), 'invalid_request')
  assert.equal(await errorOf({ redirect_uri: `${appAddress}/elsewhere` }), '400')
  assert.equal(await errorOf({ scope: 'patient/Condition.rs' }), 'invalid_scope')
})

test('when the application ends, or the account, what was given opens nothing at the next request', async () => {
  for (const name of ['he.jun', 'zhao.ming']) codes.set(name, run('account', 'code', name).out.trim())
  const { token } = await tokenFor('sun.ke', 'example-3')
  assert.equal((await read('fhir/Patient/example-3', token)).status, 200)
  assert.equal(run('account', 'disable', 'sun.ke').status, 0)
  assert.equal((await read('fhir/Patient/example-3', token)).status, 401)
  const helper = await tokenFor('he.jun', 'example-4')
  const inEmergency = await read('fhir/Patient/example-4', helper.token)
  assert.equal(inEmergency.status, 403, 'what a case says of itself opens nothing to an application')
  const second = await tokenFor('zhao.ming', 'example-1')
  assert.equal((await read('fhir/Patient/example-1', second.token)).status, 200)
  assert.equal(run('app', 'end', 'growth').status, 0)
  assert.equal((await read('fhir/Patient/example-1', second.token)).status, 401)
})

test('an application that cannot be meant is refused', async () => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  const file = `${freshFolder('keys')}/public.pem`
  writeFileSync(file, await exportSPKI(publicKey))
  const add = (id: string, ...args: string[]) => run('app', 'add', id, ...args)
  const good = ['--redirect', 'https://app.example/back', '--scope', 'patient/*.rs']
  assert.equal(add('with.key', ...good, '--key', file).status, 0)
  const table: [args: string[], says: RegExp][] = [
    [['X', ...good], /id: found/],
    [['growth', ...good], /\[client\.taken\]/],
    [['zhao.ming', ...good], /\[client\.taken\]/],
    [['other', '--redirect', 'http://app.example/back', '--scope', 'patient/*.rs'], /--redirect/],
    [['other', '--redirect', 'javascript:alert(1)', '--scope', 'patient/*.rs'], /--redirect/],
    [['other', '--redirect', 'https://app.example/#x', '--scope', 'patient/*.rs'], /--redirect/],
    [['other', '--redirect', 'https://app.example/', '--scope', 'patient/*.cruds'], /--scope/],
    [['other', '--redirect', 'https://app.example/', '--scope', 'habeas'], /--scope/],
  ]
  for (const [[id = '', ...args], says] of table) {
    const refused = add(id, ...args)
    assert.deepEqual([refused.status, says.test(refused.err)], [2, true], `${id} ${refused.err}`)
  }
})
