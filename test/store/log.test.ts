import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chown, cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  decodeEntryBundle,
  formatVerifierKey,
  growTree,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
} from '#evidence'
import { equalBytes, expectOk, toHex, utf8 } from '#kernel'
import type { Store } from '#usecases'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import {
  type Appended,
  appendAct,
  faultOf,
  newEntryId,
  newLeaf,
  newScope,
  openTestStore,
  provenIndex,
  rejection,
  someAct,
  superuser,
  temporaryFolder,
} from './fixture.ts'

const noTiles = () => new Uint8Array(0)
const cleanups: (() => Promise<void>)[] = []
const file = { after: (work: () => Promise<void>) => void cleanups.push(work) } as Parameters<
  typeof openTestStore
>[0]
const opened = openTestStore(file)
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

/** Many entries by one act, to get over the edge of a tile in little time. */
async function appendMany(store: Store, count: number): Promise<Appended[]> {
  const scope = newScope('person-many')
  const all = Array.from({ length: count }, () => ({ scope, entry: newEntryId(), leaf: newLeaf() }))
  await store.transact(scope, async (transaction) => {
    await transaction.recordAct(someAct)
    for (const { entry, leaf } of all) await transaction.appendEntry({ id: entry, leaf, opening: utf8('{}') })
  })
  return all
}

test('an empty log has a checkpoint, and publishing nothing changes nothing', async () => {
  const { store } = await opened
  const [first, second] = [await store.publish(), await store.publish()]
  assert.equal(first.size, 0)
  assert.deepEqual(first, second)
  assert.match(first.origin, /^habeas\.invalid\/log\/[0-9a-f]{8}$/)
})

test('eight writers at once: no gap, nothing twice, every entry proved', async () => {
  const { store } = await opened
  const rounds = Array.from({ length: 8 }, async (_, writer) => {
    const own: Appended[] = []
    for (let i = 0; i < 12; i++) {
      own.push(await appendAct(store, `person-${writer}`))
      await store.publish()
      await provenIndex(store, own.at(-1)!)
    }
    return own
  })
  const all = (await Promise.all(rounds)).flat()
  const indices = await Promise.all(all.map((appended) => provenIndex(store, appended)))
  assert.deepEqual(
    indices.sort((a, b) => a - b),
    Array.from({ length: 96 }, (_, i) => i),
  )
})

async function exported(folder: string) {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const read = (name: string) => readFile(join(folder, name))
  const key = expectOk(parseVerifierKey((await read('log.vkey')).toString().trim()))
  const { checkpoint } = expectOk(openCheckpoint((await read('checkpoint')).toString(), key))
  const bundles = names.filter((name) => name.startsWith('tile/entries/')).sort()
  const leaves = []
  for (const name of bundles) leaves.push(...expectOk(decodeEntryBundle(Uint8Array.from(await read(name)))))
  return { names: names.sort(), checkpoint, leaves }
}

test('an export can be recomputed from its leaves, and a later one leaves no partial tile behind', async (t) => {
  const { store } = await opened
  const folder = join(await temporaryFolder(t), 'export')
  for (const more of [3, 200, 700]) {
    await appendMany(store, more)
    const { size } = await store.publish()
    assert.deepEqual(await store.exportLog(folder), { ok: true, value: { size } })
    const { names, checkpoint, leaves } = await exported(folder)
    assert.equal(leaves.length, size)
    const tree = growTree(0, noTiles, leaves.map(leafHash))
    assert.equal(toHex(tree.root), toHex(checkpoint.root))
    for (const { ref, hashes } of tree.tiles) {
      const path = `tile/${ref.level}/${String(ref.index).padStart(3, '0')}${ref.width < 256 ? `.p/${ref.width}` : ''}`
      assert.ok(equalBytes(await readFile(join(folder, path)), hashes), path)
    }
    assert.equal(names.length, 2 + tree.tiles.length + Math.ceil(size / 256), names.join(' '))
  }
})

const verifyGo = process.env['VERIFY_GO'] ?? 'verify-go'

test('another verifier accepts the export, leaf by leaf', {
  skip: spawnSync(verifyGo).error === undefined ? false : 'no verify-go (set VERIFY_GO)',
}, async (t) => {
  const { store } = await opened
  const folder = join(await temporaryFolder(t), 'export')
  expectOk(await store.exportLog(folder))
  const answer = spawnSync(verifyGo, ['tiles', folder, formatVerifierKey(store.logKey)], { encoding: 'utf8' })
  assert.equal(answer.status, 0, answer.stderr + answer.stdout)
  await rm(join(folder, 'tile', '0', '000'))
  assert.equal(spawnSync(verifyGo, ['tiles', folder, formatVerifierKey(store.logKey)]).status, 1)
})

test('an export refuses the folder of another log and of a longer one', async (t) => {
  const { store } = await opened
  const root = await temporaryFolder(t)
  const folder = join(root, 'export')
  expectOk(await store.exportLog(folder))
  const other = await openTestStore(t)
  assert.equal(faultOf(await other.store.exportLog(folder)), 'export.other-log')
  await rm(join(folder, 'log.vkey'))
  assert.equal(faultOf(await other.store.exportLog(folder)), 'export.not-older')
  await writeFile(join(root, 'file'), '')
  assert.equal(faultOf(await store.exportLog(join(root, 'file', 'below'))), 'folder.not-a-folder')
})

test('a failed statement cannot be committed over, and a failed act leaves nothing', async (t) => {
  const { store, folder } = await opened
  const root = await superuser(t, folder)
  const count = async () =>
    (
      await root.query(
        'select (select count(*) from habeas.acts) || $$/$$ || (select count(*) from habeas_log.pending) as n',
      )
    ).rows[0].n
  const before = await count()
  const twice = await appendAct(store)
  await store.publish()
  const hidden = store.transact(newScope('person-a'), async (transaction) => {
    await transaction.recordAct(someAct)
    await transaction.appendEntry({ id: newEntryId(), leaf: newLeaf(), opening: utf8('{}') })
    await transaction.recordAct(someAct).catch(() => undefined)
  })
  assert.equal(await rejection(hidden), 'store.failed')
  const withoutAct = store.transact(newScope('person-a'), (transaction) =>
    transaction.appendEntry({ id: newEntryId(), leaf: newLeaf(), opening: utf8('{}') }),
  )
  assert.equal(await rejection(withoutAct), 'store.failed')
  const own = new Error('of the effect')
  await assert.rejects(
    store.transact(newScope('person-a'), async (transaction) => {
      await transaction.recordAct(someAct)
      throw own
    }),
    (error) => error === own,
  )
  await assert.rejects(
    store.transact(twice.scope, (transaction) =>
      transaction.recordAct({ ...someAct, kind: 'private-matter' }),
    ),
    (error) =>
      !String(error).includes('private-matter') &&
      !String(error).includes('insert') &&
      String(error).includes('23505'),
  )
  assert.equal(
    await count(),
    before.replace(/^\d+/, (acts: string) => String(Number(acts) + 1)),
  )
})

test('a proof is for whom the entry is about, once it is published', async () => {
  const { store } = await opened
  const { scope, entry, leaf } = await appendAct(store, 'person-a')
  assert.equal(await rejection(store.prove(scope, entry)), 'store.not-published')
  await store.publish()
  assert.equal(await rejection(store.prove(newScope('person-b'), entry)), 'store.no-entry')
  assert.ok((await provenIndex(store, { scope: newScope('person-a'), entry, leaf })) > 0)
})

test('a published hash cannot be changed, and a tree whose tiles were changed is not signed', async (t) => {
  const { store, folder } = await openTestStore(t)
  await appendMany(store, 5)
  await store.publish()
  const root = await superuser(t, folder)
  const change = 'update habeas_log.tiles set hashes = set_byte(hashes, 7, get_byte(hashes, 7) # 1)'
  await assert.rejects(root.query(change), /never changes/)
  await root.query('alter table habeas_log.tiles disable trigger keep_hashes')
  await root.query(change)
  await appendAct(store)
  assert.equal(await rejection(store.publish()), 'store.log-damaged')
  const { rows } = await root.query('select count(*)::int as n from habeas_log.checkpoints')
  assert.equal(rows[0].n, 2)
})

test('a database that was put back is noticed, and so is another key', async (t) => {
  const root = await temporaryFolder(t)
  const folder = join(root, 'data')
  const open = () => openStore({ dataFolder: folder })
  const store = expectOk(await open())
  await appendAct(store)
  await store.publish()
  await store.close()
  await cp(folder, join(root, 'backup'), { recursive: true, preserveTimestamps: true })
  const again = expectOk(await open())
  await appendAct(again)
  await again.publish()
  await again.close()
  const putBack = async (name: string) => {
    const { uid, gid } = await stat(join(folder, 'cluster'))
    await rm(join(folder, name), { recursive: true })
    await cp(join(root, 'backup', name), join(folder, name), { recursive: true })
    if (name === 'cluster') await chownAll(join(folder, name), uid, gid)
  }
  await putBack('cluster')
  assert.equal(faultOf(await open()), 'store.rolled-back')
  await rm(join(folder, 'log.key'))
  assert.equal(faultOf(await open()), 'key.missing')
  await cp(join(root, 'backup', 'checkpoint'), join(folder, 'checkpoint'))
  const other = await openTestStore(t)
  await cp(join(other.folder, 'log.key'), join(folder, 'log.key'))
  assert.equal(faultOf(await open()), 'key.other-log')
  await putBackKey(root, folder)
  const restored = expectOk(await open())
  assert.equal((await restored.publish()).size, 1)
  await restored.close()
})

const putBackKey = (root: string, folder: string) =>
  cp(join(root, 'backup', 'log.key'), join(folder, 'log.key'))

async function chownAll(folder: string, uid: number, gid: number): Promise<void> {
  await chown(folder, uid, gid)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chown(join(entry.parentPath, entry.name), uid, gid)
  }
}
