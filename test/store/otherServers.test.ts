import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { expectOk } from '#kernel'
import { openDataFolder } from '../../src/adapters/files/dataFolder.ts'
import { openEmbedded } from '../../src/adapters/postgres/embedded.ts'
import { backUpStore } from '../../src/adapters/postgres/keep/backup.ts'
import { restoreStore } from '../../src/adapters/postgres/keep/restore.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { noDebian, startDebian } from './debian.ts'
import {
  appendAct,
  faultOf,
  openTestStore,
  provenIndex,
  rejection,
  superuser,
  temporaryFolder,
} from './fixture.ts'

/** Its own database for a user who is no superuser, as a hospital would give us. */
async function giveDatabase(root: pg.Client, user: string): Promise<void> {
  await root.query(`create role ${user} login createrole password 'secret'`)
  await root.query(`create database ${user} owner ${user}`)
}

/** Two processes' worth of stores on one database, as two servers of a hospital would have. */
async function worksThere(t: TestContext, databaseUrl: string): Promise<void> {
  const dataFolder = join(await temporaryFolder(t), 'data')
  // At once, so that both find an empty database and make its tables, its log and its key.
  const both = await Promise.all([
    openTestStore(t, { dataFolder, databaseUrl }),
    openTestStore(t, { dataFolder, databaseUrl }),
  ])
  const stores = both.map(({ store }) => store)
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    const store = stores[writer % 2]!
    const appended = await appendAct(store, `person-${writer}`)
    await store.publish()
    return provenIndex(store, appended)
  })
  assert.deepEqual((await Promise.all(writers)).sort(), [0, 1, 2, 3, 4, 5, 6, 7])
  const elsewhere = join(await temporaryFolder(t), 'data')
  assert.equal(faultOf(await openStore({ dataFolder: elsewhere, databaseUrl })), 'key.missing')
  for (const store of stores) await store.close()
  const again = await openTestStore(t, { dataFolder, databaseUrl })
  assert.equal((await again.store.publish()).size, 8)
  await again.store.close()
}

/** From one database of a hospital to another, as an owner who is no superuser. */
async function keepsThere(t: TestContext, databaseUrl: string, emptyUrl: string): Promise<void> {
  const folder = await temporaryFolder(t)
  const from = { dataFolder: join(folder, 'from'), databaseUrl }
  const { store } = await openTestStore(t, from)
  const before = [await appendAct(store, 'person-a'), await appendAct(store, 'person-b')]
  await store.publish()
  const waits = await appendAct(store, 'person-a')
  // The store is open: a database that serves many is copied while it is used.
  const first = expectOk(await backUpStore(from, join(folder, 'first')))
  const to = { dataFolder: join(folder, 'to'), databaseUrl: emptyUrl }
  const { check } = expectOk(await restoreStore(to, join(folder, 'first')))
  assert.deepEqual([check.ok, check.failures, check.entries], [true, [], 2])
  assert.equal(faultOf(await restoreStore(to, join(folder, 'first'))), 'restore.not-empty')
  const second = expectOk(await backUpStore(to, join(folder, 'second')))
  assert.deepEqual(second.tables, first.tables)
  const again = await openTestStore(t, to)
  const later = await appendAct(again.store, 'person-b')
  assert.equal((await again.store.publish()).size, 4)
  const indices = [...before, waits, later].map((one) => provenIndex(again.store, one))
  assert.deepEqual(await Promise.all(indices), [0, 1, 2, 3])
  await again.store.close()
  await store.close()
}

/** Forced row-level security binds the owner of the database too, unless it is a superuser. */
async function ownerSeesNothing(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const table of ['habeas.acts', 'habeas.openings', 'habeas_log.entries']) {
      assert.equal((await client.query(`select * from ${table}`)).rowCount, 0, table)
    }
  } finally {
    await client.end()
  }
}

test('Debian’s PostgreSQL 15, as superuser and as the owner of a database', { skip: noDebian }, async (t) => {
  const server = await startDebian(t)
  await worksThere(t, server.urlOf('postgres', '', 'postgres'))
  const root = new pg.Client({ connectionString: server.urlOf('postgres', '', 'postgres') })
  await root.connect()
  await giveDatabase(root, 'clinic')
  for (const name of ['ward', 'ward_restored']) await root.query(`create database ${name} owner clinic`)
  await root.end()
  const url = server.urlOf('clinic', 'secret', 'clinic')
  await worksThere(t, url)
  await ownerSeesNothing(url)
  const [ward, restored] = ['ward', 'ward_restored'].map((name) => server.urlOf('clinic', 'secret', name))
  await keepsThere(t, ward!, restored!)
  const dataFolder = join(await temporaryFolder(t), 'data')
  const last = server.urlOf('postgres', '', 'template1')
  const store = expectOk(await openStore({ dataFolder, databaseUrl: last }))
  server.stop()
  assert.equal(await rejection(appendAct(store)), 'store.unavailable')
  await store.close()
  assert.equal(faultOf(await openStore({ dataFolder, databaseUrl: last })), 'store.unavailable')
})

/** A cluster of the embedded PostgreSQL in which nobody has opened a store yet. */
async function startBare(t: TestContext): Promise<pg.Client> {
  const data = expectOk(await openDataFolder(join(await temporaryFolder(t), 'data')))
  const server = expectOk(await openEmbedded(data, { waitMs: 0, onProgress: () => {} }))
  t.after(() => server.close())
  const root = new pg.Client(server.connection.config)
  root.on('error', () => undefined)
  await root.connect()
  t.after(() => root.end())
  return root
}

test('PostgreSQL 18, as an owner who makes the roles, and as one to whom they are given', async (t) => {
  const root = await startBare(t)
  await giveDatabase(root, 'clinic')
  const urlOf = (secret: string) => `postgres://clinic:${secret}@/clinic?host=${root.host}`
  await worksThere(t, urlOf('secret'))
  await ownerSeesNothing(urlOf('secret'))
  for (const name of ['ward', 'ward_restored']) await root.query(`create database ${name} owner clinic`)
  const [ward, restored] = ['ward', 'ward_restored'].map((name) =>
    urlOf('secret').replace('/clinic?', `/${name}?`),
  )
  await keepsThere(t, ward!, restored!)
  await root.query(`create role second login password 'secret'`)
  await root.query('create database second owner second')
  await root.query(
    'grant habeas_owner, habeas_idle, habeas_act, habeas_account, habeas_sequencer, habeas_auditor, habeas_keeper, habeas_door, habeas_recipient, habeas_reviewer to second',
  )
  await worksThere(t, `postgres://second:secret@/second?host=${root.host}`)
  const dataFolder = join(await temporaryFolder(t), 'data')
  assert.equal(faultOf(await openStore({ dataFolder, databaseUrl: urlOf('wrong') })), 'store.denied')
  const none = urlOf('secret').replace('/clinic?', '/none?')
  assert.equal(faultOf(await openStore({ dataFolder, databaseUrl: none })), 'store.unavailable')
  for (const databaseUrl of ['', 'mysql://somewhere/db', 'postgres://[', 'host=somewhere']) {
    assert.equal(faultOf(await openStore({ dataFolder, databaseUrl })), 'store.bad-url', databaseUrl)
  }
})

test('a user who may not make roles is told so', async (t) => {
  const { folder } = await openTestStore(t)
  const root = await superuser(t, folder)
  await root.query(`create role plain login password 'secret'`)
  await root.query('create database plain owner plain')
  const databaseUrl = `postgres://plain:secret@/plain?host=${root.host}`
  const dataFolder = join(await temporaryFolder(t), 'data')
  const refused = await openStore({ dataFolder, databaseUrl })
  assert.equal(faultOf(refused), 'store.denied')
  assert.ok(!refused.ok && refused.error.where === 'DATABASE_URL')
})
