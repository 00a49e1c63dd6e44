import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { asvsPage, readRequirements } from '../../tools/asvs/page.ts'

const all = readRequirements()
const order = (id: string): number => id.split('.').reduce((sum, part) => sum * 100 + Number(part), 0)

test('each requirement is there once, in order; what is met says where and by which test, the rest says why', () => {
  assert.ok(all.length > 130)
  const members = ['id', 'level', 'asks', 'state', 'where', 'test', 'why']
  for (const one of all)
    assert.deepEqual(
      Object.keys(one).filter((key) => !members.includes(key)),
      [],
      one.id,
    )
  for (const [i, { id, level, state, where, test: tests, why, asks }] of all.entries()) {
    assert.match(id, /^\d+\.\d+\.\d+$/)
    assert.ok(i === 0 || order(all[i - 1]!.id) < order(id), `${id} is in its place`)
    assert.ok((level === 1 || level === 2) && asks.length > 5, id)
    if (state === 'met') assert.ok(where.length > 0 && tests.length > 0 && why === '', id)
    else assert.ok(why.length > 10, id)
    for (const file of [...where, ...tests]) assert.ok(existsSync(file), `${id}: ${file}`)
    for (const file of tests) assert.match(file, /\.test\.ts$/, id)
  }
})

test('docs/asvs.md is what the list says', () => {
  assert.equal(readFileSync('docs/asvs.md', 'utf8'), asvsPage(all))
})
