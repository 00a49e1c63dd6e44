import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { expectOk } from '#kernel'
import { openDataFolder } from '../../src/adapters/files/dataFolder.ts'
import { openEmbedded } from '../../src/adapters/postgres/embedded.ts'
import { freshFolder } from '../scenarios/habeas.ts'
import { superuserConfig } from '../store/fixture.ts'
import { assertAllThere, signInFirst, startLoad } from './load.ts'
import { type RunningServer, startServer } from './running.ts'

const kills = Number(process.env['HABEAS_KILLS'] ?? 6)

/** Kills one of two again and again, under load. */
async function killInTurn(servers: RunningServer[], start: () => Promise<RunningServer>): Promise<void> {
  for (let round = 0; round < kills; round++) {
    await sleep(40 + ((round * 37) % 200))
    await servers[round % 2]!.stop('SIGKILL')
    servers[round % 2] = await start()
  }
}

test(`${kills} times kill -9 of one of two servers under load: every acknowledged act is there once and provable`, async (t) => {
  const folder = freshFolder('two')
  const database = expectOk(await openDataFolder(join(folder, 'database')))
  const postgres = expectOk(await openEmbedded(database, { waitMs: 0, onProgress: () => {} }))
  t.after(() => postgres.close())
  const { host, user, password } = postgres.connection.config
  const env = { DATABASE_URL: `postgres://${user}:${password}@/postgres?host=${host}` }
  const data = join(folder, 'data')
  const cookies = new Map()
  const start = () => startServer(['--demo', '--port', '0', '--data', data], { env, cookies })
  const servers = [await start(), await start()]
  await signInFirst(servers[0]!)
  t.after(() => servers.map((server) => server.process.kill('SIGKILL')))
  const load = startLoad(() => servers, 4, ['no answer'])
  await killInTurn(servers, start)
  await load.end()
  for (const server of servers) assert.equal(await server.stop(), 0)
  assert.ok(load.said.acts.length > kills, `only ${load.said.acts.length} acts were acknowledged`)
  const size = await assertAllThere(load.said, { data, env, database: postgres.connection.config })
  t.diagnostic(`${load.said.acts.length} acknowledged, ${size} entries in the log`)
})

/** A server that owns the database takes it along, or leaves it to be started anew: then the other one does that. */
const betweenOwners = ['no answer', 'store.unavailable', 'store.outcome-unknown', 'store.not-proved']

test(`${kills} times kill -9 of one of two servers on one data folder: the other goes on`, async (t) => {
  const data = join(freshFolder('shared'), 'data')
  const cookies = new Map()
  const start = () => startServer(['--demo', '--port', '0', '--data', data], { cookies })
  // At once, so that both find an empty folder.
  const servers = await Promise.all([start(), start()])
  await signInFirst(servers[0]!)
  t.after(() => servers.map((server) => server.process.kill('SIGKILL')))
  const load = startLoad(() => servers, 4, betweenOwners)
  await killInTurn(servers, start)
  await sleep(1000)
  await load.end()
  const { said } = load
  assert.ok(said.acts.length > kills, `only ${said.acts.length} acts were acknowledged`)
  const size = await assertAllThere(said, { data, database: await superuserConfig(data) })
  t.diagnostic(
    `${said.acts.length} acknowledged, ${size} in the log; else ${JSON.stringify([...said.codes])}`,
  )
  for (const server of servers) assert.equal(await server.stop(), 0)
})
