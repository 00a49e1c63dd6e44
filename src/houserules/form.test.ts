import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContentOf } from './content.ts'
import { incoherenceOf } from './form.ts'

const both = { en: 'a', zh: '一' }
const section = (element: string) => ({ element, text: both })
const item = (id: string, right = 0, over: object = {}) => ({
  ...{ id, activities: ['use'], recipients: [] },
  ...over,
  question: { asks: both, answers: [both, both], right, explains: both },
})
const form = (sections: object[], items: object[], over: object = {}) =>
  ({
    ...{ kind: 'form', jurisdictions: ['CN'], title: both, sections, items },
    ...over,
  }) as unknown as ContentOf<'form'>
const after = (right: number) => ({
  afterDeath: { says: both, question: { asks: both, answers: [both, both], right, explains: both } },
})
const looks = ['access-deceased']

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
  [
    'a choice about relatives by itself, and what holds after death',
    form([], [item('a', 0, { activities: looks })], after(1)),
    undefined,
  ],
  [
    'a choice about relatives and more',
    form([], [item('a'), item('b', 0, { activities: [...looks, 'use'] })]),
    '.items[1].activities',
  ],
  [
    'a choice about relatives and a recipient',
    form([], [item('a', 0, { activities: looks, recipients: ['lab'] })]),
    '.items[0].activities',
  ],
  ['a choice called as what holds after death', form([], [item('after-death')], after(0)), '.items[0].id'],
  ['that name where nothing is asked of it', form([], [item('after-death')]), undefined],
  ['a right answer after death one too far', form([], [item('a')], after(2)), '.afterDeath.question.right'],
]
for (const [given, content, expected] of table)
  test(`a form with ${given}: ${expected ?? 'nothing amiss'}`, () => {
    assert.equal(incoherenceOf(content), expected)
  })
