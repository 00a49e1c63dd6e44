import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cp, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { expectOk } from '#kernel'
import { backUpStore } from '../../src/adapters/postgres/keep/backup.ts'
import { migrateStore } from '../../src/adapters/postgres/keep/migrateStore.ts'
import { openBackup } from '../../src/adapters/postgres/keep/openBackup.ts'
import { restoreStore } from '../../src/adapters/postgres/keep/restore.ts'
import { migrations } from '../../src/adapters/postgres/migrations/index.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { habeas } from '../scenarios/habeas.ts'
import { faultOf, superuser, temporaryFolder } from './fixture.ts'
import { fillBy } from './keepFixture.ts'

const kills = Number(process.env['HABEAS_KILLS'] ?? 10)
const acts = 6000
const cleanups: (() => Promise<void>)[] = []
const t = { after: (work: () => Promise<void>) => void cleanups.push(work) }
let root: string
let dataFolder: string
let whole: string

before(async () => {
  root = await temporaryFolder(t)
  dataFolder = join(root, 'data')
  whole = join(root, 'whole')
  const store = expectOk(await openStore({ dataFolder }))
  const database = await superuser(t, dataFolder)
  await fillBy(database, acts)
  await database.end()
  await store.publish()
  await store.close()
  expectOk(await backUpStore({ dataFolder }, whole))
})
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

/** Milliseconds from the start to the end, or undefined when it was killed before. */
async function runFor(lifeMs: number, args: readonly string[]): Promise<number | undefined> {
  const begun = Date.now()
  const child = spawn(process.execPath, ['bin/habeas', ...args], { stdio: 'ignore' })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_, signal) => resolve(signal))
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), lifeMs)
  const signal = await ended
  clearTimeout(timer)
  return signal === null ? Date.now() - begun : undefined
}

test(`${kills} kills of a backup: what is there under its name is whole, and the rest is cleared away`, async (t) => {
  const place = join(root, 'backups')
  const usual = (await runFor(60_000, ['db', 'backup', '--data', dataFolder, '--out', join(place, 'first')]))!
  let killed = 0
  for (let i = 0; i < kills; i++) {
    const out = join(place, String(i))
    const life = (0.3 + (0.9 * i) / kills) * usual
    if ((await runFor(life, ['db', 'backup', '--data', dataFolder, '--out', out])) === undefined) killed++
    const names = (await readdir(place)).filter((name) => !name.startsWith('.habeas-'))
    if (names.includes(String(i))) {
      expectOk(await openBackup(out, migrations.length, () => {}))
    }
  }
  t.diagnostic(`${killed} of ${kills} killed; a backup takes ${usual} ms`)
  assert.ok(killed > 0)
  expectOk(await backUpStore({ dataFolder }, join(place, 'last')))
  assert.deepEqual(
    (await readdir(place)).filter((name) => name.startsWith('.')),
    [],
  )
})

test(`${kills} kills of a restore: the store is empty or whole, and the same restore can be done again`, async (t) => {
  const args = (target: string) => ['db', 'restore', '--data', target, '--from', whole]
  const usual = (await runFor(60_000, args(join(root, 'restored'))))!
  let [killed, attempt] = [0, 0]
  for (let i = 0; i < kills; i++) {
    const target = join(root, `target-${attempt}`)
    const life = (0.2 + (0.7 * i) / kills) * usual
    if ((await runFor(life, args(target))) === undefined) killed++
    // The next attempt goes into the same store if that is empty; if not, everything must be there.
    if (await stat(join(target, 'log.key')).catch(() => undefined)) {
      const again = habeas(args(target))
      assert.ok(again.status === 0 || /restore\.not-empty/.test(again.err), again.err)
      const check = habeas(['db', 'check', '--json', '--data', target])
      assert.equal(check.status, 0, check.err)
      assert.equal(JSON.parse(check.out).entries, acts)
      attempt++
    }
  }
  t.diagnostic(`${killed} of ${kills} killed, ${attempt} of them late; a restore takes ${usual} ms`)
  assert.ok(killed > 0)
  const last = habeas(args(join(root, `target-${attempt}`)))
  assert.equal(last.status, 0, last.err)
})

test('killed between key and commit: nobody begins another log with the key, and the restore is done again', async () => {
  const target = join(root, 'between')
  expectOk(await migrateStore({ dataFolder: target }))
  for (const name of ['checkpoint', 'log.key']) await cp(join(dataFolder, name), join(target, name))
  assert.equal(faultOf(await openStore({ dataFolder: target })), 'store.rolled-back')
  assert.ok(expectOk(await restoreStore({ dataFolder: target }, whole)).check.ok)
})
