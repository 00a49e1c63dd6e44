import assert from 'node:assert/strict'
import { cp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectOk } from '#kernel'
import { backUpStore } from '../../src/adapters/postgres/keep/backup.ts'
import { checkStore } from '../../src/adapters/postgres/keep/check.ts'
import { restoreStore } from '../../src/adapters/postgres/keep/restore.ts'
import { tablesOf } from '../../src/adapters/postgres/keep/tables.ts'
import { migrations } from '../../src/adapters/postgres/migrations/index.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { appendAct, faultOf, openTestStore, provenIndex, superuser, temporaryFolder } from './fixture.ts'
import { fillBy, makeFullStore } from './keepFixture.ts'

/** What opens a session, and what is gone in minutes: whoever restores a copy signs in anew. */
const passing = ['codes', 'sessions', 'failures', 'records']

test('a backup holds every table and every column that lasts', async (t) => {
  const { folder } = await openTestStore(t)
  const root = await superuser(t, folder)
  const { rows } = await root.query<{ name: string; columns: string[][]; key: string[] }>(
    `
    select format('%s.%s', n.nspname, c.relname) as name,
      json_agg(json_build_array(a.attname, regexp_replace(format_type(a.atttypid, a.atttypmod),
        '^timestamp with time zone$', 'timestamptz')) order by a.attnum) as columns,
      (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum)) from pg_index i
        join pg_attribute k on k.attrelid = c.oid and k.attnum = any(i.indkey::int2[])
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname in ('habeas', 'habeas_log', 'habeas_door')
      and not (n.nspname = 'habeas_door' and c.relname = any($1)) group by c.oid, 1 order by 1`,
    [passing],
  )
  const kept = tablesOf(migrations.length).map(({ name, key, columns }) => ({ name, columns, key }))
  assert.deepEqual(
    rows.map(({ name, columns, key }) => ({ name, columns, key })),
    [...kept].sort((a, b) => (a.name < b.name ? -1 : 1)),
  )
})

const partsOf = (manifest: Awaited<ReturnType<typeof backedUp>>) =>
  manifest.tables.map(({ table, sha256, rows, bytes }) => ({ table, sha256, rows, bytes }))

const backedUp = async (dataFolder: string, out: string) =>
  expectOk(await backUpStore({ dataFolder, waitMs: 0 }, out))

test('what was backed up is restored to the byte, proves as before, and goes on', async (t) => {
  const root = await temporaryFolder(t)
  const { dataFolder, appended, published, queuedAtTheDoor } = await makeFullStore(t)
  const first = await backedUp(dataFolder, join(root, 'a', 'first'))
  assert.equal(first.log.size, published)
  for (const name of await readdir(join(root, 'a', 'first'))) {
    assert.equal((await stat(join(root, 'a', 'first', name))).mode & 0o777, 0o600, name)
  }
  assert.equal((await stat(join(root, 'a', 'first'))).mode & 0o777, 0o700)
  const restoredTo = join(root, 'restored')
  const { check } = expectOk(await restoreStore({ dataFolder: restoredTo }, join(root, 'a', 'first')))
  assert.deepEqual(
    [check.ok, check.failures, check.entries, check.acts],
    [true, [], published, appended.length],
  )
  const second = await backedUp(restoredTo, join(root, 'second'))
  assert.deepEqual(partsOf(second), partsOf(first))
  assert.ok(
    first.tables.every(({ rows }) => rows > 0),
    'something in every table',
  )
  assert.deepEqual(
    await readFile(join(restoredTo, 'checkpoint')),
    await readFile(join(dataFolder, 'checkpoint')),
  )

  const { store } = await openTestStore(t, { dataFolder: restoredTo })
  for (const [i, one] of appended.slice(0, published).entries())
    assert.equal(await provenIndex(store, one), i)
  const later = await appendAct(store)
  assert.equal((await store.publish()).size, appended.length + queuedAtTheDoor + 1)
  const indices = await Promise.all([...appended, later].map((one) => provenIndex(store, one)))
  assert.deepEqual(indices, [...appended.keys(), appended.length + queuedAtTheDoor])
  await store.close()
  assert.ok(expectOk(await checkStore({ dataFolder: restoredTo })).ok)
})

test('a backup that would hide a rollback is not made, and a restore that would be one is not kept', async (t) => {
  const root = await temporaryFolder(t)
  const { dataFolder } = await makeFullStore(t)
  const early = await backedUp(dataFolder, join(root, 'early'))
  const store = expectOk(await openStore({ dataFolder }))
  await store.publish()
  await store.close()
  // The database is lost; the folder remembers how long the log was.
  await rm(join(dataFolder, 'cluster'), { recursive: true })
  assert.equal(faultOf(await restoreStore({ dataFolder }, join(root, 'early'))), 'store.rolled-back')
  assert.equal(faultOf(await restoreStore({ dataFolder }, join(root, 'early'))), 'store.rolled-back')
  // Into a folder without memory it goes; put the memory back and no backup is made of it any more.
  const fresh = join(root, 'fresh')
  expectOk(await restoreStore({ dataFolder: fresh }, join(root, 'early')))
  await cp(join(dataFolder, 'checkpoint'), join(fresh, 'checkpoint'))
  assert.equal(faultOf(await backUpStore({ dataFolder: fresh }, join(root, 'never'))), 'store.rolled-back')
  assert.deepEqual((await readdir(root)).sort(), ['early', 'fresh'])
  assert.ok(early.log.size > 0)
})

test('a restored log whose folder remembers no more than it holds takes the old key up again', async (t) => {
  const root = await temporaryFolder(t)
  const { dataFolder, appended, queuedAtTheDoor } = await makeFullStore(t)
  await backedUp(dataFolder, join(root, 'backup'))
  await rm(join(dataFolder, 'cluster'), { recursive: true })
  assert.ok(expectOk(await restoreStore({ dataFolder }, join(root, 'backup'))).check.ok)
  const { store } = await openTestStore(t, { dataFolder })
  assert.equal((await store.publish()).size, appended.length + queuedAtTheDoor)
})

test('only an empty store takes a backup, and no other key is replaced', async (t) => {
  const root = await temporaryFolder(t)
  const { dataFolder } = await makeFullStore(t)
  await backedUp(dataFolder, join(root, 'backup'))
  assert.equal(faultOf(await restoreStore({ dataFolder }, join(root, 'backup'))), 'restore.not-empty')
  const opened = join(root, 'opened')
  await expectOk(await openStore({ dataFolder: opened })).close()
  assert.equal(faultOf(await restoreStore({ dataFolder: opened }, join(root, 'backup'))), 'restore.not-empty')
  await rm(join(opened, 'cluster'), { recursive: true })
  await rm(join(opened, 'checkpoint'), { force: true })
  const key = await readFile(join(opened, 'log.key'))
  assert.equal(faultOf(await restoreStore({ dataFolder: opened }, join(root, 'backup'))), 'key.other-log')
  assert.deepEqual(await readFile(join(opened, 'log.key')), key)
})

test('one moment of a store that others go on using: every act whole', async (t) => {
  const root = await temporaryFolder(t)
  const { store, folder } = await openTestStore(t)
  const database = await superuser(t, folder)
  await fillBy(database, 20_000)
  await store.publish()
  const password = (await readFile(join(folder, 'database.secret'), 'utf8')).trim()
  const databaseUrl = `postgres://habeas:${password}@/postgres?host=${database.host}`
  let writing = true
  const writers = [1, 2].map(async (name) => {
    let written = 0
    for (; writing; written++) {
      await appendAct(store, `person-${name}`)
      await store.publish()
    }
    return written
  })
  const options = { dataFolder: folder, databaseUrl }
  const taken = [await backUpStore(options, join(root, '0')), await backUpStore(options, join(root, '1'))]
  const checked = expectOk(await checkStore(options))
  writing = false
  const written = (await Promise.all(writers)).reduce((sum, n) => sum + n)
  const sizes = taken.map((one) => expectOk(one).log.size)
  assert.ok(checked.ok && written > 0 && sizes[1]! > sizes[0]!, `${written} ${sizes}`)
  const { check } = expectOk(await restoreStore({ dataFolder: join(root, 'restored') }, join(root, '1')))
  assert.deepEqual([check.ok, check.failures, check.entries], [true, [], sizes[1]])
  const busy = await backUpStore({ dataFolder: folder, waitMs: 0 }, join(root, '2'))
  assert.ok(faultOf(busy) === 'store.in-use' && !busy.ok && busy.error.expected.includes('DATABASE_URL'))
})
