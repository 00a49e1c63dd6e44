import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readFileBounded } from './readFile.ts'

test('a file is read whole or refused with the reason', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'ten')
  await writeFile(path, '0123456789')
  await writeFile(join(folder, 'empty'), '')
  const table: [path: string, limit: number, expected: string][] = [
    [path, 11, '0123456789'],
    [path, 10, '0123456789'],
    [path, 9, 'file.too-large'],
    [join(folder, 'empty'), 0, ''],
    [join(folder, 'none'), 10, 'file.missing'],
    [join(path, 'below'), 10, 'file.missing'],
    [folder, 10, 'file.is-folder'],
    ['/dev/zero', 100_000, 'file.too-large'],
    ['/dev/null', 0, ''],
  ]
  for (const [file, limit, expected] of table) {
    const read = await readFileBounded(file, limit)
    assert.equal(
      read.ok ? new TextDecoder().decode(read.value) : read.error.code,
      expected,
      `${file} ${limit}`,
    )
    if (!read.ok) assert.deepEqual([read.error.kind, read.error.where], ['input', file])
  }
})

test('a large file comes back byte for byte', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const bytes = new Uint8Array(70 << 20).map((_, i) => i * 31)
  await writeFile(join(folder, 'large'), bytes)
  const read = await readFileBounded(join(folder, 'large'), 1 << 27)
  assert.ok(read.ok && Buffer.compare(read.value, bytes) === 0)
})
