import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { freshFolder } from '../scenarios/habeas.ts'
import { portOf, sendRaw } from './raw.ts'
import { type RunningServer, startServer } from './running.ts'
import { cookieOf } from './signedIn.ts'

let server: RunningServer
let secure: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('headers')}/data`])
  const data = `${freshFolder('secure')}/data`
  secure = await startServer(['--port', '0', '--data', data, '--origin', 'https://hospital.example'])
})
after(() => Promise.all([server.stop(), secure.stop()]))

const paths = [
  '',
  'sign-in',
  'cases/permitted',
  'api/session',
  'api/cases',
  'api/nothing',
  'fhir/metadata',
  'healthz',
  'log/checkpoint',
]

test('every answer, page or data, says how it is to be taken', async () => {
  for (const path of paths) {
    const { headers } = await fetch(new URL(path, server.address), {
      headers: { origin: 'https://evil.example' },
    })
    const policy = headers.get('content-security-policy') ?? ''
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
      assert.ok(policy.includes(rule), `${path}: ${rule}`)
    assert.doesNotMatch(policy, /script-src[^;]*unsafe/, path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
    assert.equal(headers.get('access-control-allow-origin'), null, path)
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', path)
    assert.equal(headers.get('strict-transport-security'), null, 'without HTTPS it would mean nothing')
    assert.equal(headers.get('x-powered-by'), null, path)
  }
})

test('the script that reads a genome in the browser comes with a policy of its own: it can connect to nothing', async () => {
  const scripts = readdirSync('dist/web/assets').filter((name) => name.startsWith('genomeWorker-'))
  assert.equal(scripts.length, 1)
  const { headers, status } = await fetch(new URL(`assets/${scripts[0]}`, server.address))
  const policy = headers.get('content-security-policy') ?? ''
  assert.equal(status, 200)
  assert.match(policy, /^default-src 'none';/)
  assert.doesNotMatch(policy, /(connect|script|worker|img)-src|self|unsafe/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
})

test('what may be somebody’s is kept nowhere on the way, a refusal neither', async () => {
  const asked = { headers: { cookie: await cookieOf(server, 'zhao.ming') } }
  const own = ['api/cases', 'api/cases/permitted', 'api/passkeys', 'api/session', 'api/cases/other']
  const answers = await Promise.all([
    ...own.map((path) => fetch(new URL(path, server.address), asked)),
    ...own.map((path) => fetch(new URL(path, server.address))),
  ])
  assert.deepEqual(new Set(answers.map(({ headers }) => headers.get('cache-control'))), new Set(['no-store']))
})

/** As a proxy hands it on. */
const asked = (path: string, host = 'hospital.example') =>
  sendRaw(
    portOf(secure.address),
    `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\nx-forwarded-host: evil.example\r\n\r\n`,
  )

test('behind a proxy: HTTPS for good, cookies bound to the host, addresses of the origin whatever a visitor says', async () => {
  const start = await asked('/sign-in/start?to=/')
  assert.equal(start.status, 303)
  assert.match(start.headers.get('strict-transport-security') ?? '', /max-age=31536000.*includeSubDomains/i)
  assert.match(start.text, /set-cookie: __Host-habeas-attempt=[^\r]*; Secure/i)
  assert.match(start.headers.get('location') ?? '', /^https:\/\/hospital\.example\/oidc\/auth\?/)
  const described = await asked('/oidc/.well-known/openid-configuration')
  assert.ok(described.body.includes('"issuer":"https://hospital.example/oidc"'))
  assert.ok(!described.body.includes('evil'))
  assert.equal((await asked('/healthz', 'evil.example')).status, 421)
})

test('tries are counted for each visitor of the proxy, not for all together', async () => {
  const tryAs = async (visitor: string): Promise<number> => {
    const body = '{"name":"nobody","code":"AAAAA"}'
    const head = [
      'POST /api/sign-in/none/code HTTP/1.1',
      'host: hospital.example',
      'connection: close',
      'origin: https://hospital.example',
      `x-forwarded-for: ${visitor}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
    ]
    const { status } = await sendRaw(portOf(secure.address), `${head.join('\r\n')}\r\n\r\n${body}`)
    return status
  }
  const statuses = new Set<number>()
  for (let i = 0; i < 130; i += 1) statuses.add(await tryAs('192.0.2.1'))
  assert.deepEqual([...statuses], [404, 429])
  assert.equal(await tryAs('192.0.2.2'), 404)
})
