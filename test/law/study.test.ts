import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Day } from '#kernel'
import { compareBases, explainIn, lintNormBase, matrixOf, reviewsOf, ruleOn } from '#law'
import { matrixCsv, matrixHtml } from '../../src/adapters/report/lawMatrix.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { base, situation, withNorm, withNorms } from './situations.ts'

test('the base of the program has no flaw', () => {
  assert.deepEqual(lintNormBase(base), [])
})

test('a base compared with itself differs in nothing', () => {
  assert.deepEqual(compareBases(base, base), { norms: [], answers: [], silent: [] })
})

test('a changed norm is named, with situations that are answered differently', () => {
  const table: [id: string, change: object, differs: string][] = [
    ['CN-PIPL-29', { consents: [] }, 'whoMustConsent'],
    ['CN-PIPL-55', { duties: [] }, 'duties'],
    ['CN-CC-1219-1', { from: '2022-01-01' as Day }, 'norms'],
  ]
  for (const [id, change, member] of table) {
    const { norms, answers } = compareBases(base, withNorm({ ...base.byId.get(id)!, ...change }))
    assert.deepEqual(norms, [{ norm: id, change: 'changed' }])
    assert.ok(
      answers.some(({ differs }) => differs.includes(member)),
      `${id}: ${member}`,
    )
  }
  const less = withNorms(base.norms.filter(({ id }) => id !== 'CN-PIPL-29'))
  assert.equal(compareBases(base, less).norms[0]!.change, 'removed')
  assert.equal(compareBases(less, base).norms[0]!.change, 'added')
})

test('an explanation names the answer, each consent, duty and article in either language', () => {
  const asked = situation({
    id: 'x',
    at: '2024-05-01',
    activity: 'use',
    data: { categories: ['genetic'], identifiability: 'identified' },
  })
  const ruling = ruleOn(asked, base)
  const [english, chinese] = [explainIn('en', ruling, asked, base), explainIn('zh', ruling, asked, base)]
  assert.equal(english.length, chinese.length)
  assert.match(english[0]!, /2024-05-01.*not allowed/)
  assert.match(chinese[0]!, /2024年5月1日.*不允许/)
  assert.ok(english.some((line) => /Personal Information Protection Law, art\. 29/.test(line)))
  assert.ok(chinese.some((line) => /《个人信息保护法》第29条/.test(line)))
  for (const line of chinese) assert.doesNotMatch(line, /undefined|\bnull\b/)
})

/** As RFC 4180 says, for what this file writes. */
const parseCsv = (text: string): string[][] =>
  text
    .slice(1, -2)
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
        (m[1] ?? m[2]!).replaceAll('""', '"'),
      ),
    )

test('the matrix has every norm, its words in both languages, and the days it is in force', () => {
  const days = ['2015-06-01', '2024-05-01'] as Day[]
  const rows = matrixOf(base, days)
  assert.deepEqual(new Set(rows.map(({ norm }) => norm)), new Set(base.byId.keys()))
  for (const language of ['en', 'zh'] as const) {
    const [head, ...lines] = parseCsv(matrixCsv(rows, days, language))
    assert.equal(lines.length, rows.length)
    assert.ok(lines.every((line) => line.length === head!.length))
    const sensitive = lines.find(
      ([id, , , , , , code]) => id === 'CN-PIPL-29' && code === 'personal-information',
    )!
    assert.deepEqual(sensitive.slice(-2), ['0', '1'])
    assert.match(matrixHtml(rows, days, language), /<table>.*CN-PIPL-29/s)
  }
})

test('a review counts for the bytes that were reviewed', () => {
  const sha256 = base.digests.get('CN-PIPL')!
  const record = {
    instrument: 'CN-PIPL',
    sha256,
    by: 'A. Lawyer',
    on: '2026-11-01' as Day,
    verdict: 'agreed' as const,
    note: '',
  }
  const stateOf = (records: Parameters<typeof reviewsOf>[1]) =>
    reviewsOf(base, records).find(({ instrument }) => instrument === 'CN-PIPL')!.state
  assert.equal(stateOf([]), 'none')
  assert.equal(stateOf([record]), 'agreed')
  assert.equal(stateOf([{ ...record, sha256: base.sha256 }]), 'changed')
  assert.equal(stateOf([record, { ...record, on: '2026-11-02' as Day, verdict: 'objected' }]), 'objected')
  const recalled = reviewsOf(base, []).flatMap((review) => review.recalled)
  assert.deepEqual(
    new Set(recalled),
    new Set(base.norms.filter(({ verified }) => verified === 'from-memory').map(({ id }) => id)),
  )
})

test('the commands for lawyers answer, and refuse what they cannot read', () => {
  const folder = freshFolder('law')
  assert.equal(habeas(['law', 'lint']).status, 0)
  assert.equal(habeas(['law', 'matrix', '--out', folder]).status, 0)
  assert.match(readFileSync(`${folder}/matrix.zh.html`, 'utf8'), /个人信息保护法/)
  assert.equal(habeas(['law', 'reviews', '--out', folder]).status, 0)
  assert.equal(habeas(['law', 'diff', 'knowledge/law', 'knowledge/law']).status, 0)
  const refused: [args: string[], status: number, says: RegExp][] = [
    [['law', 'lint', '--base', `${folder}/none`], 3, /ENOENT/],
    [['law', 'lint', '--base', folder], 2, /no file with a base/],
    [['law', 'explain', `${folder}/none.json`], 2, /no such file/],
    [['law', 'matrix', '--on', '2024-02-30'], 2, /Found no days/],
    [['law', 'diff', 'knowledge/law'], 2, /missing required argument/],
  ]
  for (const [args, status, says] of refused) {
    const ran = habeas(args)
    assert.equal(ran.status, status, args.join(' '))
    assert.match(ran.err, says)
    assert.doesNotMatch(ran.err, /\n\s+at /)
  }
})
