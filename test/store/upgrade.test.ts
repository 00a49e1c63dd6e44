import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openCheckpoint } from '#evidence'
import { expectOk, sha256Hex, utf8 } from '#kernel'
import type { ActScope } from '#usecases'
import { openDataFolder } from '../../src/adapters/files/dataFolder.ts'
import { actTransaction } from '../../src/adapters/postgres/actTransaction.ts'
import { openDatabase } from '../../src/adapters/postgres/database.ts'
import { openEmbedded } from '../../src/adapters/postgres/embedded.ts'
import { backUpStore } from '../../src/adapters/postgres/keep/backup.ts'
import { checkStore } from '../../src/adapters/postgres/keep/check.ts'
import { restoreStore } from '../../src/adapters/postgres/keep/restore.ts'
import { openLog } from '../../src/adapters/postgres/log/identity.ts'
import { openMemory } from '../../src/adapters/postgres/log/memory.ts'
import { publishPending } from '../../src/adapters/postgres/log/publish.ts'
import { migrate } from '../../src/adapters/postgres/migrate.ts'
import { migrations } from '../../src/adapters/postgres/migrations/index.ts'
import { habeas } from '../scenarios/habeas.ts'
import {
  type Appended,
  newEntry,
  newEntryId,
  newScope,
  openTestStore,
  provenIndex,
  someAct,
  superuser,
  temporaryFolder,
} from './fixture.ts'

const withdrawn = { id: 'w', at: someAct.at, purposes: ['research', 'a"b,{}'] }

/** What version 1 left behind: acts, plans, withdrawals, a published log and one entry that waits, by its roles alone. */
async function makeVersion1(t: TestContext) {
  const dataFolder = join(await temporaryFolder(t), 'data')
  const data = expectOk(await openDataFolder(dataFolder))
  const server = expectOk(await openEmbedded(data, { waitMs: 0, onProgress: () => {} }))
  const made = await migrate(server.connection, migrations.slice(0, 1))
  assert.deepEqual(expectOk(made), { from: 0, to: 1, ran: ['persons and log'] })
  const database = openDatabase(server.connection)
  const memory = await openMemory(data.path)
  const signer = await openLog(database, data.path, memory)
  const appended: Appended[] = []
  for (let i = 0; i < 12; i++) {
    const { leaf, opening } = newEntry()
    const scope: ActScope = newScope(`person-${i % 3}`)
    const entry = newEntryId()
    await database.transact({ as: 'habeas_act', ...scope }, async (session) => {
      const transaction = actTransaction(session, scope, () => {})
      await transaction.listWithdrawals('shared')
      await transaction.recordAct(someAct)
      if (i === 4) await transaction.recordWithdrawal(withdrawn)
      if (i % 2)
        await transaction.recordPlan({ indication: 'x', plan: { i }, sha256: sha256Hex(utf8(`${i}`)) })
      await transaction.appendEntry({ id: entry, leaf, opening })
    })
    appended.push({ scope, entry, leaf })
    if (i < 11) await memory.remember(await publishPending(database, signer))
  }
  await database.end()
  await server.close()
  return { dataFolder, appended }
}

const rolesOf = async (t: TestContext, folder: string): Promise<string[]> => {
  const root = await superuser(t, folder)
  const { rows } = await root.query(`select rolname from pg_roles where rolname ~ '^habeas_' order by 1`)
  await root.end()
  return rows.map(({ rolname }) => rolname)
}

test('a store of version 1 is left alone until it is migrated, and has lost nothing then', async (t) => {
  const { dataFolder, appended } = await makeVersion1(t)
  const out = join(await temporaryFolder(t), 'backup')
  for (const refused of [await checkStore({ dataFolder }), await backUpStore({ dataFolder }, out)]) {
    assert.equal(refused.ok ? 'none' : refused.error.code, 'store.older')
    assert.ok(!refused.ok && refused.error.found.includes('version 1'))
    assert.ok(!refused.ok && refused.error.expected.includes('habeas db migrate'))
  }
  const first = habeas(['db', 'migrate', '--data', dataFolder, '--json'])
  assert.deepEqual(JSON.parse(first.out), {
    from: 1,
    to: migrations.length,
    ran: [
      'account and keeper',
      'door',
      'clients',
      'house rules',
      'agreements',
      'recalls',
      'papers',
      'emergencies',
      'relatives',
      'signatures',
      'attendances',
      'kinship',
      'rules replaced',
    ],
  })
  const second = habeas(['db', 'migrate', '--data', dataFolder])
  assert.deepEqual(
    [second.status, second.out],
    [0, `The database is of version ${migrations.length} already.\n`],
  )
  await nothingIsLost(t, dataFolder, appended)
  expectOk(await backUpStore({ dataFolder }, out))
  const restored = join(await temporaryFolder(t), 'data')
  expectOk(await restoreStore({ dataFolder: restored }, out))
  const { store } = await openTestStore(t, { dataFolder: restored })
  assert.equal(await provenIndex(store, appended[11]!), 11)
})

test('a store of version 1 is migrated by whoever opens it', async (t) => {
  const { dataFolder, appended } = await makeVersion1(t)
  await nothingIsLost(t, dataFolder, appended)
})

async function nothingIsLost(t: TestContext, dataFolder: string, appended: readonly Appended[]) {
  const { store } = await openTestStore(t, { dataFolder })
  assert.ok((await rolesOf(t, dataFolder)).includes('habeas_keeper'))
  assert.equal(expectOk(openCheckpoint(await store.readCheckpoint(), store.logKey)).checkpoint.size, 11)
  assert.equal((await store.publish()).size, 12)
  for (const [i, one] of appended.entries()) assert.equal(await provenIndex(store, one), i)
  const listed = await store.transact(newScope('person-1'), (transaction) =>
    transaction.listWithdrawals('shared'),
  )
  assert.deepEqual(listed, [withdrawn])
  await store.close()
  const { ok, failures, entries, acts } = expectOk(await checkStore({ dataFolder }))
  assert.deepEqual({ ok, failures, entries, acts }, { ok: true, failures: [], entries: 12, acts: 12 })
}

test('a database of a newer version is refused, and nothing is changed', async (t) => {
  const { store, folder } = await openTestStore(t)
  const root = await superuser(t, folder)
  await root.query(`insert into habeas_meta.migrations (version, name) values (99, 'of the future')`)
  await root.end()
  await store.close()
  for (const command of [['migrate'], ['check'], ['backup', '--out', join(folder, 'none')]]) {
    const run = habeas(['db', ...command, '--data', folder])
    assert.deepEqual([run.status, run.err.includes('[store.newer]')], [3, true], run.err)
  }
})
