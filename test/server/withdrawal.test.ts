import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freshFolder } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { cookieOf } from './signedIn.ts'
import { sign, signingOf, yes } from './signing.ts'

const caseId = 'no-separate-consent'
const person = 'qian.yue'
const rounds = Number(process.env['HABEAS_WITHDRAWALS'] ?? 4)

/** One plan that was asked for: when it was sent, when it was answered, and its instant if it was made. */
type Asked = {
  readonly sent: number
  readonly answered: number
  readonly status: number
  readonly at: string | undefined
}

/** Clinicians at both servers who ask again and again. */
function startReaders(servers: readonly RunningServer[], clients: number) {
  const asked: Asked[] = []
  let over = false
  const client = async (which: number): Promise<void> => {
    while (!over) {
      const sent = performance.now()
      const path = `api/cases/${caseId}/plans`
      const { status, body } = await ask(servers[which % servers.length]!, 'POST', path, {}, 'wang.lan')
      const act = body['act'] as { at: string } | undefined
      asked.push({ sent, answered: performance.now(), status, at: act?.at })
    }
  }
  const done = Promise.all(Array.from({ length: clients }, (_, which) => client(which)))
  done.catch(() => undefined)
  return {
    asked,
    end: async () => {
      over = true
      await done
    },
  }
}

test(`${rounds} withdrawals under load on two servers: nothing that begins after one is allowed, at either`, async (t) => {
  const data = join(freshFolder('withdrawing'), 'data')
  const cookies = new Map()
  const start = () => startServer(['--demo', '--port', '0', '--data', data], { cookies })
  const servers = [await start(), await start()]
  t.after(() => servers.map((server) => server.process.kill('SIGKILL')))
  for (const name of [person, 'wang.lan']) await cookieOf(servers[0]!, name)
  const readers = startReaders(servers, 4)
  const firstRefusals: number[] = []
  let late = 0
  for (let round = 0; round < rounds; round++) {
    const server = servers[round % 2]!
    const signing = await signingOf(server, caseId, person, yes)
    assert.equal((await sign(server, caseId, person, signing)).status, 201)
    await sleep(500)
    const begun = performance.now()
    const path = `api/cases/${caseId}/withdrawals`
    const { status, body } = await ask(server, 'POST', path, { purposes: null }, person)
    const told = performance.now()
    assert.equal(status, 201)
    const { at } = body['act'] as { at: string }
    await sleep(500)
    const since = readers.asked.filter(({ sent }) => sent > begun)
    late += since.filter(({ status, sent }) => status === 201 && sent > told).length
    late += since.filter((one) => one.status === 201 && one.at !== undefined && one.at > at).length
    const refused = since.filter((one) => one.status === 403).map(({ answered }) => answered)
    assert.ok(refused.length > 0, 'somebody asked after it')
    firstRefusals.push(Math.min(...refused) - told)
  }
  await readers.end()
  const made = readers.asked.filter(({ status }) => status === 201).length
  t.diagnostic(
    `${readers.asked.length} plans asked for, ${made} made, ${late} after a withdrawal; first refusal ${firstRefusals
      .map((ms) => Math.round(ms))
      .join(', ')} ms after the person was told`,
  )
  assert.equal(late, 0)
  assert.ok(made > rounds, 'between them plans were made')
  for (const server of servers) assert.equal(await server.stop(), 0)
})
