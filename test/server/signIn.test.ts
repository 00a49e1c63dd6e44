import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as client from 'openid-client'
import pg from 'pg'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { superuserConfig } from '../store/fixture.ts'
import { type Claims, type Says, seconds, startOutsideProvider } from './outsideProvider.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { codeOf, Visitor } from './signedIn.ts'

let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0'])
})
after(() => server.stop())

const who = async (visitor: Visitor): Promise<{ signedIn: boolean; name?: string; method?: string }> =>
  (await (await visitor.send('GET', '/api/session')).json()) as never
const troubleOf = (response: Response): string | null =>
  /^\/sign-in\/trouble\?why=([a-z-]+)$/.exec(response.headers.get('location') ?? '')?.[1] ?? null

/** As far as the address that the provider sends the browser back to, which is not opened. */
async function comeBack(name: string, to = '/'): Promise<{ visitor: Visitor; back: string }> {
  const visitor = new Visitor(server)
  const uid = await visitor.seekWay(to)
  const shown = await visitor.send('POST', `/api/sign-in/${uid}/code`, { name, code: codeOf(server, name) })
  const { next } = (await shown.json()) as { next: string }
  const back = await visitor.follow(next, (path) => path.startsWith('/sign-in/return'))
  return { visitor, back }
}

test('a code, a session cookie that scripts cannot read, and out again', async () => {
  const { visitor, back } = await comeBack('zhao.ming')
  const response = await visitor.send('GET', back)
  assert.deepEqual([response.status, response.headers.get('location')], [303, '/'])
  const cookie = response.headers.getSetCookie().find((line) => line.startsWith('habeas='))!
  assert.match(cookie, /; HttpOnly/)
  assert.match(cookie, /; SameSite=Lax/)
  assert.match(cookie, /; Path=\//)
  assert.doesNotMatch(cookie, /Max-Age|Expires|Domain/)
  const { signedIn, name, method } = await who(visitor)
  assert.deepEqual([signedIn, name, method], [true, 'Zhao Ming (invented)', 'code'])
  const stolen = visitor.cookie
  const ended = await visitor.send('POST', '/api/session/end', {})
  assert.equal(ended.status, 200)
  assert.equal(ended.headers.get('clear-site-data'), '"cache"')
  const [gone = ''] = ended.headers.getSetCookie().filter((line) => line.startsWith('habeas='))
  assert.match(gone, /^habeas=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/)
  assert.match(gone, /; Path=\//, 'the same cookie that was given')
  assert.equal(visitor.cookie.includes('habeas='), false)
  const again = await fetch(new URL('api/cases', server.address), { headers: { cookie: stolen } })
  assert.equal(again.status, 401, 'what was copied before opens nothing after')
})

test('given a session, when somebody signs in again at the same browser, then the old one opens nothing', async () => {
  const { visitor, back } = await comeBack('luo.bin')
  await visitor.send('GET', back)
  const old = visitor.cookie
  const next = await comeBack('zhao.hong')
  // The same browser: it brings the old session with it.
  next.visitor.plant('habeas', /habeas=([^;]+)/.exec(old)![1]!)
  await next.visitor.send('GET', next.back)
  assert.equal((await who(next.visitor)).name, 'Zhao Hong (invented)')
  const asked = await fetch(new URL('api/cases', server.address), { headers: { cookie: old } })
  assert.equal(asked.status, 401)
})

test('a session of long ago changes nothing of how its account is entered: it is told to sign in once more', async (t) => {
  const data = `${freshFolder('again')}/data`
  const there = await startServer(['--demo', '--port', '0', '--data', data])
  t.after(() => there.stop())
  const visitor = new Visitor(there)
  await visitor.signIn('fang.yu', codeOf(there, 'fang.yu'))
  const listed = await (await visitor.send('GET', '/api/sessions')).json()
  const [{ handle, here, method }] = (listed as { sessions: [Record<string, unknown>] }).sessions
  assert.deepEqual([here, method], [true, 'code'])
  const changes = [
    'passkeys/options',
    'passkeys/x/removal',
    'session/end-others',
    `sessions/${handle}/end`,
  ] as const
  const codes = async () =>
    Promise.all(
      changes.map(async (path) => {
        const response = await visitor.send('POST', `/api/${path}`, {})
        return `${response.status} ${((await response.json()) as { code?: string }).code ?? ''}`
      }),
    )
  assert.deepEqual(await codes(), ['200 ', '404 not-found', '200 ', '404 not-found'])
  const database = new pg.Client(await superuserConfig(data))
  await database.connect()
  await database.query("update habeas_door.sessions set begun_at = begun_at - interval '10 minutes'")
  await database.end()
  assert.deepEqual(await codes(), Array(4).fill('403 sign-in.again'))
  assert.equal((await visitor.send('GET', '/api/sessions')).status, 200)
})

test('what a browser comes back with opens once, for this browser, unchanged', async () => {
  const change = (back: string, name: string, value: string): string => {
    const url = new URL(back, server.address)
    url.searchParams.set(name, value)
    return url.pathname + url.search
  }
  const table: [who: string, change: (back: string) => string, why: string][] = [
    ['qian.yue', (back) => change(back, 'state', 'x'), 'refused'],
    ['sun.ke', (back) => change(back, 'code', 'x'), 'expired'],
    ['li.an', (back) => change(back, 'iss', 'https://evil.example'), 'refused'],
    ['he.jun', () => '/sign-in/return?error=access_denied&state=x', 'refused'],
    ['chen.hua', () => '/sign-in/return', 'refused'],
  ]
  for (const [name, changed, why] of table) {
    const { visitor, back } = await comeBack(name)
    assert.equal(troubleOf(await visitor.send('GET', changed(back))), why, name)
    assert.equal((await who(visitor)).signedIn, false, name)
    assert.equal(troubleOf(await visitor.send('GET', back)), 'expired', `${name}: nor afterwards`)
  }
  const { visitor, back } = await comeBack('lin.na')
  assert.equal(troubleOf(await new Visitor(server).send('GET', back)), 'expired', 'another browser')
  assert.equal((await visitor.send('GET', back)).headers.get('location'), '/')
  assert.equal(troubleOf(await visitor.send('GET', back)), 'expired', 'a second time')
})

test('a session that somebody planted is not the one that is opened', async () => {
  const { visitor, back } = await comeBack('xu.wei')
  const planted = 'A'.repeat(43)
  visitor.plant('habeas', planted)
  await visitor.send('GET', back)
  assert.ok(!visitor.cookie.includes(planted))
  assert.equal((await who(visitor)).signedIn, true)
})

test('a way in belongs to the browser that was sent there', async () => {
  const visitor = new Visitor(server)
  const uid = await visitor.seekWay()
  const body = { name: 'gao.feng', code: codeOf(server, 'gao.feng') }
  for (const [path, of] of [
    [`/api/sign-in/${uid}/code`, new Visitor(server)],
    ['/api/sign-in/not-there/code', visitor],
    ['/api/sign-in/..%2f..%2fsession/code', visitor],
  ] as const)
    assert.equal((await of.send('POST', path, body)).status, 404, path)
  const bare = await fetch(new URL(`api/sign-in/${uid}/code`, server.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: visitor.cookie, origin: 'https://evil.example' },
    body: JSON.stringify(body),
  })
  assert.equal(bare.status, 403, 'from a page of another site')
  assert.equal(
    (await visitor.send('POST', `/api/sign-in/${uid}/code`, body)).status,
    200,
    'the code was not used up',
  )
})

test('nobody else’s site is where one goes on to', async () => {
  const { visitor, back } = await comeBack('tang.yu', '//evil.example')
  assert.equal((await visitor.send('GET', back)).headers.get('location'), '/')
  const byNumber = await fetch(
    `http://127.0.0.1:${new URL(server.address).port}/sign-in/start?to=//evil.example`,
    {
      redirect: 'manual',
    },
  )
  assert.equal(byNumber.headers.get('location'), `${server.address}sign-in/start?to=%2F`)
})

/** The provider as a stranger meets it. */
const provider = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new URL(`oidc/${path}`, server.address), { redirect: 'manual', ...init })

test('the provider: one client, its own address to come back to, PKCE, clients that sign, ES256', async () => {
  const { origin } = new URL(server.address)
  const query = (more: Record<string, string>): string =>
    `auth?${new URLSearchParams({
      client_id: 'habeas',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${origin}/sign-in/return`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...more,
    })}`
  const refusedHere: Record<string, string>[] = [
    { client_id: 'somebody-else' },
    { redirect_uri: 'https://evil.example/' },
    { redirect_uri: `${origin}/sign-in/return/../../keys` },
    { redirect_uri: `${origin}.evil.example/sign-in/return` },
  ]
  for (const more of refusedHere) {
    const response = await provider(query(more))
    assert.equal(response.status, 400, JSON.stringify(more))
    assert.equal(response.headers.get('location'), null, 'nobody is sent anywhere')
    assert.doesNotMatch(await response.text(), /<|evil/)
  }
  const sentBack: [Record<string, string>, RegExp][] = [
    [{ code_challenge_method: 'plain' }, /error=invalid_request/],
    [{ code_challenge: '' }, /error=invalid_request/],
    [{ response_type: 'id_token' }, /error=/],
    [{ response_type: 'token' }, /error=/],
  ]
  for (const [more, error] of sentBack) {
    const location = (await provider(query(more))).headers.get('location') ?? ''
    assert.match(location, error, JSON.stringify(more))
    assert.ok(location.startsWith(`${origin}/sign-in/return`))
  }
  const token = (body: Record<string, string>) =>
    provider('token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', ...body }),
    })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: 'habeas', sub: 'habeas', aud: `${origin}/oidc`, jti: 'x', exp: seconds(60) }
  for (const body of [
    { client_id: 'habeas' },
    { client_id: 'habeas', client_secret: 'habeas' },
    ...['none', 'HS256', 'ES256'].map((alg) => ({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${part({ alg })}.${part(claims)}.${alg === 'none' ? '' : 'AAAA'}`,
    })),
  ]) {
    const response = await token(body)
    assert.equal(response.status, 401, JSON.stringify(body))
    assert.equal(((await response.json()) as { error: string }).error, 'invalid_client')
  }
  for (const path of [
    'reg',
    'me',
    'device/auth',
    'token/introspection',
    'token/revocation',
    '..%2f..%2fpackage.json',
  ])
    assert.equal((await provider(path)).status, 404, path)
  const described = (await (await provider('.well-known/openid-configuration')).json()) as Claims
  assert.equal(described['issuer'], `${origin}/oidc`)
  assert.deepEqual(described['id_token_signing_alg_values_supported'], ['ES256'])
  const forged = await provider('.well-known/openid-configuration', {
    headers: { 'x-forwarded-host': 'evil.example' },
  })
  assert.doesNotMatch(await forged.text(), /evil/)
})

test('a relying party from npm finds the provider by its own description', async () => {
  const issuer = new URL('oidc', server.address)
  const found = await client.discovery(issuer, 'habeas', {}, client.None(), {
    execute: [client.allowInsecureRequests],
  })
  assert.equal(found.serverMetadata().issuer, issuer.href)
  assert.equal(found.serverMetadata().supportsPKCE(), true)
})

test('a provider outside: only a token that is signed, fresh, for us and for this visit lets somebody in', async (t) => {
  const outside = await startOutsideProvider()
  t.after(outside.close)
  const data = `${freshFolder('outside')}/data`
  const add = [
    'account',
    'add',
    'out.sider',
    '--role',
    'clinician',
    '--organisation',
    'north',
    '--data',
    data,
  ]
  assert.equal(habeas([...add, '--issuer', outside.issuer, '--issuer-id', '42']).status, 0)
  const env = { HABEAS_OIDC_ISSUER: outside.issuer, HABEAS_OIDC_CLIENT_ID: 'us' }
  const there = await startServer(['--port', '0', '--data', data], { env })
  t.after(() => there.stop())
  const { good, sign } = outside
  const claim =
    (more: Claims): Says =>
    (asked) =>
      sign({ ...good(asked), ...more })
  const table: [what: string, says: Says, why: string | null][] = [
    ['as it should be', claim({}), null],
    ['a clock that is 50 s ahead', claim({ iat: seconds(50) }), null],
    ['a clock that is an hour behind', claim({ iat: seconds(-3600), exp: seconds(-3540) }), 'clock'],
    ['not signed', (asked) => outside.unsigned(good(asked)), 'refused'],
    ['its public key taken for a secret', (asked) => outside.confuse(good(asked)), 'refused'],
    ['signed by somebody else', (asked) => outside.signByOther(good(asked)), 'refused'],
    ['of another provider', claim({ iss: 'https://evil.example' }), 'refused'],
    ['for another client', claim({ aud: 'them' }), 'refused'],
    ['for several, one of them us', claim({ aud: ['them', 'us'], azp: 'them' }), 'refused'],
    ['of another visit', claim({ nonce: 'x' }), 'refused'],
    ['of nobody here', claim({ sub: '43' }), 'not-known'],
    ['without anybody', claim({ sub: undefined }), 'refused'],
    ['not a token', async () => 'x.y.z', 'refused'],
    ['a code that was used', async () => ({ status: 400, body: { error: 'invalid_grant' } }), 'expired'],
    [
      'a provider that fails',
      async () => ({ status: 503, body: { error: 'temporarily_unavailable' } }),
      'provider-down',
    ],
  ]
  for (const [what, says, why] of table) {
    const visitor = new Visitor(there)
    const location = (await visitor.send('GET', '/sign-in/start?to=/keys')).headers.get('location')!
    assert.ok(location.startsWith(`${outside.issuer}/auth?`), what)
    const response = await visitor.send('GET', outside.sendBack(location, says))
    const to = why === null ? '/keys' : `/sign-in/trouble?why=${why}`
    assert.deepEqual([response.status, response.headers.get('location')], [303, to], what)
    assert.equal((await who(visitor)).signedIn, why === null, what)
  }
  assert.doesNotMatch(there.log(), /eyJ|out\.sider/, 'no token and no name in the log')
})

test('a provider outside that sends our own request elsewhere is not followed', async (t) => {
  const [outside, elsewhere] = await Promise.all([startOutsideProvider(), startOutsideProvider()])
  t.after(outside.close)
  t.after(elsewhere.close)
  const env = { HABEAS_OIDC_ISSUER: outside.issuer, HABEAS_OIDC_CLIENT_ID: 'us' }
  const there = await startServer(['--port', '0', '--data', `${freshFolder('sent')}/data`], { env })
  t.after(() => there.stop())
  for (const status of [301, 302, 303, 307, 308])
    for (const location of [`${elsewhere.issuer}/token`, `${outside.issuer}/again`]) {
      const visitor = new Visitor(there)
      const left = (await visitor.send('GET', '/sign-in/start?to=/')).headers.get('location')!
      outside.asked()
      const says: Says = async () => ({ status, body: {}, location })
      const response = await visitor.send('GET', outside.sendBack(left, says))
      assert.equal(troubleOf(response), 'provider-down', `${status}`)
      assert.equal((await who(visitor)).signedIn, false)
      assert.deepEqual([outside.asked(), elsewhere.asked()], [['/token'], []], `${status}: asked once`)
    }
})

test('a provider that does not answer: said so, nothing stored, and in again when it is back', async (t) => {
  const outside = await startOutsideProvider()
  outside.close()
  const env = { HABEAS_OIDC_ISSUER: outside.issuer, HABEAS_OIDC_CLIENT_ID: 'us' }
  const there = await startServer(['--port', '0', '--data', `${freshFolder('down')}/data`], { env })
  t.after(() => there.stop())
  const response = await new Visitor(there).send('GET', '/sign-in/start?to=/')
  assert.equal(troubleOf(response), 'provider-down')
  assert.deepEqual(response.headers.getSetCookie(), [])
  assert.equal((await ask(there, 'GET', 'healthz', undefined, null)).status, 200)
})

test('a session is nobody’s who does not come from a page of ours', async () => {
  const { visitor, back } = await comeBack('ma.rui')
  await visitor.send('GET', back)
  const post = (headers: Record<string, string>) =>
    fetch(new URL('api/session/end', server.address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: visitor.cookie, ...headers },
      body: '{}',
    }).then(({ status }) => status)
  assert.equal(await post({}), 403, 'a cookie without an origin')
  assert.equal(await post({ origin: 'null' }), 403)
  assert.equal(await post({ origin: 'https://evil.example' }), 403)
  assert.equal(await post({ origin: new URL(server.address).origin, 'content-type': 'text/plain' }), 415)
  assert.equal((await who(visitor)).signedIn, true)
})

test('ten thousand wrong codes at once: few are tried, the rest wait, others come in meanwhile', async (t) => {
  const visitor = new Visitor(server)
  const uid = await visitor.seekWay()
  const counts = new Map<number, number>()
  let waiting = 10_000
  const client = async (): Promise<void> => {
    while (waiting > 0) {
      waiting -= 1
      const { status, headers } = await visitor.send('POST', `/api/sign-in/${uid}/code`, {
        name: 'wang.lan',
        code: `WRONG-${waiting}`,
      })
      if (status === 429) assert.match(headers.get('retry-after') ?? '', /^\d+$/)
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: 16 }, client))
  t.diagnostic(JSON.stringify([...counts]))
  assert.ok((counts.get(401) ?? 0) <= 5)
  assert.equal((counts.get(401) ?? 0) + (counts.get(429) ?? 0), 10_000)
  assert.equal((await ask(server, 'GET', 'readyz', undefined, null)).status, 200)
})
