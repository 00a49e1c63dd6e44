import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day, Instant, Sha256Hex, SubjectId } from '#kernel'
import type { Situation } from '#law'
import type { Form } from './form.ts'
import { makeAgreement, type Signing } from './makeAgreement.ts'
import { signingPerson } from './signingPerson.ts'

const both = (text: string) => ({ en: text, zh: text })
const item = (id: string, recipients: string[] = []): Form['items'][number] => ({
  id,
  says: both(id),
  activities: ['use'],
  purposes: ['treatment'],
  categories: ['genetic'],
  recipients,
  question: { asks: both('?'), answers: [both('a'), both('b')], right: 1, explains: both('b it is') },
})
const form: Form = {
  kind: 'form',
  jurisdictions: ['CN'],
  title: both('t'),
  sections: [{ element: 'purpose', text: both('p') }],
  items: [item('one'), item('two', ['river-lab'])],
}
const situation = {
  id: 's',
  at: '2026-11-20' as Day,
  jurisdictions: ['CN'],
  activity: 'use',
  purpose: 'treatment',
}
const given = {
  id: 'a1',
  at: '2026-11-27T10:00:00.000Z' as Instant,
  subject: 'p' as SubjectId,
  organisation: 'hillside',
  situation: situation as Situation,
  signer: { grantor: 'self', giver: 'subject', relation: 'self', person: 'acc', authority: null },
  former: undefined,
  signed: false,
} as const
const standing = { id: 'f1', sha256: 'a'.repeat(64) as Sha256Hex, form }
const yes = (id: string, ...answers: number[]) => ({ item: id, effect: 'permit' as const, answers })
const no = (id: string) => ({ item: id, effect: 'refuse' as const, answers: [] })
const signing = (...choices: Signing['choices']): Signing => ({
  form: 'f1',
  formSha256: 'a'.repeat(64),
  language: 'en',
  choices,
  previewShown: true,
  supersedes: null,
})

const table: readonly (readonly [given: string, signing: Signing, expected: string])[] = [
  [
    'two yes, understood',
    signing(yes('one', 1), yes('two', 0, 1)),
    'one permit hillside, two permit river-lab',
  ],
  ['two no, nothing answered', signing(no('one'), no('two')), 'one refuse hillside, two refuse river-lab'],
  [
    'a no that was answered wrongly',
    signing(yes('one', 1), { ...no('two'), answers: [0] }),
    'one permit hillside, two refuse river-lab',
  ],
  ['a yes that was never answered', signing(yes('one'), no('two')), 'consent.not-understood'],
  [
    'a yes answered rightly first and wrongly last',
    signing(yes('one', 1, 0), no('two')),
    'consent.not-understood',
  ],
  ['one choice only', signing(no('one')), 'consent.choices'],
  ['a choice twice', signing(no('one'), yes('one', 1)), 'consent.choices'],
  ['a third choice', signing(no('one'), no('two'), no('three')), 'consent.choices'],
  ['nothing shown before', { ...signing(no('one'), no('two')), previewShown: false }, 'consent.no-preview'],
]
for (const [name, said, expected] of table)
  test(`given ${name}, it is ${expected}`, () => {
    const made = makeAgreement(standing, said, given)
    const found = made.ok
      ? made.value.provisions
          .map(({ item, effect, parties }) => `${item} ${effect} ${parties?.[0]?.id}`)
          .join(', ')
      : made.error
    assert.equal(found, expected)
  })

test('how each question went is kept: tries, and whether it was explained again', () => {
  const made = makeAgreement(standing, signing(yes('one', 1), yes('two', 0, 0, 1)), given)
  assert.deepEqual(made.ok && made.value.read.understanding, [
    { item: 'one', attempts: 1, understood: true, explainedAgain: false },
    { item: 'two', attempts: 3, understood: true, explainedAgain: true },
  ])
})

const people: readonly (readonly [subject: object | undefined, bornOn: string | undefined])[] = [
  [{ bornOn: '2010-02-28', age: 60 }, '2010-02-28'],
  [{ age: 18 }, '2008-11-20'],
  [{ age: 0 }, '2026-11-20'],
  [{}, undefined],
  [undefined, undefined],
]
for (const [subject, bornOn] of people)
  test(`of ${JSON.stringify(subject)} on 20 November 2026 it is taken that they were born on ${bornOn}`, () => {
    assert.equal(signingPerson({ ...given.situation, subject } as Situation)?.bornOn, bornOn)
  })
