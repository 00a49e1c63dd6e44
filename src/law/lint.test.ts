import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectOk } from '#kernel'
import { lintNormBase } from './lint.ts'
import { loadNormBase } from './load.ts'

const head = `base: { version: "1", source: ours, licence: Apache-2.0 }
definitions:
  care: { activity: treat }
speakers:
  patient:
    - { party: subject }
`
const instrument = (id: string, title: string, from: string, to: string) => `instrument:
  id: ${id}
  jurisdiction: CN
  titleZh: ${title}
  titleEn: Law
  rank: law
  issuer: NPC
  promulgated: 2000-01-01
  effectiveFrom: ${from}
  effectiveTo: ${to}
norms:
`
const norm = (id: string, lines: string) => `  - id: ${id}
    article: "1"
    verified: text-seen
    source: here
    en: words
    zh: 字
    effect: permit
${lines}`

const care = '    when: { is: care }\n'
const lint = (...texts: readonly string[]) => {
  const files = texts.map((text, index) => ({ file: `${index}.yaml`, text }))
  return lintNormBase(expectOk(loadNormBase([{ file: 'base.yaml', text: head }, ...files])))
}
const one = (lines: string) => instrument('CN-A', '法', '2021-01-01', 'null') + norm('CN-A-1', lines)

test('a base without flaws has no findings', () => {
  assert.deepEqual(lint(one(care)), [])
})

test('each flaw is found at its file and line', () => {
  const old = (to: string) => instrument('CN-A-2010', '法', '2010-01-01', to) + norm('CN-A-2010-1', care)
  const now = instrument('CN-A-2020', '法（2020修订）', '2020-01-01', 'null') + norm('CN-A-2020-1', care)
  const aside = (other: string) => `${care}    displaces:\n      - { norm: ${other}, of: duties }\n`
  const table: [name: string, texts: readonly string[], code: string, where: string][] = [
    ['two versions at once', [old('null'), now], 'norms.overlap', '1.yaml:12'],
    ['two versions on one day', [old('2020-01-01'), now], 'norms.overlap', '1.yaml:12'],
    ['a day without a version', [old('2019-12-30'), now], 'norms.gap', '1.yaml:12'],
    ['before its instrument', [one(`    effectiveFrom: 2020-12-31\n${care}`)], 'norms.window', '0.yaml:12'],
    [
      'after its instrument',
      [
        instrument('CN-A', '法', '2021-01-01', '2022-01-01') +
          norm('CN-A-1', `    effectiveTo: 2022-01-02\n${care}`),
      ],
      'norms.window',
      '0.yaml:12',
    ],
    [
      'no condition',
      [
        one('    effect2: 1\n').replace('    effect2: 1\n', ''),
        one(care).replaceAll('CN-A', 'CN-B').replace('法', '规'),
      ],
      'norms.unconditional',
      '0.yaml:12',
    ],
    [
      'a condition that contradicts itself',
      [one('    when: { is: care, activity: test }\n')],
      'norms.unreachable',
      '0.yaml:12',
    ],
    [
      'an age that nobody has',
      [one('    when: { is: care, subject.age: { atLeast: 18, below: 14 } }\n')],
      'norms.unreachable',
      '0.yaml:12',
    ],
    [
      'an exception by a norm that came later than the end',
      [
        instrument('CN-A', '法', '2010-01-01', '2012-01-01') +
          norm('CN-A-1', `${care}    exceptions:\n      - { of: duties, by: CN-B-1 }\n`),
        instrument('CN-B', '规', '2020-01-01', 'null') + norm('CN-B-1', care),
      ],
      'norms.never-together',
      '0.yaml:12',
    ],
    [
      'two norms that push each other aside',
      [
        instrument('CN-A', '法', '2010-01-01', 'null') + norm('CN-A-1', aside('CN-B-1')),
        instrument('CN-B', '规', '2010-01-01', 'null') + norm('CN-B-1', aside('CN-A-1')),
      ],
      'norms.ambiguous',
      '0.yaml:12',
    ],
    [
      'a word that no rule uses',
      [one('    when: { activity: treat }\n')],
      'norms.unused',
      'the definitions of the base',
    ],
  ]
  for (const [name, texts, code, where] of table) {
    const found = lint(...texts)
    assert.ok(
      found.some((finding) => finding.code === code && finding.where === where),
      `${name}: ${JSON.stringify(found)}`,
    )
  }
})

test('the day after the end of a version is the first of the next: no gap, no overlap', () => {
  const old = instrument('CN-A-2010', '法', '2010-01-01', '2019-12-31') + norm('CN-A-2010-1', care)
  const now = instrument('CN-A-2020', '法（2020修订）', '2020-01-01', 'null') + norm('CN-A-2020-1', care)
  assert.deepEqual(lint(old, now), [])
})
