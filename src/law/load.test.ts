import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadNormBase, type NormFile } from './load.ts'

const head: NormFile = {
  file: 'base.yaml',
  text: `base: { version: "1", source: ours, licence: Apache-2.0 }
definitions:
  care: { activity: treat }
speakers:
  patient:
    - { party: subject }
`,
}

/** Line 2 to 10 are the instrument, line 12 is the first line of the norm. */
const instrument = `instrument:
  id: CN-X
  jurisdiction: CN
  titleZh: 法
  titleEn: Law
  rank: law
  issuer: NPC
  promulgated: 2020-01-01
  effectiveFrom: 2021-01-01
  effectiveTo: null
norms:
`
const norm = (id: string, lines = ''): string => `  - id: ${id}
    article: "1"
    verified: text-seen
    source: here
    en: words
    zh: 字
    effect: require
${lines}`

const load = (text: string, ...more: readonly NormFile[]) =>
  loadNormBase([head, { file: 'x.yaml', text }, ...more])

test('a base is read with its rules, and the same content gives the same digest', () => {
  const text = instrument + norm('CN-X-1', '    when: { is: care, subject.age: { below: 14 } }\n')
  const one = load(text)
  const other = loadNormBase([{ file: 'there/x.yaml', text: text.replaceAll('words', '"words"') }, head])
  assert.ok(one.ok && other.ok)
  assert.deepEqual(
    one.value.norms.map(({ id }) => id),
    ['CN-X-1'],
  )
  assert.equal(one.value.sha256, other.value.sha256)
  const changed = load(text.replace('below: 14', 'below: 16'))
  assert.ok(changed.ok && changed.value.sha256 !== one.value.sha256)
})

test('whatever is wrong with a base is located', () => {
  const duty = (line: string) => instrument + norm('CN-X-1', `    duties:\n      - ${line}\n`)
  const when = (condition: string) => instrument + norm('CN-X-1', `    when: ${condition}\n`)
  const table: [text: string, code: string, where: string, found: RegExp][] = [
    ['instrument: [', 'norms.yaml', 'x.yaml:1', /./],
    [`${instrument}${norm('CN-X-1')}    effect: permit\n`, 'norms.yaml', 'x.yaml:19', /duplicate key/],
    [instrument.replace('2021-01-01', '2021-02-29'), 'norms.date', 'x.yaml:9', /2021-02-29/],
    [
      instrument.replace('effectiveTo: null', 'effectiveTo: 2020-12-31') + norm('CN-X-1'),
      'norms.date',
      'x.yaml:10',
      /2020-12-31/,
    ],
    [instrument.replace('rank: law', 'rank: custom'), 'norms.code', 'x.yaml:6', /custom/],
    [instrument.replace('  issuer: NPC\n', ''), 'norms.shape', 'x.yaml:2', /nothing/],
    [instrument + norm('CN-X-1').replace('    en: words\n', ''), 'norms.shape', 'x.yaml:12', /nothing/],
    [instrument + norm('CN-X-1').replace('zh: 字', 'zh: ""'), 'norms.shape', 'x.yaml:17', /string/],
    [instrument + norm('CN-X-1').replace('    source: here\n', ''), 'norms.shape', 'x.yaml:12', /nothing/],
    [instrument + norm('CN-X-1', '    wehn: { is: care }\n'), 'norms.shape', 'x.yaml:19', /wehn/],
    [instrument + norm('CN-X-1') + norm('CN-X-1'), 'norms.duplicate', 'x.yaml:19', /CN-X-1/],
    [duty('{ code: be-nice }'), 'norms.code', 'x.yaml:20', /be-nice/],
    [duty('{ code: pipia, authority: mayor }'), 'norms.code', 'x.yaml:20', /mayor/],
    [duty('{ code: pipia, met: { granted: blessing } }'), 'norms.code', 'x.yaml:20', /blessing/],
    [when('{ subject.mood: good }'), 'norms.fact', 'x.yaml:19', /subject\.mood/],
    [when('{ activity: dance }'), 'norms.code', 'x.yaml:19', /dance/],
    [when('{ subject.conscious: maybe }'), 'norms.shape', 'x.yaml:19', /string/],
    [when('{ subject.age: 14 }'), 'norms.fact', 'x.yaml:19', /integer/],
    [when('{ subject.conscious: { below: 3 } }'), 'norms.fact', 'x.yaml:19', /below/],
    [when('{ some: { in: subject, where: { kind: aliquot } } }'), 'norms.fact', 'x.yaml:19', /subject/],
    [when('{ is: caring }'), 'norms.dangling', 'x.yaml:12', /caring/],
    [
      instrument + norm('CN-X-1', '    exceptions: [{ by: CN-X-9 }]\n'),
      'norms.dangling',
      'x.yaml:12',
      /CN-X-9/,
    ],
    [
      instrument + norm('CN-X-1', '    displaces: [{ norm: CN-X-9 }]\n'),
      'norms.dangling',
      'x.yaml:12',
      /CN-X-9/,
    ],
    [
      instrument + norm('CN-X-1', '    consents: [{ by: passer-by, for: care }]\n'),
      'norms.code',
      'x.yaml:12',
      /passer-by/,
    ],
    [
      instrument +
        norm('CN-X-1', '    exceptions: [{ by: CN-X-2 }]\n') +
        norm('CN-X-2', '    exceptions: [{ by: CN-X-1 }]\n'),
      'norms.cycle',
      'x.yaml:12',
      /own exception/,
    ],
    [
      instrument + norm('CN-X-1', '    defines:\n      care: { is: care }\n'),
      'norms.cycle',
      'base.yaml:3',
      /care/,
    ],
  ]
  for (const [text, code, where, found] of table) {
    const loaded = load(text)
    assert.ok(!loaded.ok, `${code} ${where}`)
    assert.deepEqual([loaded.error.code, loaded.error.where], [code, where])
    assert.match(loaded.error.found, found)
    assert.ok(loaded.error.expected.length > 0)
  }
})

test('a base without a head is none', () => {
  const loaded = loadNormBase([])
  assert.ok(!loaded.ok && loaded.error.code === 'norms.shape')
})
