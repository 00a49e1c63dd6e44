import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freshFolder } from '../scenarios/habeas.ts'
import { noDebian, startDebian } from '../store/debian.ts'
import { superuserConfig } from '../store/fixture.ts'
import { canMount, prepared } from '../store/mounts.ts'
import { assertAllThere, signInFirst, startLoad, statusOf, until } from './load.ts'
import { ask, type RunningServer, startServer } from './running.ts'

const away = ['store.unavailable', 'store.outcome-unknown', 'store.not-proved']

async function start(t: TestContext, data: string, options?: Parameters<typeof startServer>[1]) {
  const server = await startServer(['--demo', '--port', '0', '--data', data], options)
  t.after(() => server.process.kill('SIGKILL'))
  return server
}

const isReady = (server: RunningServer) => async () => (await statusOf(server, 'readyz')) === 200
const isDown = (server: RunningServer) => async () => (await statusOf(server, 'readyz')) === 503

test('the hospital’s database goes away under load and comes back: refused meanwhile, nothing lost', {
  skip: noDebian,
}, async (t) => {
  const database = await startDebian(t)
  const url = database.urlOf('postgres', '', 'postgres')
  const data = join(freshFolder('hospital'), 'data')
  const env = { DATABASE_URL: url }
  const server = await start(t, data, { env })
  await signInFirst(server)
  const load = startLoad(() => [server], 4, away)
  for (let round = 0; round < 3; round++) {
    await sleep(700)
    database.stop()
    await until('not ready', isDown(server))
    assert.equal(await statusOf(server, 'healthz'), 200)
    const { status, type, body } = await ask(server, 'POST', 'api/cases/permitted/plans', {})
    assert.deepEqual([status, body['code']], [503, 'store.unavailable'])
    assert.match(type, /^application\/problem\+json/)
    database.start()
    const ms = await until('ready again', isReady(server))
    t.diagnostic(`ready ${ms} ms after it was started`)
    assert.equal((await ask(server, 'POST', 'api/cases/permitted/plans', {})).status, 201)
  }
  await load.end()
  assert.ok(load.said.acts.length > 0 && load.said.codes.size > 0)
  const size = await assertAllThere(load.said, { data, env, database: { connectionString: url } })
  t.diagnostic(
    `${load.said.acts.length} acknowledged, ${size} in the log; else ${JSON.stringify([...load.said.codes])}`,
  )
  assert.equal(await server.stop(), 0)
})

const postmasterOf = (data: string): number =>
  Number(readFileSync(join(data, 'cluster', 'postmaster.pid'), 'latin1').split('\n')[0])

test('the embedded database is killed under load: the server starts it again, nothing lost', async (t) => {
  const data = join(freshFolder('embedded'), 'data')
  const server = await start(t, data)
  await signInFirst(server)
  const load = startLoad(() => [server], 4, away)
  for (let round = 0; round < 3; round++) {
    await sleep(700)
    const killed = postmasterOf(data)
    process.kill(killed, 'SIGKILL')
    await until('started again', async () => {
      const running = await Promise.resolve()
        .then(() => postmasterOf(data))
        .catch(() => killed)
      return running !== killed && (await isReady(server)())
    })
    assert.equal((await ask(server, 'POST', 'api/cases/permitted/plans', {})).status, 201)
  }
  await load.end()
  const size = await assertAllThere(load.said, { data, database: await superuserConfig(data) })
  t.diagnostic(
    `${load.said.acts.length} acknowledged, ${size} in the log; else ${JSON.stringify([...load.said.codes])}`,
  )
  assert.equal(await server.stop(), 0)
})

test('the disk is full: it is said, the server stays, and goes on when there is room', {
  skip: canMount ? false : 'needs root and leave to mount',
}, async (t) => {
  const mount = join(freshFolder('full'), 'disk')
  mkdirSync(mount)
  const data = join(mount, 'data')
  const server = await start(t, data, {
    before: prepared(`mount -t tmpfs -o size=180m,mode=755 tmpfs ${mount}`),
  })
  const inside = (script: string) =>
    spawnSync('nsenter', ['-m', '-t', String(server.process.pid), 'sh', '-c', script], { encoding: 'utf8' })
  await signInFirst(server)
  const load = startLoad(() => [server], 4, [...away, 'store.disk-full', 'store.failed'])
  for (let round = 0; round < 2; round++) {
    await until('an act', async () => load.said.acts.length > 10 * (round + 1))
    const full = (load.said.codes.get('store.disk-full') ?? 0) + 3
    inside(`dd if=/dev/zero of=${mount}/filler bs=64k`)
    await until('said that it is full', async () => (load.said.codes.get('store.disk-full') ?? 0) > full)
    await until('not ready', async () => [503, 507].includes(await statusOf(server, 'readyz')))
    assert.equal(await statusOf(server, 'healthz'), 200)
    inside(`rm ${mount}/filler`)
    const ms = await until('ready again', isReady(server))
    t.diagnostic(`ready ${ms} ms after there was room`)
    await until(
      'acts again',
      async () => (await ask(server, 'POST', 'api/cases/permitted/plans', {})).status === 201,
    )
  }
  await load.end()
  t.diagnostic(`${load.said.acts.length} acknowledged; else ${JSON.stringify([...load.said.codes])}`)
  for (const [i, { act }] of load.said.acts.entries()) {
    const caseId =
      (await ask(server, 'GET', `api/cases/permitted/acts/${act}`)).status === 200 ? 'permitted' : 'withdrawn'
    const { status, body } = await ask(server, 'GET', `api/cases/${caseId}/acts/${act}`)
    assert.ok(status === 200 && body['receipt'], `act ${i} is there with its receipt`)
  }
  assert.equal(await server.stop(), 0)
})
