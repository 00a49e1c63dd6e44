import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readNormBase } from './readNorms.ts'

test('the committed base loads, every norm with words in both languages and a source', async () => {
  const base = await readNormBase('knowledge/law')
  assert.ok(base.ok, JSON.stringify(base))
  assert.ok(base.value.norms.length >= 200)
  assert.match(base.value.sha256, /^[0-9a-f]{64}$/)
  for (const { id, wording, source, from, to } of base.value.norms) {
    assert.match(wording.zh, /\p{Script=Han}/u, id)
    assert.ok(source.length > 3 && (to === null || from <= to), id)
  }
})

test('a folder that is not there is the fault of the surroundings, one with a flaw of the input', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'norms-'))
  try {
    const absent = await readNormBase(join(folder, 'absent'))
    assert.ok(!absent.ok && absent.error.kind === 'surroundings' && absent.error.found === 'ENOENT')
    writeFileSync(join(folder, 'x.yaml'), 'base: { version: "1" }\n')
    const flawed = await readNormBase(folder)
    assert.ok(!flawed.ok && flawed.error.kind === 'input')
    assert.equal(flawed.error.where, `${join(folder, 'x.yaml')}:1`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
