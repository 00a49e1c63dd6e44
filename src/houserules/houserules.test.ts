import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Sha256Hex } from '#kernel'
import { activities, categories } from '#vocabulary'
import { assessmentsFor, compareUse, type PlannedUse } from './compare.ts'
import type { Content, ContentOf } from './content.ts'
import { narrows } from './narrows.ts'
import type { RuleId, StandingRule } from './rule.ts'

const rule = (content: Content, id = 'r'): StandingRule => ({
  id: id as RuleId,
  content,
  sha256: '0'.repeat(64) as Sha256Hex,
})
const purpose: ContentOf<'purpose'> = {
  kind: 'purpose',
  purpose: 'treatment',
  activities: ['use', 'disclose'],
  categories: ['genetic', 'health'],
}
const keep = (category: 'genetic' | 'health'): ContentOf<'retention'> => ({
  kind: 'retention',
  category,
  months: 36,
  after: 'erase',
})
const lab: ContentOf<'recipient'> = {
  kind: 'recipient',
  id: 'lab-1',
  name: 'Lab',
  party: 'laboratory',
  country: 'CN',
  purposes: ['treatment'],
  categories: ['genetic'],
}
const pipia: ContentOf<'assessment'> = {
  kind: 'assessment',
  assessment: 'pipia',
  purposes: ['treatment'],
  categories: ['genetic', 'health'],
  outcome: 'granted',
  on: '2026-01-01',
  until: '2026-12-31',
  report: '0'.repeat(64),
}
const use: PlannedUse = {
  activity: 'use',
  purpose: 'treatment',
  categories: ['genetic', 'health'],
  recipient: null,
}
const rules = [purpose, keep('genetic'), keep('health'), lab].map((content, i) => rule(content, `r${i}`))
const toLab = { id: 'lab-1', kind: 'laboratory', country: 'CN' }

const cases: readonly (readonly [string, readonly StandingRule[], Partial<PlannedUse>, readonly string[]])[] =
  [
    ['all of it is laid down', rules, {}, []],
    ['nothing is laid down', [], {}, ['purpose', 'retention']],
    ['another purpose', rules, { purpose: 'research' }, ['purpose']],
    ['another activity', rules, { activity: 'publish', recipient: null }, ['activity']],
    ['more data', rules, { categories: ['genetic', 'image'] }, ['categories', 'retention']],
    ['no term of keeping', rules.slice(0, 2), {}, ['retention']],
    ['to the laboratory', rules, { recipient: toLab, categories: ['genetic'] }, []],
    ['more than it may get', rules, { recipient: toLab }, ['recipient']],
    [
      'its name elsewhere',
      rules,
      { recipient: { ...toLab, country: 'US' }, categories: ['genetic'] },
      ['recipient'],
    ],
    [
      'handed over, nobody knows to whom',
      rules,
      { activity: 'disclose', recipient: undefined },
      ['recipient'],
    ],
    ['used, nobody spoke of a recipient', rules, { recipient: undefined }, []],
  ]
for (const [name, given, over, expected] of cases)
  test(`compared with what is laid down: ${name}`, () => {
    const { gaps } = compareUse(given, { ...use, ...over })
    assert.deepEqual(
      gaps.map(({ about }) => about),
      expected,
    )
  })

test('an assessment counts for what it covers whole, and one against it takes it away', () => {
  const kinds = (given: readonly Content[], over: Partial<PlannedUse> = {}) =>
    assessmentsFor(
      given.map((content) => rule(content)),
      { ...use, ...over },
    ).approvals.map(({ kind, outcome }) => `${kind} ${outcome}`)
  assert.deepEqual(kinds([pipia]), ['pipia granted'])
  assert.deepEqual(kinds([pipia], { purpose: 'research' }), [])
  assert.deepEqual(kinds([pipia], { categories: ['genetic', 'image'] }), [])
  assert.deepEqual(kinds([pipia, { ...pipia, outcome: 'refused', categories: ['health'] }]), [
    'pipia refused',
  ])
  assert.deepEqual(kinds([pipia, { ...pipia, assessment: 'dpia', outcome: 'refused' }]), [
    'pipia granted',
    'dpia refused',
  ])
})

const narrowings: readonly (readonly [string, Content, Content | undefined, boolean])[] = [
  ['new purpose', purpose, undefined, false],
  ['the same', purpose, purpose, true],
  ['less data', { ...purpose, categories: ['genetic'] }, purpose, true],
  ['more data', { ...purpose, categories: ['genetic', 'health', 'image'] }, purpose, false],
  ['another purpose', { ...purpose, purpose: 'research' }, purpose, false],
  ['another kind', keep('genetic'), purpose, false],
  ['a day less', { ...keep('genetic'), months: 35 }, keep('genetic'), true],
  ['a month more', { ...keep('genetic'), months: 37 }, keep('genetic'), false],
  ['locked, not erased', { ...keep('genetic'), after: 'lock' }, keep('genetic'), false],
  ['erased, not locked', keep('genetic'), { ...keep('genetic'), after: 'lock' }, true],
  ['a recipient elsewhere', { ...lab, country: 'US' }, lab, false],
  [
    'a recipient with less',
    { ...lab, categories: ['genetic'] },
    { ...lab, categories: ['genetic', 'health'] },
    true,
  ],
  ['a finding against', { ...pipia, outcome: 'refused' }, undefined, true],
  ['a finding for', pipia, undefined, false],
  ['for in the place of against', pipia, { ...pipia, outcome: 'refused' }, false],
  ['against in the place of for', { ...pipia, outcome: 'refused' }, pipia, true],
  [
    'against less',
    { ...pipia, outcome: 'refused', categories: ['genetic'] },
    { ...pipia, outcome: 'refused' },
    false,
  ],
  ['shorter', { ...pipia, until: '2026-12-30' }, pipia, true],
  ['longer', { ...pipia, until: '2027-01-01' }, pipia, false],
]
for (const [name, next, former, expected] of narrowings)
  test(`narrows: ${name} – ${expected}`, () => assert.equal(narrows(next, former), expected))

test('what narrows a purpose leaves no use open that was closed before', () => {
  const some = fc.record({
    activities: fc.subarray([...activities], { minLength: 1 }),
    categories: fc.subarray([...categories], { minLength: 1 }),
  })
  const kept = categories.map((category, i) =>
    rule({ kind: 'retention', category, months: 1, after: 'erase' }, `k${i}`),
  )
  const gapsOf = (content: Content, asked: PlannedUse) =>
    compareUse([rule(content), ...kept], asked).gaps.length
  fc.assert(
    fc.property(
      some,
      some,
      fc.constantFrom(...activities),
      fc.subarray([...categories]),
      (a, b, activity, asked) => {
        const [next, former] = [a, b].map(
          (one): Content => ({ kind: 'purpose', purpose: 'treatment', ...one }),
        )
        const wanted: PlannedUse = { activity, purpose: 'treatment', categories: asked, recipient: null }
        const opens = gapsOf(former!, wanted) > 0 && gapsOf(next!, wanted) === 0
        return !(narrows(next!, former) && opens)
      },
    ),
  )
})
