import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RecordedAgreement } from '#consent'
import { type Instant, instantOf } from '#kernel'
import { ruleOn, type Situation } from '#law'
import type { Jurisdiction, RelativeWish } from '#vocabulary'
import { operator } from '../../src/usecases/act.ts'
import { underAgreements } from '../../src/usecases/agreements/underAgreements.ts'
import { namingRelatives, reasonsOfWishes, withTellWish } from '../../src/usecases/relatives/underWishes.ts'
import { agreement, day, permit, refuse } from '../consent/agreements.ts'
import { base, grown, situation } from './situations.ts'

type Tell = 'not-said' | 'in-person' | 'through-doctor' | 'nobody'
const now = instantOf(Date.parse('2026-11-27T12:00:00Z')) as Instant
const house = 'hillside'
const family = {
  purposes: ['family-interest' as const],
  categories: ['genetic' as const, 'health' as const, 'relatives' as const],
  parties: [{ kind: 'organisation' as const, id: house }],
}
const byDoctor = { ...family, item: 'doctor', activities: ['inform-relative' as const] }
const byMe = { ...family, item: 'me', activities: ['use' as const] }

/** Signed before any day of the tables. */
const signed = (tell: Tell, jurisdictions: Jurisdiction[]): readonly RecordedAgreement[] =>
  tell === 'not-said'
    ? []
    : [
        {
          agreement: agreement({
            ...{ jurisdictions, signedAt: '2001-01-10T09:00:00.000Z' as Instant, from: day('2001-01-10') },
            provisions: [
              tell === 'in-person' ? permit(byMe) : refuse(byMe),
              tell === 'through-doctor' ? permit(byDoctor) : refuse(byDoctor),
            ],
          }),
          events: [],
        },
      ]

const telling = (jurisdictions: readonly Jurisdiction[], at: string, filed?: RelativeWish): Situation =>
  situation({
    ...{ id: 'tell', at, jurisdictions, activity: 'inform-relative', purpose: 'family-interest' },
    data: { categories: ['genetic', 'health'], identifiability: 'identified', persons: 1 },
    subject: { ...grown, wishes: filed ? { tellRelatives: filed } : {} },
    actor: { id: house, kind: 'medical-institution', role: 'care-provider', careTeam: true },
    approvals: [{ kind: 'pipia', outcome: 'granted', on: '2026-01-01' }],
  })

/** As the gate asks: what the law says to it, and what stands against it beside the law. */
function asked(facts: Situation, recorded: readonly RecordedAgreement[]) {
  const request = namingRelatives({ situation: facts, by: operator, under: 'house-rules', needs: [] })
  const wished = withTellWish(request.situation, recorded, house, now)
  const agreed = underAgreements({ ...request, situation: wished }, recorded, now)
  const reasons = reasonsOfWishes({ ...request, situation: agreed.situation }, recorded, house, now)
  return {
    ruling: ruleOn(agreed.situation, base),
    against: [...reasons.map(({ kind }) => kind), ...agreed.refused.map(() => 'choice-refused')],
  }
}
const isOpen = ({ ruling, against }: ReturnType<typeof asked>) =>
  ruling.outcome.startsWith('permit') && against.length === 0

const [fr, eu, cn, us]: Jurisdiction[][] = [['FR', 'EU'], ['EU'], ['CN'], ['US']]
type Row = readonly [where: Jurisdiction[], at: string, tell: Tell, law: string, open: boolean]
const rows: readonly Row[] = [
  // France: since 2021-08-04 that the person asks it is enough for the doctor to tell without naming.
  [fr!, '2026-11-20', 'through-doctor', 'permit-with-duties', true],
  [fr!, '2021-08-04', 'through-doctor', 'permit-with-duties', true],
  [fr!, '2011-07-08', 'through-doctor', 'refer', false],
  [fr!, '2011-07-09', 'through-doctor', 'refer', false],
  [fr!, '2026-11-20', 'in-person', 'deny', false],
  [fr!, '2026-11-20', 'nobody', 'deny', false],
  [fr!, '2026-11-20', 'not-said', 'unknown-facts', false],
  [fr!, '2021-08-04', 'nobody', 'deny', false],
  [fr!, '2021-08-04', 'not-said', 'unknown-facts', false],
  // Before, the Union asked for a consent that names it, and before that the base reaches it by the duty alone.
  [fr!, '2021-08-03', 'through-doctor', 'permit-with-duties', true],
  [fr!, '2021-08-03', 'not-said', 'deny', false],
  [fr!, '2018-05-24', 'through-doctor', 'refer', false],
  // The Union by itself: what the person agrees to, and nothing else.
  [eu!, '2018-05-24', 'through-doctor', 'refer', false],
  [eu!, '2018-05-25', 'through-doctor', 'permit-with-duties', true],
  [eu!, '2026-11-20', 'through-doctor', 'permit-with-duties', true],
  [eu!, '2026-11-20', 'in-person', 'deny', false],
  [eu!, '2026-11-20', 'not-said', 'deny', false],
  // China: no norm gives a duty to warn; a separate consent opens it, nothing else does.
  [cn!, '2026-11-20', 'through-doctor', 'permit-with-duties', true],
  [cn!, '2026-11-20', 'in-person', 'deny', false],
  [cn!, '2026-11-20', 'nobody', 'deny', false],
  [cn!, '2026-11-20', 'not-said', 'deny', false],
  [cn!, '2021-11-01', 'through-doctor', 'permit-with-duties', true],
  [cn!, '2021-10-31', 'through-doctor', 'permit-with-duties', true],
  [cn!, '2021-10-31', 'not-said', 'deny', false],
  [cn!, '2017-06-01', 'through-doctor', 'permit-with-duties', true],
  [cn!, '2017-05-31', 'through-doctor', 'refer', false],
  // United States: no norm here rules telling by that name; it is left to a human authority, which is no.
  [us!, '2026-11-20', 'through-doctor', 'refer', false],
  [us!, '2026-11-20', 'nobody', 'refer', false],
]

test('by jurisdiction, wish and day: what the law says of telling relatives, and whether it may be done', () => {
  for (const [where, at, tell, law, open] of rows) {
    const answer = asked(telling(where, at), signed(tell, where))
    const given = `${where.join('+')} ${at} ${tell}`
    assert.deepEqual([answer.ruling.outcome, isOpen(answer)], [law, open], given)
  }
})

test('in France the day of the new article decides for a wish in the file, and without a choice on record nobody tells', () => {
  for (const [at, law] of [
    ['2021-08-03', 'deny'],
    ['2021-08-04', 'permit-with-duties'],
  ] as const) {
    const { ruling, against } = asked(telling(fr!, at, 'asks-doctor-anonymously'), [])
    assert.deepEqual([ruling.outcome, against], [law, ['relatives-not-allowed']], at)
  }
  const refused = asked(telling(fr!, '2026-11-20', 'refuses'), signed('through-doctor', fr!))
  assert.deepEqual(refused.against, ['relatives-not-allowed'], 'a refusal in the file stands')
})

test('whatever the place, the day and what was signed or filed: a wish not to know or a refusal never widens', () => {
  const wish = fc.constantFrom(undefined, 'agrees', 'asks-doctor-anonymously', 'refuses') as fc.Arbitrary<
    RelativeWish | undefined
  >
  const tell = fc.constantFrom<Tell[]>('not-said', 'in-person', 'through-doctor', 'nobody')
  const days = [
    '2011-07-08',
    '2011-07-09',
    '2018-05-25',
    '2021-08-03',
    '2021-08-04',
    '2021-11-01',
    '2026-11-20',
  ]
  let open = 0
  fc.assert(
    fc.property(
      fc.constantFrom(fr!, eu!, cn!, us!),
      fc.constantFrom(...days),
      wish,
      tell,
      (where, at, filed, said) => {
        const before = asked(telling(where, at, filed), signed(said, where))
        if (isOpen(before)) open++
        const facts = telling(where, at, filed)
        const unwilling = {
          ...facts,
          subject: { ...facts.subject, wishes: { ...facts.subject?.wishes, notToKnow: true } },
        }
        const refusing = telling(where, at, 'refuses')
        for (const after of [
          asked(unwilling, signed(said, where)),
          asked(refusing, signed(said, where)),
          asked(facts, signed('nobody', where)),
          asked(facts, []),
        ])
          assert.ok(isOpen(before) || !isOpen(after))
      },
    ),
    { numRuns: 300 },
  )
  assert.ok(open > 10, String(open))
})

test('whatever an act is called, what it does of relatives is asked for by its own name', () => {
  const use = (facts: object) =>
    situation({ at: '2026-11-20', activity: 'use', data: { categories: ['genetic', 'health'] }, ...facts })
  const table: readonly (readonly [given: string, facts: Situation, asked: boolean])[] = [
    ['a use for treatment', use({}), false],
    ['for the interest of relatives', use({ purpose: 'family-interest' }), true],
    ['named', use({ data: { categories: ['relatives'] } }), true],
    ['given to a sister', use({ activity: 'disclose', recipient: { relation: 'sibling' } }), true],
    [
      'of unknown data, given to a child',
      use({ activity: 'disclose', data: {}, recipient: { relation: 'child' } }),
      true,
    ],
    [
      'a bill, given to a parent',
      use({ activity: 'disclose', data: { categories: ['identity'] }, recipient: { relation: 'parent' } }),
      false,
    ],
    ['genes, given to a spouse', use({ activity: 'disclose', recipient: { relation: 'spouse' } }), false],
  ]
  for (const [given, facts, is] of table) {
    const request = namingRelatives({ situation: facts, by: operator, under: 'house-rules', needs: [] })
    const named = request.situation.data?.categories?.includes('relatives') ?? false
    const reasons = reasonsOfWishes(request, [], house, now).map(({ kind }) => kind)
    assert.deepEqual(reasons, is ? ['relatives-not-allowed'] : [], given)
    assert.equal(named, is && facts.data?.categories !== undefined, given)
  }
})

test('findings are not given back to somebody who does not want to know; a clinician still works with them', () => {
  const facts = (activity: string, notToKnow: boolean) =>
    situation({
      ...{ at: '2026-11-20', activity, data: { categories: ['genetic', 'health'] } },
      subject: { ...grown, wishes: { notToKnow } },
    })
  const kinds = (activity: string, notToKnow: boolean) =>
    reasonsOfWishes(
      { situation: facts(activity, notToKnow), by: operator, under: 'house-rules', needs: ['genetic'] },
      [],
      house,
      now,
    ).map(({ kind }) => kind)
  assert.deepEqual(kinds('return-findings', true), ['wishes-not-to-know'])
  assert.deepEqual(kinds('return-findings', false), [])
  assert.deepEqual(kinds('use', true), [])
})
