import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { freshFolder } from '../scenarios/habeas.ts'
import { type Description, type Place, placesOf } from './description.ts'
import { until } from './load.ts'
import { portOf, type RawAnswer, sendRaw } from './raw.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { cookieOf, Visitor } from './signedIn.ts'

let server: RunningServer
let places: readonly Place[]
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('addresses')}/data`])
  places = placesOf((await ask(server, 'GET', 'api/openapi.json')).body as unknown as Description)
})
after(() => server.stop())

/** As it is written, which a browser or `fetch` would tidy up first. */
async function askBare(method: string, target: string, cookie = ''): Promise<RawAnswer> {
  const { host, origin } = new URL(server.address)
  const head = [`${method} ${target} HTTP/1.1`, `host: ${host}`, 'connection: close', `cookie: ${cookie}`]
  if (method !== 'GET') head.push(`origin: ${origin}`, 'content-type: application/json', 'content-length: 2')
  return sendRaw(portOf(server.address), `${head.join('\r\n')}\r\n\r\n${method === 'GET' ? '' : '{}'}`)
}

/** Each would be another case, another route or a file, if anything took it apart again. */
const climbing = [
  '..',
  '.',
  '%2e%2e',
  '%2E%2e',
  '%2e',
  '..%2fsession',
  '..%2F..%2Fapi%2Fsession',
  '%2fetc%2fpasswd',
  'permitted%2f..%2fpermitted',
  'permitted%2fplans',
  './permitted',
  '../cases/permitted',
  'x/../permitted',
  '..%5cpermitted',
  '..\\permitted',
  '%5c%5chost%5cshare',
  '%252e%252e%252fsession',
  '%c0%ae%c0%ae%c0%afsession',
  '%00permitted',
  'permitted%00',
  'permitted%20',
  'permitted;x',
  'permitted%3fx',
  'permitted%23x',
  'PERMITTED',
]

const codeOf = ({ body }: RawAnswer): string => JSON.parse(body).code

test('a part of an address that climbs, or holds more than a name, reaches no other route and no case', async () => {
  const withParts = places.filter(({ path }) => path.includes('{'))
  assert.ok(withParts.length >= 12, 'there are such addresses')
  // One who may read the case that the parts try to come back to, and one who may change rules.
  const person = await cookieOf(server, 'zhao.ming')
  const steward = await cookieOf(server, 'chen.hua')
  const clinician = await cookieOf(server, 'he.jun')
  const reviewer = await cookieOf(server, 'lin.na')
  const relative = await cookieOf(server, 'zhao.lei')
  const ofOrder = /^\/api\/(house-rules|recalls|emergencies)\b/
  const arrivals = () => server.log().split('"/sign-in/return"').length - 1
  await until('every arrival is in the log', async () => arrivals() === 5)
  const before = server.log().length
  for (const { method, path } of withParts) {
    const ofCase = /\/(emergencies|relatives-reviews)\b/.test(path) ? clinician : person
    const judges = path.startsWith('/api/relatives-reviews')
    const of = judges ? reviewer : ofOrder.test(path) ? steward : ofCase
    const cookie = path.includes('/deceased-') ? relative : of
    const ask = async (part: string) => {
      const target = path.replaceAll(/\{\w+\}/g, part)
      const answer = await askBare(method, target, cookie)
      assert.ok([400, 401, 404, 429].includes(answer.status), `${method} ${target}: ${answer.status}`)
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, target)
    }
    await Promise.all(climbing.map(ask))
  }
  const own = new Set(['none', ...withParts.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1'))])
  const reached = server
    .log()
    .slice(before)
    .matchAll(/"route":"([^"]*)"/g)
  assert.deepEqual(
    [...new Set([...reached].map(([, route]) => route!))].filter((route) => !own.has(route)),
    [],
    'only the route that was meant, or none',
  )
})

test('a case is asked for by its name in just these letters: all else is there for nobody', async () => {
  const cookie = await cookieOf(server, 'zhao.ming')
  assert.equal((await askBare('GET', '/api/cases/permitted', cookie)).status, 200)
  assert.equal((await askBare('GET', '/api/cases/%70ermitted', cookie)).status, 200, 'decoded once')
  for (const part of climbing) {
    const answer = await askBare('GET', `/api/cases/${part}`, cookie)
    assert.ok(
      ['bad-request', 'request.shape', 'not-found'].includes(codeOf(answer)),
      `${part}: ${answer.body}`,
    )
  }
})

test('the character zero is refused wherever it is sent, and no database is asked about it', async () => {
  const visitor = new Visitor(server)
  const uid = await visitor.seekWay()
  const { origin } = new URL(server.address)
  const [because, replaces] = ['a test', null]
  const content = { kind: 'retention', category: 'image', months: 12, after: 'erase' }
  const bodies: [path: string, body: unknown, as: string | null, status: number, code: string | undefined][] =
    [
      [`api/sign-in/${uid}/code`, { name: 'a\0b', code: 'AAAAA' }, null, 400, 'json.zero'],
      [`api/sign-in/${uid}/passkey`, { response: { id: '\0' } }, null, 400, 'json.zero'],
      ['api/house-rules', { content, because: 'a\0b', replaces }, 'chen.hua', 400, 'json.zero'],
      ['api/house-rules', { content, because: '\\\0', replaces }, 'chen.hua', 400, 'json.zero'],
      [
        'api/house-rules',
        { content, because: `${because} of \\u0000`, replaces },
        'chen.hua',
        201,
        undefined,
      ],
    ]
  for (const [path, body, as, status, code] of bodies) {
    const answer = await ask(server, 'POST', path, body, as)
    assert.deepEqual([answer.status, answer.body['code']], [status, code], JSON.stringify(body))
  }
  for (const path of ['oidc/auth?client_id=%00', 'sign-in/return?state=%00', 'fhir/Patient/%00'])
    assert.equal((await askBare('GET', `/${path}`)).status, 400, path)
  const form = { method: 'POST', body: new URLSearchParams({ grant_type: 'x', client_id: '\0', code: '\0' }) }
  assert.equal((await fetch(`${origin}/oidc/token`, form)).status, 401, 'and by a form')
})

/** Of the program, of its source, of this machine: none is a page. */
const files = [
  '.git/config',
  '.git/HEAD',
  '.git/',
  '.git',
  '.env',
  'package.json',
  'package-lock.json',
  'dist/',
  'dist/main.js',
  'src/main.ts',
  'node_modules/',
  'bin/habeas',
  'examples/permitted/case.json',
  'knowledge/',
  'assets/',
  'assets',
  'assets/..',
  'assets/%2e%2e/%2e%2e/%2e%2e/package.json',
  'assets/../../../package.json',
  '..%2f..%2fpackage.json',
  '%2e%2e/%2e%2e/package.json',
  '../../package.json',
  '..\\..\\package.json',
  '..%5c..%5cpackage.json',
  '%2e%2e%5cmain.js',
  '/etc/passwd',
  '..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
  'index.html%00.js',
  'index.html.map',
  'server-status',
  'debug',
]

test('no file but what the build made, and no list of a folder, at any address', async () => {
  const page = readFileSync('dist/web/index.html', 'utf8')
  const [script = ''] = readdirSync('dist/web/assets').filter((name) => name.endsWith('.js'))
  const served = await askBare('GET', `/assets/${script}`)
  assert.equal(served.status, 200)
  assert.equal(served.body, readFileSync(`dist/web/assets/${script}`, 'utf8'), 'what is meant is handed out')
  for (const file of files) {
    const { status, headers, body } = await askBare('GET', `/${file}`)
    const isProblem = /^application\/problem\+json/.test(headers.get('content-type') ?? '')
    if (status === 200) assert.equal(body, page, `${file}: the page that says it is not there`)
    else assert.ok([400, 403, 404].includes(status) && isProblem, `${file}: ${status} ${body.slice(0, 99)}`)
    assert.ok(!body.includes(script) || body === page, `${file}: no list`)
  }
})
