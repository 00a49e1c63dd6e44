import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContentOf } from './content.ts'
import { incoherenceOf } from './form.ts'

const both = { en: 'a', zh: '一' }
const section = (element: string) => ({ element, text: both })
const item = (id: string, right = 0) => ({
  id,
  question: { asks: both, answers: [both, both], right, explains: both },
})
const form = (sections: object[], items: object[]) =>
  ({ kind: 'form', jurisdictions: ['CN'], title: both, sections, items }) as unknown as ContentOf<'form'>

const table: readonly (readonly [given: string, form: ContentOf<'form'>, expected: string | undefined])[] = [
  ['each once', form([section('purpose'), section('rights')], [item('a'), item('b', 1)]), undefined],
  [
    'a section twice',
    form([section('purpose'), section('rights'), section('purpose')], []),
    '.sections[2].element',
  ],
  ['a choice twice', form([section('purpose')], [item('a'), item('a')]), '.items[1].id'],
  [
    'a right answer one too far',
    form([section('purpose')], [item('a'), item('b', 2)]),
    '.items[1].question.right',
  ],
]
for (const [given, content, expected] of table)
  test(`a form with ${given}: ${expected ?? 'nothing amiss'}`, () => {
    assert.equal(incoherenceOf(content), expected)
  })
