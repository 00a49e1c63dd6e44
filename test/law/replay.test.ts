import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { canonicalBytes, expectOk, type Json } from '#kernel'
import { compileNormBase, loadNormBase, replay, ruleOn } from '#law'
import { knownSituations } from './randomSituations.ts'
import { base } from './situations.ts'

const folder = 'knowledge/law'
const load = (change: (text: string) => string) =>
  expectOk(
    loadNormBase(
      readdirSync(folder)
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => ({ file, text: change(readFileSync(`${folder}/${file}`, 'utf8')) })),
    ),
  )
const bytesOf = (value: unknown): string =>
  new TextDecoder().decode(expectOk(canonicalBytes(JSON.parse(JSON.stringify(value)) as Json)))

test('a ruling of the past comes again to the byte from its situation and the base of then', () => {
  const then = { sha256: base.sha256, rule: compileNormBase(base).rule }
  const again = load((text) => text)
  const now = { sha256: again.sha256, rule: compileNormBase(again, { cells: 1, programs: 1 }).rule }
  for (const situation of knownSituations()) {
    const stored = { situation: JSON.parse(JSON.stringify(situation)), sha256: then.sha256 }
    const replayed = bytesOf(expectOk(replay(stored, now)))
    assert.equal(replayed, bytesOf(then.rule(situation)))
    assert.equal(replayed, bytesOf(ruleOn(situation, base)))
  }
})

test('another base is refused, were it another only by a word', () => {
  const other = load((text) => text.replace('rank: law', 'rank: regulation'))
  assert.notEqual(other.sha256, base.sha256)
  const past = { situation: knownSituations()[0]!, sha256: base.sha256 }
  const refused = replay(past, { sha256: other.sha256, rule: compileNormBase(other).rule })
  assert.equal(!refused.ok && refused.error.code, 'law.other-base')
})
