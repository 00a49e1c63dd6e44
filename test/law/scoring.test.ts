import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectOk } from '#kernel'
import { parseSituation, ruleOn } from '#law'
import { base } from './situations.ts'

const shared = process.env.HABEAS_SHARED ?? '../shared'
const contracts = `${shared}/contracts`
const skip = existsSync(`${contracts}/score.mjs`) ? false : 'the reference facts are not here'
/** Ratchet: may only be raised. */
const agreeing = 74

test('the published cases agree, and no ruling claims everything', { skip }, () => {
  const cases = JSON.parse(readFileSync(`${contracts}/public-cases.json`, 'utf8')) as { situation: unknown }[]
  const rulings = cases.map((row) => ruleOn(expectOk(parseSituation(row.situation, '$')), base))
  const folder = mkdtempSync(join(tmpdir(), 'rulings-'))
  try {
    const file = join(folder, 'rulings.json')
    writeFileSync(file, JSON.stringify(rulings))
    const least = String((100 * agreeing) / cases.length - 0.01)
    const args = [
      `${contracts}/score.mjs`,
      '--cases',
      `${contracts}/public-cases.json`,
      '--rulings',
      file,
      '--min',
      least,
    ]
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    assert.equal(status, 0, stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the example cases come out as their folders are called', { skip }, () => {
  const table: [folder: string, outcome: RegExp, needs: string[]][] = [
    ['permitted', /^permit/, []],
    ['withdrawn', /^deny$/, []],
    ['unknown-consent', /^unknown-facts$/, ['consents']],
  ]
  for (const [folder, outcome, needs] of table) {
    const { situation } = JSON.parse(readFileSync(`${contracts}/example-cases/${folder}/case.json`, 'utf8'))
    const ruling = ruleOn(expectOk(parseSituation(situation, '$.situation')), base)
    assert.match(ruling.outcome, outcome)
    assert.deepEqual(ruling.factsNeeded, needs)
  }
})
