import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { growTree, leafHash, openCheckpoint } from '#evidence'
import { equalBytes, expectOk, toHex } from '#kernel'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { runChild } from './child.ts'
import { appendAct, openTestStore, provenIndex, rejection, superuser, temporaryFolder } from './fixture.ts'

const kills = Number(process.env['HABEAS_KILLS'] ?? 20)

type Told = { readonly entry: string; readonly index: number }

/** Starts a writer at once, kills it some time after it said a word (if any), and answers what it had told before. */
async function killAfter(
  folder: string,
  lifeMs: number,
  word: 'ready' | 'entry' | undefined,
): Promise<Told[]> {
  const child = runChild(['loop', folder])
  if (word !== undefined) await child.said(word)
  await sleep(lifeMs)
  child.process.kill('SIGKILL')
  const end = await child.ended
  assert.equal(end, 'SIGKILL', `it ended by itself: ${child.errors()} ${JSON.stringify(child.lines)}`)
  return child.lines.flatMap(({ entry, index }) =>
    typeof entry === 'string' ? [{ entry, index: Number(index) }] : [],
  )
}

test(`${kills} kills at any moment: everything that was told is there once, proved, and each start needs no hand`, async (t) => {
  const folder = join(await temporaryFolder(t), 'data')
  const told: Told[] = []
  for (let i = 0; i < kills; i++) {
    // A third at any moment of starting (the first ones while the database is made), a third once it is open, and a
    // third after it has told something, however slow the machine is.
    const word = ([undefined, 'ready', 'entry'] as const)[i % 3]
    told.push(...(await killAfter(folder, Math.random() * (word === undefined ? 1800 : 250), word)))
  }
  const { store } = await openTestStore(t, { dataFolder: folder })
  const { size, root } = await store.publish()
  const database = await superuser(t, folder)
  const { rows } = await database.query<{
    index: string
    entry_id: string
    leaf: Uint8Array
    subject_id: string
    act_id: string
  }>(
    'select index, entry_id, leaf, subject_id, act_id from habeas_log.entries full join habeas.openings using (entry_id) order by index',
  )
  t.diagnostic(`${told.length} told, ${size} in the log, after ${kills} kills`)
  assert.ok(told.length >= Math.floor(kills / 3))
  assert.deepEqual(
    rows.map(({ index }) => Number(index)),
    Array.from({ length: size }, (_, i) => i),
  )
  for (const { entry, index } of told) assert.equal(rows[index]?.entry_id, entry)
  const tree = growTree(
    0,
    () => new Uint8Array(0),
    rows.map(({ leaf }) => leafHash(leaf)),
  )
  assert.equal(toHex(tree.root), toHex(root))
  for (const row of rows.slice(-20)) {
    const scope = { act: row.act_id as never, subject: row.subject_id as never }
    await provenIndex(store, { scope, entry: row.entry_id as never, leaf: Uint8Array.from(row.leaf) })
  }
  await everyHeadIsOfOneTree(
    database,
    store.logKey,
    rows.map(({ leaf }) => leaf),
  )
})

/** No head was ever signed for another tree than the one that is there. */
async function everyHeadIsOfOneTree(
  database: Awaited<ReturnType<typeof superuser>>,
  key: Parameters<typeof openCheckpoint>[1],
  leaves: readonly Uint8Array[],
): Promise<void> {
  const heads = await database.query<{ note: string }>(
    'select note from habeas_log.checkpoints order by size',
  )
  for (const { note } of heads.rows) {
    const { size, root } = expectOk(openCheckpoint(note, key)).checkpoint
    const tree = growTree(0, () => new Uint8Array(0), leaves.slice(0, size).map(leafHash))
    assert.ok(equalBytes(tree.root, root), `the tree of ${size}`)
  }
}

test('a kill -9 of PostgreSQL itself is a fault of the surroundings until it runs again, which needs no hand', async (t) => {
  const folder = join(await temporaryFolder(t), 'data')
  const store = expectOk(await openStore({ dataFolder: folder }))
  t.after(() => store.close())
  const before = await appendAct(store)
  await store.publish()
  const postmaster = async () =>
    Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  for (let round = 0; round < 3; round++) {
    const killed = await postmaster()
    process.kill(killed, 'SIGKILL')
    // Its sessions may outlive it for a moment, and still record.
    for (let said = '', running = killed; said !== 'none' || running === killed; ) {
      running = await postmaster()
      said = await rejection(appendAct(store))
      assert.ok(['none', 'store.unavailable', 'store.outcome-unknown'].includes(said), said)
      await sleep(20)
    }
    assert.equal(await provenIndex(store, before), 0)
  }
  await store.close()
  const again = expectOk(await openStore({ dataFolder: folder }))
  assert.equal(await provenIndex(again, before), 0)
  assert.ok((await again.publish()).size >= 4)
  await again.close()
})
