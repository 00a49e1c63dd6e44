import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readReviews } from './readReviews.ts'

const row = {
  ...{ instrument: 'CN-PIPL', sha256: '0'.repeat(64), by: 'Somebody', on: '2026-11-20' },
  ...{ verdict: 'agreed', note: '' },
}
const table: readonly (readonly [given: string, row: object, place: string | undefined])[] = [
  ['a whole row', row, undefined],
  ['a digest of another length', { ...row, sha256: '0' }, '$.rows[0].sha256'],
  ['an unknown verdict', { ...row, verdict: 'perhaps' }, '$.rows[0].verdict'],
  ['a day that is none', { ...row, on: '2026-02-30' }, '$.rows[0].on'],
]
for (const [given, one, place] of table)
  test(`given ${given}, then ${place ? `it is refused at ${place}` : 'it is taken'}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reviews-'))
    const file = join(folder, 'reviews.json')
    writeFileSync(file, JSON.stringify({ version: '1', source: 's', licence: 'l', rows: [one] }))
    const read = await readReviews(folder)
    assert.equal(read.ok ? undefined : read.error.where, place && `${file} ${place}`)
  })
