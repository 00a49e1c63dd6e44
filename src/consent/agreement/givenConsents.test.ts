import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { activities, categories, purposes } from '#vocabulary'
import {
  agreement,
  day,
  inner,
  instant,
  parent,
  paused,
  permit,
  refuse,
  resumed,
  self,
  superseded,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import { anyInstant, anyRecords, anyRequest } from '../../../test/consent/anyAgreements.ts'
import type { Agreement, AgreementEvent } from './agreement.ts'
import { evaluate } from './evaluate.ts'
import { givenConsents } from './givenConsents.ts'

const now = instant('2026-06-01T12:00:00.000Z')
const given = (facts: Partial<Agreement>, events: AgreementEvent[] = [], at = now) =>
  givenConsents(agreement(facts), events, at)

const research = permit({
  item: 'research',
  purposes: ['research'],
  parties: [
    { kind: 'organisation', id: 'acme' },
    { kind: 'organisation', id: 'Upper.Case' },
    { kind: 'country', id: 'us' },
  ],
  activities: ['use', 'transfer-abroad'],
  categories: ['genetic'],
  within: [inner({ item: 'train', activities: ['train-model'] })],
})

test('each permit is a consent of its own, with what it inherits', () => {
  const [outer, nested, ...more] = given({ provisions: [research, refuse({ item: 'insurance' })] })
  assert.deepEqual(more, [])
  assert.deepEqual(outer, {
    by: 'subject',
    relation: 'self',
    on: '2026-01-10',
    forms: ['written', 'signed', 'explicit', 'separate'],
    covers: {
      activities: ['use', 'transfer-abroad'],
      purposes: ['research'],
      categories: ['genetic'],
      recipients: ['acme'],
      abroad: true,
    },
    told: ['purpose'],
    withdrawnOn: null,
    bundled: false,
  })
  assert.deepEqual(nested?.covers, { ...outer?.covers, activities: ['train-model'], abroad: false })
})

test('any is all there is, but neither a recipient nor a way abroad; nobody was asked about the base by itself', () => {
  const [base] = given({ base: 'permit' })
  assert.deepEqual(base?.covers, { activities, purposes, categories, recipients: [], abroad: false })
  assert.equal(base?.bundled, true)
})

test('given what became of an agreement, when the law asks, then it hears of it so', () => {
  const table: [what: string, events: AgreementEvent[], withdrawnOn: (string | null)[]][] = [
    ['given', [], [null, null]],
    ['paused', [paused('2026-05-01')], []],
    ['gone on', [paused('2026-05-01'), resumed('2026-05-02')], [null, null]],
    ['replaced', [superseded('2026-05-01')], []],
    ['withdrawn', [withdrawn('2026-05-01T23:59:59.999Z')], ['2026-05-01', '2026-05-01']],
    ['withdrawn twice', [withdrawn('2026-05-02'), withdrawn('2026-05-01')], ['2026-05-01', '2026-05-01']],
    [
      'withdrawn while it rests',
      [paused('2026-04-01'), withdrawn('2026-05-01')],
      ['2026-05-01', '2026-05-01'],
    ],
    ['replaced and withdrawn', [superseded('2026-04-01'), withdrawn('2026-05-01')], []],
    ['an inner choice taken back', [withdrawn('2026-05-01', ['train'])], [null, '2026-05-01']],
    [
      'an outer one, and with it the inner',
      [withdrawn('2026-05-01', ['research'])],
      ['2026-05-01', '2026-05-01'],
    ],
    ['at this instant', [withdrawn(now)], ['2026-06-01', '2026-06-01']],
    ['later', [withdrawn('2026-06-01T12:00:00.001Z')], [null, null]],
  ]
  for (const [what, events, expected] of table) {
    const consents = given({ provisions: [research] }, events)
    assert.deepEqual(
      consents.map((one) => one.withdrawnOn),
      expected,
      what,
    )
  }
})

test('what has not begun or has ended is left out, by agreement and by provision', () => {
  const term = { from: day('2026-02-01'), until: day('2026-03-01') }
  const table: [at: string, consents: number][] = [
    ['2026-01-10T08:59:59.999Z', 0],
    ['2026-01-31T23:59:59.999Z', 0],
    ['2026-02-01', 1],
    ['2026-03-01T23:59:59.999Z', 1],
    ['2026-03-02', 0],
  ]
  for (const [at, consents] of table) {
    assert.equal(given({ ...term, provisions: [permit()] }, [], instant(at)).length, consents, at)
    assert.equal(given({ provisions: [permit(term)] }, [], instant(at)).length, consents, at)
  }
})

test('all who signed have consented; two parents are both guardians; the same is said once', () => {
  const second = { ...parent, person: 'p3' }
  const by = (facts: Partial<Agreement>) =>
    given({ provisions: [permit(), permit()], ...facts }).map((one) => [one.by, one.relation])
  assert.deepEqual(by({}), [['subject', 'self']])
  assert.deepEqual(by({ signer: parent, coSigners: [self] }), [
    ['guardian', 'parent'],
    ['subject', 'self'],
  ])
  assert.deepEqual(by({ signer: parent, coSigners: [second] }), [['both-guardians', 'parent']])
  const appointed = { ...parent, relation: 'guardian' as const }
  assert.deepEqual(by({ signer: parent, coSigners: [appointed] }), [
    ['guardian', 'parent'],
    ['guardian', 'guardian'],
  ])
})

test('what an agreement permits, one consent covers by itself; what none covers, it does not permit', () => {
  let permitted = 0
  fc.assert(
    fc.property(anyRecords, anyRequest, anyInstant, ([one], request, at) => {
      const { decision } = evaluate([one!], request, at)
      const covering = givenConsents(one!.agreement, one!.events, at).some(
        ({ covers, withdrawnOn }) =>
          withdrawnOn === null &&
          covers.activities.includes(request.activity) &&
          (request.purpose === null || covers.purposes.includes(request.purpose)) &&
          (request.categories ?? []).every((category) => covers.categories.includes(category)),
      )
      if (decision === 'permit') permitted++
      assert.ok(decision !== 'permit' || covering)
    }),
    { numRuns: 2000 },
  )
  assert.ok(permitted > 50)
})
