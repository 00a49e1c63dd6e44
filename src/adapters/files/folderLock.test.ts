import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { lockFolder } from './folderLock.ts'
import { birthOf } from './processes.ts'

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-lock-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}
const silent = () => {}

test('of many that find a dead owner at once, exactly one gets the lock', async (t) => {
  const dead = [
    JSON.stringify({ pid: 999_999_999, birth: 'long ago' }),
    JSON.stringify({ pid: process.pid, birth: 'another process of this number' }),
    '{"pid":',
    '',
  ]
  for (const content of dead) {
    for (let round = 0; round < 10; round++) {
      const folder = await newFolder(t)
      await writeFile(join(folder, 'lock.7'), content)
      const tries = await Promise.all(
        Array.from({ length: 12 }, () => lockFolder(folder, { waitMs: 0, onProgress: silent })),
      )
      const won = tries.filter((one) => one.ok)
      assert.equal(won.length, 1, content)
      assert.deepEqual(await readdir(folder), ['lock.8'])
      for (const one of won) if (one.ok) one.value.release()
      assert.ok((await lockFolder(folder, { waitMs: 0, onProgress: silent })).ok)
      assert.deepEqual(await readdir(folder), ['lock.9'])
    }
  }
})

test('a living owner is named, waited for, and followed', async (t) => {
  const folder = await newFolder(t)
  const first = await lockFolder(folder, { waitMs: 0, onProgress: silent })
  assert.ok(first.ok)
  const { pid, birth } = JSON.parse(await readFile(join(folder, 'lock.1'), 'utf8'))
  assert.deepEqual([pid, birth], [process.pid, await birthOf(process.pid)])
  const said: string[] = []
  const second = lockFolder(folder, { waitMs: 5000, onProgress: (text) => said.push(text) })
  const third = await lockFolder(folder, { waitMs: 60, onProgress: silent })
  assert.ok(
    !third.ok && third.error.code === 'store.in-use' && third.error.found.includes(String(process.pid)),
  )
  first.value.release()
  const got = await second
  assert.ok(got.ok && said.length === 1)
})

test('many who take and release in turn are never in it together', async (t) => {
  const folder = await newFolder(t)
  let inside = 0
  let most = 0
  const turn = async () => {
    for (let i = 0; i < 15; i++) {
      const lock = await lockFolder(folder, { waitMs: 60_000, onProgress: silent })
      assert.ok(lock.ok)
      most = Math.max(most, ++inside)
      await new Promise(setImmediate)
      inside--
      lock.value.release()
    }
  }
  await Promise.all(Array.from({ length: 6 }, turn))
  assert.equal(most, 1)
  assert.deepEqual(await readdir(folder), ['lock.90'])
})
