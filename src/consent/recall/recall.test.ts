import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreement, day, inner, instant, permit, refuse } from '../../../test/consent/agreements.ts'
import { type Reach, reachOfAgreement, recallsFor } from './recall.ts'
import { checkRecallAnswer, isSameAnswer, type RecallClaim, recallStandingOf } from './recallAnswer.ts'

const lab = { kind: 'organisation', id: 'river-lab' } as const
const bank = { kind: 'organisation', id: 'bank' } as const
const own = { kind: 'organisation', id: 'hillside' } as const
const country = { kind: 'country', id: 'CN' } as const
const since = instant('2026-01-10T09:00:00.000Z')

test('whom an agreement names: every organisation of a permit but the hospital itself', () => {
  const named = (...provisions: ReturnType<typeof permit>[]) =>
    reachOfAgreement(agreement({ provisions }), 'hillside').map(({ recipient }) => recipient)
  assert.deepEqual(named(), [])
  assert.deepEqual(named(permit({ parties: [lab, own, country] })), ['river-lab'])
  assert.deepEqual(named(refuse({ parties: [lab] })), [], 'who was refused got nothing by it')
  assert.deepEqual(named(permit({ parties: null })), [], 'nobody is named')
  assert.deepEqual(named(permit({ parties: [lab], within: [inner({ parties: [bank] })] })), [
    'river-lab',
    'bank',
  ])
  const within = [inner({ effect: 'permit', purposes: ['research'] })]
  assert.equal(
    reachOfAgreement(agreement({ provisions: [permit({ parties: [lab], within })] }), null).length,
    2,
  )
})

const reach = (facts: Partial<Reach> = {}): Reach => ({
  ...{ recipient: 'river-lab', since, purposes: ['treatment'], categories: ['genetic'], act: null },
  ...facts,
})
const later = instant('2026-01-10T09:00:00.001Z')
const recalled = { recipient: 'river-lab', at: later, purposes: null, categories: null }
type Recalls = Parameters<typeof recallsFor>
const rows: readonly (readonly [
  given: string,
  reached: Recalls[0],
  earlier: Recalls[1],
  purposes: Recalls[2],
  asked: unknown,
])[] = [
  ['nobody has anything', [], [], null, []],
  ['all is withdrawn', [reach()], [], null, [['river-lab', ['treatment'], ['genetic'], []]]],
  ['for its purpose', [reach()], [], ['treatment'], [['river-lab', ['treatment'], ['genetic'], []]]],
  ['for another purpose', [reach()], [], ['research'], []],
  [
    'given for any purpose',
    [reach({ purposes: null })],
    [],
    ['research'],
    [['river-lab', ['research'], ['genetic'], []]],
  ],
  [
    'given for any, all withdrawn',
    [reach({ purposes: null })],
    [],
    null,
    [['river-lab', null, ['genetic'], []]],
  ],
  [
    'kinds unknown',
    [reach(), reach({ categories: null })],
    [],
    null,
    [['river-lab', ['treatment'], null, []]],
  ],
  [
    'two recipients, by name; an act tells its number once',
    [reach({ act: 'x' }), reach({ act: 'x' }), reach({ recipient: 'bank' })],
    [],
    null,
    [
      ['bank', ['treatment'], ['genetic'], []],
      ['river-lab', ['treatment'], ['genetic'], ['x']],
    ],
  ],
  ['called back already', [reach()], [recalled], null, []],
  [
    'given in the same instant',
    [reach({ since: later })],
    [recalled],
    null,
    [['river-lab', ['treatment'], ['genetic'], []]],
  ],
  [
    'another was called back',
    [reach()],
    [{ ...recalled, recipient: 'bank' }],
    null,
    [['river-lab', ['treatment'], ['genetic'], []]],
  ],
  [
    'called back for another purpose',
    [reach()],
    [{ ...recalled, purposes: ['research'] }],
    null,
    [['river-lab', ['treatment'], ['genetic'], []]],
  ],
  [
    'called back in part',
    [reach({ categories: null })],
    [{ ...recalled, categories: ['genetic'] }],
    null,
    [['river-lab', ['treatment'], null, []]],
  ],
]
test('who is asked to delete what', () => {
  for (const [given, reached, earlier, purposes, asked] of rows) {
    const notices = recallsFor(reached, earlier, purposes)
    assert.deepEqual(
      notices.map(({ recipient, purposes, categories, acts }) => [recipient, purposes, categories, acts]),
      asked,
      given,
    )
  }
})

const today = day('2026-11-27')
const nothing = { until: null, basis: null, because: null }
const locked = {
  answer: 'locked',
  until: '2027-01-31',
  basis: 'Medical Records Rules, Art. 29',
  because: null,
} as const
const claims: readonly (readonly [given: string, claim: RecallClaim, code: string | undefined])[] = [
  ['deleted', { ...nothing, answer: 'deleted' }, undefined],
  ['deleted, with a date', { ...nothing, answer: 'deleted', until: '2027-01-31' }, 'recall.too-much'],
  ['locked', locked, undefined],
  ['locked until today', { ...locked, until: '2026-11-27' }, undefined],
  ['locked until yesterday', { ...locked, until: '2026-11-26' }, 'recall.date-past'],
  ['locked without a date', { ...locked, until: null }, 'recall.no-date'],
  ['locked until no day', { ...locked, until: '2027-02-29' }, 'recall.no-date'],
  ['locked until 29 February', { ...locked, until: '2028-02-29' }, undefined],
  ['locked without a law', { ...locked, basis: ' ' }, 'recall.no-basis'],
  ['locked, with a reason beside', { ...locked, because: 'x' }, 'recall.too-much'],
  ['not recallable', { ...nothing, answer: 'not-recallable', because: 'published' }, undefined],
  ['not recallable, no reason', { ...nothing, answer: 'not-recallable' }, 'recall.no-reason'],
  [
    'not recallable, until',
    { ...nothing, answer: 'not-recallable', because: 'x', until: '2027-01-31' },
    'recall.too-much',
  ],
  ['markup', { ...nothing, answer: 'not-recallable', because: '<b>' }, 'recall.text'],
  ['500 characters', { ...nothing, answer: 'not-recallable', because: 'x'.repeat(500) }, undefined],
  ['501 characters', { ...nothing, answer: 'not-recallable', because: 'x'.repeat(501) }, 'recall.text'],
]
test('which answers can be taken', () => {
  for (const [given, claim, code] of claims) {
    const checked = checkRecallAnswer(claim, today)
    assert.equal(checked.ok ? undefined : checked.error, code, given)
  }
})

const deleted = { kind: 'deleted' } as const
const lock = { kind: 'locked', until: day('2027-01-31'), basis: 'law' } as const
const instants: readonly (readonly [
  at: string,
  answers: Parameters<typeof recallStandingOf>[0]['answers'],
  state: string,
])[] = [
  ['2026-11-27T10:00:00.000Z', [], 'waiting'],
  ['2026-12-27T23:59:59.999Z', [], 'waiting'],
  ['2026-12-28T00:00:00.000Z', [], 'overdue'],
  ['2026-12-28T00:00:00.000Z', [deleted], 'answered'],
  ['2027-01-31T23:59:59.999Z', [lock], 'answered'],
  ['2027-02-01T00:00:00.000Z', [lock], 'lock-ended'],
  ['2027-02-01T00:00:00.000Z', [lock, deleted], 'answered'],
  ['2027-02-01T00:00:00.000Z', [deleted, lock], 'lock-ended'],
]
test('how a recall stands, to the day', () => {
  const at = instant('2026-11-27T10:00:00.000Z')
  for (const [now, answers, state] of instants)
    assert.deepEqual(
      recallStandingOf({ at, answers }, instant(now), 30),
      { state, dueOn: '2026-12-27' },
      `${now} ${answers.length}`,
    )
})

test('two answers are the same where every word is', () => {
  assert.ok(isSameAnswer(deleted, { kind: 'deleted' }))
  assert.ok(isSameAnswer(lock, { ...lock }))
  assert.ok(!isSameAnswer(lock, { ...lock, basis: 'another law' }))
  assert.ok(!isSameAnswer(deleted, lock))
})
