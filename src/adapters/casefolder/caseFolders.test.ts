import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { caseFolders } from './caseFolders.ts'

const example = new URL('../../../examples/permitted', import.meta.url).pathname

test('what is there is found in just its letters, whether it came or went meanwhile', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-cases-'))
  t.after(() => rm(folder, { recursive: true }))
  const cases = caseFolders(folder)
  const outcome = async (name: string) => {
    const read = await cases.read(name)
    return read === undefined ? 'not there' : read.ok ? 'read' : read.error.code
  }

  assert.deepEqual(await cases.list(), [])
  assert.equal(await outcome('one'), 'not there')

  await cp(example, join(folder, 'one'), { recursive: true })
  assert.equal(await outcome('one'), 'read', 'one that came later is found')
  assert.equal(await outcome('ONE'), 'not there', 'other letters are another name')
  assert.equal(await outcome('../one'), 'not there', 'a path is no name')
  assert.deepEqual(await cases.list(), ['one'])

  await writeFile(join(folder, 'one', 'case.json'), '{')
  assert.match(await outcome('one'), /^json\./, 'one that cannot be read is there')

  await rm(join(folder, 'one'), { recursive: true })
  assert.equal(await outcome('one'), 'not there', 'one that went is gone')
  await cp(example, join(folder, 'one'), { recursive: true })
  assert.equal(await outcome('one'), 'read', 'and is found again when it comes back')

  await writeFile(join(folder, 'note'), '')
  assert.equal(await outcome('note'), 'not there', 'a file is no case')
})
