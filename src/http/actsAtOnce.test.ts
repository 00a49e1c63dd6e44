import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { boundActs } from './actsAtOnce.ts'
import { buildServer, type Desk } from './index.ts'

const atOnce = 8
const waiting = 256

test('given work that does not end, then eight are begun, 256 wait, and the next is not taken', async () => {
  const acts = boundActs()
  const { work, end, begun } = held()
  const taken = Array.from({ length: atOnce + waiting }, () => acts.run(work))
  assert.ok(taken.every((one) => one !== undefined))
  assert.equal(acts.run(work), undefined)
  await turn()
  assert.equal(begun(), atOnce)
  end()
  await Promise.all(taken)
  assert.equal(begun(), atOnce + waiting)
  assert.ok(acts.run(work) !== undefined, 'and others are taken again')
})

/** Work that is begun, and ends when it is let. */
function held() {
  let count = 0
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const work = async (): Promise<void> => {
    count += 1
    await ended
  }
  return { work, end, begun: () => count }
}

const caller = {
  kind: 'account',
  app: { subject: 'person', scopes: ['patient/Patient.rs', 'patient/Observation.rs'] },
}

/** A server whose acts all wait for the same thing, and then cannot be done. */
async function serverOn(work: () => Promise<void>): Promise<FastifyInstance> {
  const act = async () => {
    await work()
    throw new Error('over')
  }
  const found = { from: { value: { subject: { id: 'person' } } }, by: {} }
  const desk = {
    access: { isOpen: () => false, mayEver: () => 'yes' },
    signIn: { origin: 'http://localhost', identify: async () => caller },
    listCases: async () => ['one'],
    askAhead: () => undefined,
    findCase: async () => ({ ok: true, value: found }),
    ...{ plan: act, withdraw: act, showAccount: act, showAct: act, readResources: act },
  }
  return buildServer(desk as unknown as Desk, { version: '0', site: 'nowhere', mostConnections: 1 })
}

type Asked = readonly [method: 'GET' | 'POST', url: string]
const asked: readonly Asked[] = [
  ['POST', '/api/cases/one/plans'],
  ['GET', '/fhir/Patient/person'],
  ['GET', '/api/cases/one/account'],
  ['GET', '/fhir/Observation?patient=person'],
]

test('given a full line, when a plan, a look or an application comes, then 503 busy, and come again', async (t) => {
  const { work, end, begun } = held()
  const server = await serverOn(work)
  t.after(() => server.close())
  const send = ([method, url]: Asked) => {
    const body = method === 'POST' ? { payload: {} } : {}
    return server.inject({ method, url, headers: { host: 'localhost' }, ...body })
  }
  const taken = Array.from({ length: atOnce + waiting }, (_, i) => send(asked[i % asked.length]!))
  // Each has come as far as the line before the next ones are sent.
  while (begun() < atOnce) await turn()
  for (let i = 0; i < 200; i += 1) await turn()
  for (const one of [...asked, ['GET', '/api/cases']] as const) {
    const answer = await send(one)
    assert.deepEqual([answer.statusCode, answer.json().code], [503, 'busy'], one[1])
    assert.match(String(answer.headers['retry-after']), /^\d+$/, one[1])
  }
  assert.equal(begun(), atOnce, 'pages and applications together')
  assert.equal((await send(['GET', '/api/nothing'])).statusCode, 404, 'what takes no act is answered')
  end()
  for (const { statusCode } of await Promise.all(taken)) assert.equal(statusCode, 500)
  assert.equal(begun(), atOnce + waiting)
})
