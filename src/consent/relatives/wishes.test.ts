import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Category } from '#vocabulary'
import {
  agreement,
  instant,
  permit,
  refuse,
  superseded,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import { anyEvent, anyInstant, anyProvision } from '../../../test/consent/anyAgreements.ts'
import type { Agreement, Provision } from '../agreement/agreement.ts'
import type { AgreementRequest } from '../agreement/reach.ts'
import type { RecordedAgreement } from '../agreement/standingClause.ts'
import {
  isAllowedOfRelatives,
  relativesWishesOf,
  type TellWish,
  tellWishOf,
  wishesNotToKnow,
} from './wishes.ts'

const now = instant('2026-06-01T12:00:00.000Z')
const all: Category[] = ['genetic', 'health', 'relatives']
const parties = [{ kind: 'organisation' as const, id: 'hillside' }]
const family = { purposes: ['family-interest' as const], categories: all, parties }
const doctor = { ...family, item: 'relatives-told-by-doctor', activities: ['inform-relative' as const] }
const self = { ...family, item: 'relatives-told-by-me', activities: ['use' as const] }
const known = (purpose: 'treatment' | 'prevention' | 'family-interest') => ({
  ...{ item: `to-know-${purpose}`, purposes: [purpose], parties },
  ...{ activities: ['return-findings' as const], categories: ['genetic' as const] },
})
const signed = (provisions: Provision[], facts: Partial<Agreement> = {}): RecordedAgreement => ({
  agreement: agreement({ provisions, ...facts }),
  events: [],
})
const tellAt = (recorded: readonly RecordedAgreement[], house: string | null = 'hillside', at = now) =>
  tellWishOf(recorded, house, at)

const table: readonly (readonly [given: string, recorded: readonly RecordedAgreement[], is: TellWish])[] = [
  ['nothing', [], 'not-said'],
  ['yes to the doctor', [signed([refuse(self), permit(doctor)])], 'through-doctor'],
  ['yes to both', [signed([permit(self), permit(doctor)])], 'through-doctor'],
  ['myself', [signed([permit(self), refuse(doctor)])], 'in-person'],
  ['no to both', [signed([refuse(self), refuse(doctor)])], 'nobody'],
  ['a broad yes', [signed([permit({})])], 'not-said'],
  ['a yes to all that is not refused', [signed([], { base: 'permit' })], 'not-said'],
  ['a yes to the purpose, of any category', [signed([permit({ ...doctor, categories: null })])], 'not-said'],
  ['a yes to genes only', [signed([permit({ ...doctor, categories: ['genetic'] })])], 'not-said'],
  ['a yes within a broad no', [signed([permit(doctor), refuse({})])], 'nobody'],
  [
    'said apart, against the choice',
    [signed([permit(doctor)], { family: { tellRelatives: 'refuses' } })],
    'nobody',
  ],
  [
    'a yes that was withdrawn',
    [{ ...signed([permit(doctor)]), events: [withdrawn('2026-05-01', [doctor.item])] }],
    'nobody',
  ],
  [
    'a yes withdrawn as a whole',
    [{ ...signed([permit(doctor)]), events: [withdrawn('2026-05-01')] }],
    'not-said',
  ],
]

test('given what was signed, then who may tell relatives; a broad yes is none', () => {
  for (const [given, recorded, is] of table) assert.equal(tellAt(recorded), is, given)
  assert.equal(tellAt([signed([permit(doctor)])], 'other'), 'not-said', 'another hospital')
  assert.equal(tellAt([signed([permit(doctor)])], null), 'not-said', 'no hospital')
  assert.equal(tellAt([signed([refuse(doctor)])], null), 'nobody', 'a no to any hospital')
})

test('the newest word on the same choice counts, from its instant on', () => {
  const first = signed([refuse(self), refuse(doctor), refuse(known('treatment'))])
  const second = signed([refuse(self), permit(doctor), permit(known('treatment'))], {
    ...{ id: 'a2', version: 2, supersedes: 'a1', signedAt: instant('2026-03-01') },
  })
  const both = [{ ...first, events: [superseded('2026-03-01')] }, second]
  for (const [at, tell, notToKnow] of [
    ['2026-02-28T23:59:59.999Z', 'nobody', ['medicines']],
    ['2026-03-01T00:00:00.000Z', 'through-doctor', []],
  ] as const)
    assert.deepEqual(relativesWishesOf(both, 'hillside', instant(at)), { tell, notToKnow }, at)
})

test('a no to being told is a wish not to know, by purpose; what was only taken back is none', () => {
  const notTold = (recorded: readonly RecordedAgreement[]) =>
    relativesWishesOf(recorded, 'hillside', now).notToKnow
  assert.deepEqual(notTold([]), [])
  assert.deepEqual(notTold([signed([refuse(known('treatment'))])]), ['medicines'])
  assert.deepEqual(notTold([signed([refuse(known('prevention'))])]), ['illnesses'])
  assert.deepEqual(notTold([signed([refuse({ ...known('treatment'), purposes: null })])]), [
    'medicines',
    'illnesses',
    'relatives',
  ])
  const ended = {
    ...signed([permit(known('treatment'))]),
    events: [withdrawn('2026-05-01', ['to-know-treatment'])],
  }
  assert.deepEqual(notTold([ended]), [])
  for (const [of, is] of [
    ['pharmacogenomic', 'medicines'],
    ['unexpected', 'illnesses'],
    ['carrier', 'relatives'],
  ] as const)
    assert.deepEqual(notTold([signed([], { findings: [{ of, wish: 'ask-later' }] })]), [is])
})

const anyCategories = fc.subarray<Category>([...all], { minLength: 1 })
const ofRelatives = fc
  .tuple(anyProvision, fc.oneof(anyCategories, fc.constant(null)), fc.boolean())
  .map(([one, categories, narrow]) => ({
    ...one,
    categories,
    purposes: narrow ? (['family-interest'] as ['family-interest']) : null,
    activities: narrow
      ? (['inform-relative', 'return-findings'] as ['inform-relative', 'return-findings'])
      : null,
    parties: null,
  }))
const anyOf = (id: string, supersedes: string | null) =>
  fc
    .tuple(fc.array(ofRelatives, { maxLength: 3 }), fc.array(anyEvent, { maxLength: 2 }), anyInstant)
    .map(([provisions, events, signedAt]) => ({
      agreement: agreement({
        id,
        supersedes,
        signedAt,
        from: '2026-01-01' as never,
        provisions: [...provisions],
      }),
      events,
    }))
const anyWords = fc.tuple(anyOf('a1', null), anyOf('a2', 'a1'))
const asked: AgreementRequest = {
  ...{ purpose: 'family-interest', activity: 'inform-relative', categories: ['genetic', 'relatives'] },
  ...{ parties: [{ kind: 'organisation', id: 'clinic' }], dataOn: null, cohort: 1 },
}

test('one more no, said by anybody in any words, never allows more of relatives and never tells more', () => {
  let allowed = 0
  let closed = 0
  const no = fc.tuple(ofRelatives, anyInstant).map(([one, signedAt]) => ({
    agreement: agreement({
      ...{ id: 'a9', signedAt, from: '2026-01-01' as never },
      provisions: [{ ...one, effect: 'refuse', within: [] }],
    }),
    events: [],
  }))
  fc.assert(
    fc.property(anyWords, no, anyInstant, (words, more, at) => {
      const [before, after] = [words, [...words, more]].map((all) => isAllowedOfRelatives(all, asked, at))
      assert.ok(before || !after)
      assert.ok(
        !wishesNotToKnow(words, 'family-interest', at) ||
          wishesNotToKnow([...words, more], 'family-interest', at),
      )
      if (before) allowed++
      if (before && !after) closed++
    }),
    { numRuns: 3000 },
  )
  assert.ok(allowed > 50 && closed > 20, `${allowed} ${closed}`)
})

test('whatever is allowed of relatives, a choice that names them allows it', () => {
  let allowed = 0
  const names = ({ categories }: { readonly categories: readonly Category[] | null }) =>
    categories?.includes('relatives') ?? false
  fc.assert(
    fc.property(anyWords, anyInstant, (words, at) => {
      if (!isAllowedOfRelatives(words, asked, at)) return
      allowed++
      const choices = words.flatMap(({ agreement }) => agreement.provisions)
      assert.ok(choices.some(names), JSON.stringify(choices))
    }),
    { numRuns: 6000 },
  )
  assert.ok(allowed > 50)
})
