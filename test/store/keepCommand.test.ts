import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectOk } from '#kernel'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { copyCase, habeas, readJson } from '../scenarios/habeas.ts'
import { superuser, temporaryFolder } from './fixture.ts'

test('a plan of before the restore is verified after it, and the next one stands behind it in the log', async (t) => {
  const root = await temporaryFolder(t)
  const [data, backup, restored] = ['data', 'backup', 'restored'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ]
  const plan = (folder: string, out: string) => {
    const run = habeas(['plan', copyCase('permitted'), '--data', folder, '--out', join(root, out), '--json'])
    assert.equal(run.status, 0, run.err)
  }
  plan(data, 'before')
  const taken = habeas(['db', 'backup', '--data', data, '--out', backup])
  assert.deepEqual([taken.status, /1 entries/.test(taken.out)], [0, true], taken.err)
  assert.match(taken.err, /is a secret.*key that signs the log/s)
  const json = habeas(['db', 'restore', '--data', restored, '--from', backup, '--json'])
  assert.equal(json.status, 0, json.err)
  const { version, log, rows, check } = JSON.parse(json.out)
  assert.deepEqual([version, log.size, rows['habeas.plans'], check.ok], [14, 1, 1, true])
  plan(restored, 'after')
  const evidence = (out: string) => join(root, out, 'evidence')
  assert.equal(habeas(['verify', evidence('before')]).status, 0)
  const later = JSON.parse(habeas(['verify', evidence('after'), '--json']).out)
  assert.deepEqual([later.ok, later.entries[0].index], [true, 1])
  assert.ok(readJson(join(backup, 'manifest.json')).tables.length > 0)
})

test('what was wrong before the backup is restored as it was, and said: the answer is no', async (t) => {
  const root = await temporaryFolder(t)
  const data = join(root, 'data')
  assert.equal(habeas(['plan', copyCase('permitted'), '--data', data, '--out', join(root, 'out')]).status, 0)
  const store = expectOk(await openStore({ dataFolder: data }))
  const database = await superuser(t, data)
  await database.query('set session_replication_role = replica')
  await database.query(`update habeas.openings set opening = '{}'`)
  await database.end()
  await store.close()
  assert.equal(habeas(['db', 'backup', '--data', data, '--out', join(root, 'backup')]).status, 0)
  const run = habeas(['db', 'restore', '--data', join(root, 'restored'), '--from', join(root, 'backup')])
  assert.equal(run.status, 1, run.err)
  assert.match(run.out, /^not ok: 1 entries.*\n {2}opening\.other: entry 0\n$/m)
})
