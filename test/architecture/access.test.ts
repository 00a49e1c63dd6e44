import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { accessPage } from '../../tools/access/page.ts'

test('docs/access.md is what the table says', () => {
  assert.equal(readFileSync('docs/access.md', 'utf8'), accessPage())
})
