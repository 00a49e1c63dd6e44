import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectOk } from '#kernel'
import { checkStore } from '../../src/adapters/postgres/keep/check.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { appendAct, superuser, temporaryFolder } from './fixture.ts'

test('check finds whatever was changed', async (t) => {
  const dataFolder = join(await temporaryFolder(t), 'data')
  const store = expectOk(await openStore({ dataFolder }))
  try {
    for (let i = 0; i < 300; i++) {
      await appendAct(store)
      if (i % 90 === 0) await store.publish()
    }
    await store.publish()
  } finally {
    await store.close()
  }
  const { ok, failures, entries, acts } = expectOk(await checkStore({ dataFolder }))
  assert.deepEqual({ ok, failures, entries, acts }, { ok: true, failures: [], entries: 300, acts: 300 })

  const tamperings: readonly (readonly [string, string])[] = [
    [
      `update habeas.openings set opening = '{}' where entry_id =
      (select entry_id from habeas_log.entries where index = 7)`,
      'opening.other',
    ],
    [`update habeas_log.checkpoints set root = sha256('x') where size = 91`, 'checkpoint.root'],
    [
      `update habeas_log.tiles set hashes = sha256('x') || substr(hashes, 33) where level = 0 and index = 0`,
      'tile.other',
    ],
    [`update habeas_log.entries set leaf = 'x' where index = 5`, 'entry.leaf-hash'],
    ['delete from habeas_log.entries where index = 9', 'entry.index'],
  ]
  for (const [sql, code] of tamperings) {
    const open = expectOk(await openStore({ dataFolder }))
    const root = await superuser(t, dataFolder)
    await root.query('set session_replication_role = replica')
    await root.query(sql)
    await root.end()
    await open.close()
    const report = expectOk(await checkStore({ dataFolder }))
    assert.ok(!report.ok && report.failures.some((failure) => failure.code === code), code)
  }
})
