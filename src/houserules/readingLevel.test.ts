import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContentOf } from './content.ts'
import { readingLevelOf } from './readingLevel.ts'

const formOf = (en: string, zh: string): ContentOf<'form'> => ({
  kind: 'form',
  jurisdictions: ['CN'],
  title: { en, zh },
  sections: [{ element: 'purpose', text: { en, zh } }],
  items: [],
})
const hardEn =
  'Notwithstanding the aforementioned considerations, participants acknowledge the institutional responsibility regarding pseudonymised genomic information, including subsequent retention, international dissemination and commercial exploitation.'
const hardZh =
  '参与者确认知悉并同意机构基于前述考虑就假名化基因组信息所承担的包括后续保存国际传播以及商业开发在内的各项责任。'

type Row = readonly [given: string, en: string, zh: string, hard: readonly string[]]
const table: readonly Row[] = [
  ['plain words', 'We look at your genes. You may say no.', '我们查看您的基因。您可以不同意。', []],
  ['a long English sentence', hardEn, '您可以不同意。', ['en']],
  ['a long Chinese sentence', 'You may say no.', hardZh, ['zh']],
  ['nothing', '', '', []],
  ['signs only', '… – !', '……', []],
]
for (const [given, en, zh, hard] of table)
  test(`given ${given}, hard to read is: ${hard.join() || 'nothing'}`, () => {
    assert.deepEqual(readingLevelOf(formOf(en, zh)).hard, hard)
  })

test('the grade is that of Flesch and Kincaid', () => {
  // 8 words, 2 sentences, 8 syllables: 0.39 × 4 + 11.8 × 1 − 15.59 is below 0. Then 6 words, 1 sentence, 14 syllables.
  assert.equal(readingLevelOf(formOf('We look at your blood. It is red.', '')).en, 0)
  const en = 'Doctors reading medical letters carefully nodded.'
  assert.equal(readingLevelOf(formOf(en, '')).en, 14.3)
})

test('characters are counted, not signs', () => {
  assert.equal(readingLevelOf(formOf('', '您可以不同意，不同意也照样得到治疗。好！')).zh, 8.5)
})
