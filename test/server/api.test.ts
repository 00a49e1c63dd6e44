import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'

let server: RunningServer
const data = `${freshFolder('server')}/data`
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', data])
})
after(() => server.stop())

type Receipt = { index: number; files: Record<string, string>; outputs: Record<string, string> }
const decode = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([name, text]) => [name, Uint8Array.from(Buffer.from(text, 'base64'))]))

function verify({ files, outputs }: Receipt): void {
  const made = decode(outputs)
  const report = verifyEvidence({ files: decode(files), ...(made.size > 0 ? { outputs: made } : {}) })
  assert.deepEqual(report.failures, [])
}

const plan = (caseId: string) => ask(server, 'POST', `api/cases/${caseId}/plans`, {})

test('given invented cases, when they are listed, then each says who asks what of whom', async () => {
  const { status, body } = await ask(server, 'GET', 'api/cases')
  assert.equal(status, 200)
  const cases = body['cases'] as { id: string }[]
  assert.deepEqual(
    cases.map(({ id }) => id),
    ['emergency', 'no-separate-consent', 'permitted', 'withdrawn'],
  )
  assert.deepEqual((await ask(server, 'GET', 'api/cases/permitted')).body, cases[2])
})

test('given a consent, when a plan is asked for, then it comes with articles and a receipt that verifies', async () => {
  const { status, body } = await plan('permitted')
  assert.equal(status, 201)
  assert.equal((body['plan'] as { firstChoice: string[] }).firstChoice[0], 'prasugrel')
  const named = (body['ruling'] as { norms: string[] }).norms
  const cited = (body['articles'] as { norm: string; wording: { zh: string } }[]).map(({ norm }) => norm)
  assert.ok(named.length > 0 && named.every((norm) => cited.includes(norm)))
  verify(body['receipt'] as Receipt)
})

test('given no consent, when a plan is asked for, then the refusal has every reason and a receipt that verifies', async () => {
  for (const caseId of ['withdrawn', 'no-separate-consent']) {
    const { status, type, body } = await plan(caseId)
    assert.equal(status, 403, caseId)
    assert.match(type, /^application\/problem\+json/)
    assert.ok((body['reasons'] as unknown[]).length > 0)
    assert.equal(body['plan'], undefined)
    verify(body['receipt'] as Receipt)
  }
})

test('given a withdrawal, when the same is asked again, then it is refused; the person sees all of it', async () => {
  const first = await plan('emergency')
  const before = await ask(server, 'GET', 'api/cases/permitted/account')
  assert.equal(before.status, 200)
  const withdrawn = await ask(server, 'POST', 'api/cases/permitted/withdrawals', { purposes: null })
  assert.equal(withdrawn.status, 201)
  verify(withdrawn.body['receipt'] as Receipt)
  const again = await plan('permitted')
  assert.equal(again.status, 403)
  assert.ok((again.body['reasons'] as { kind: string }[]).some(({ kind }) => kind === 'consent-withdrawn'))
  const { body } = await ask(server, 'GET', 'api/cases/permitted/account')
  const uses = body['uses'] as { act: string; kind: string; outcome: string; index: number }[]
  assert.deepEqual(
    uses.map(({ kind, outcome }) => `${kind} ${outcome}`),
    ['plan refused', 'withdrawal permitted', 'account permitted', 'plan permitted'],
  )
  assert.equal((body['withdrawals'] as unknown[]).length, 1)
  for (const use of uses) {
    const detail = await ask(server, 'GET', `api/cases/permitted/acts/${use.act}`)
    assert.equal(detail.status, 200)
    assert.equal((detail.body['receipt'] as Receipt).index, use.index)
    verify(detail.body['receipt'] as Receipt)
    assert.equal((detail.body['use'] as { kind: string }).kind, use.kind)
  }
  assert.ok([201, 403].includes(first.status))
})

test('what is not there and what is not yours are answered alike', async () => {
  const mine = (await plan('withdrawn')).body['act'] as { id: string }
  const look = (path: string) => ask(server, 'GET', path, undefined, 'zhao.ming')
  const foreign = await look(`api/cases/permitted/acts/${mine.id}`)
  const missing = await look('api/cases/permitted/acts/not-there')
  const nobody = await look('api/cases/not-there/acts/not-there')
  assert.equal(foreign.status, 404)
  assert.deepEqual(foreign, missing)
  assert.deepEqual(foreign, nobody)
})

test('bad requests are refused with the place and the rule, and never with what was sent', async () => {
  const secret = 'zhao-ming-1959'
  const table: [path: string, body: unknown, status: number][] = [
    ['api/cases/permitted/plans', { extra: secret }, 400],
    ['api/cases/permitted/plans', [secret], 400],
    ['api/cases/permitted/withdrawals', { purposes: secret }, 400],
    ['api/cases/permitted/withdrawals', { purposes: [] }, 400],
    ['api/cases/permitted/withdrawals', { purposes: [secret] }, 400],
    ['api/cases/permitted/withdrawals', {}, 400],
    ['api/cases/permitted/plans', { big: 'x'.repeat(70_000) }, 413],
    [`api/cases/${secret}/plans`, {}, 404],
    ['api/cases/..%2f..%2fsecret/plans', {}, 400],
    ['api/nothing', {}, 404],
  ]
  for (const [path, body, status] of table) {
    const answer = await ask(server, 'POST', path, body)
    assert.equal(answer.status, status, path)
    assert.match(answer.type, /^application\/problem\+json/)
    assert.ok(!JSON.stringify(answer.body).includes(secret), path)
  }
  assert.ok(!server.log().includes(secret), 'nothing of it in the log')
})

test('a name that was made to point here, or a page of another site, gets nothing', async () => {
  const { request } = await import('node:http')
  const statusOf = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const { port } = new URL(server.address)
      const call = request({
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/api/cases/permitted/plans',
        headers,
      })
      call.on('response', (response) => {
        response.resume()
        resolve(response.statusCode!)
      })
      call.on('error', reject)
      call.end('{}')
    })
  const json = { 'content-type': 'application/json', 'content-length': '2' }
  assert.equal(await statusOf({ ...json, host: 'rebound.example' }), 421)
  assert.equal(await statusOf({ ...json, origin: 'http://other.example' }), 403)
  assert.equal(await statusOf({ ...json, 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await statusOf(json), 401, 'and without either it still is nobody who asks')
})

test('for whoever runs it: alive, ready, metrics and the public part of the log', async () => {
  assert.equal((await ask(server, 'GET', 'healthz')).status, 200)
  assert.equal((await ask(server, 'GET', 'readyz')).status, 200)
  assert.match(
    String((await ask(server, 'GET', 'metrics')).body['text']),
    /habeas_http_request_seconds_count/,
  )
  assert.match(String((await ask(server, 'GET', 'log/checkpoint')).body['text']), /^habeas\.invalid\/log\//)
  assert.ok(!/Zhao|example-1/.test(server.log()), 'no person in the log')
})

test('a port in use is said, with exit 3; asked to stop, it ends with 0 and lets go of the folder', async () => {
  const { port } = new URL(server.address)
  const second = habeas(['start', '--port', port, '--data', data])
  assert.equal(second.status, 3)
  assert.match(second.err, new RegExp(`port ${port}: found a port that is in use`))
  assert.equal(habeas(['start', '--port', '70000']).status, 2)
  assert.equal(await server.stop(), 0)
  server = await startServer(['--demo', '--port', '0', '--data', data], { cookies: server.cookies })
  assert.equal((await plan('permitted')).status, 403, 'the withdrawal outlives the server')
})
