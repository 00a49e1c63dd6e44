import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyInstant, anyProvision, anyRecords, anyRequest } from '../../../test/consent/anyAgreements.ts'
import type { AgreementEvent } from './agreement.ts'
import { type AgreementAnswer, evaluate } from './evaluate.ts'
import type { AgreementRequest } from './reach.ts'
import type { RecordedAgreement } from './standingClause.ts'

const runs = { numRuns: 3000 }
const freedom = { refuse: 0, silent: 1, permit: 2 }

const anyNarrowing: fc.Arbitrary<AgreementEvent> = fc.oneof(
  fc.record({ at: anyInstant, kind: fc.constant('paused' as const), because: fc.constant('asked' as const) }),
  fc.record({
    at: anyInstant,
    kind: fc.constant('withdrawn' as const),
    items: fc.constantFrom(null, ['i1'], ['i2'], ['i1', 'i2']),
  }),
)

/** Whoever asks for no data at all is not bound by what was said of data and taken back. */
const anyRequestForData = anyRequest.filter(({ categories }) => categories?.length !== 0)

function assertNotFreer(after: AgreementAnswer, before: AgreementAnswer): void {
  if (after.decision !== 'permit') return
  assert.equal(before.decision, 'permit')
  for (const code of before.obligations) assert.ok(after.obligations.includes(code), `${code} was shed`)
  assert.ok((after.minimumCohort ?? 0) >= (before.minimumCohort ?? 0))
}

test('one more withdrawal or pause never permits more, nor sheds an obligation', () => {
  fc.assert(
    fc.property(anyRecords, anyNarrowing, anyRequestForData, anyInstant, (records, event, request, at) => {
      const before = evaluate(records, request, at)
      for (const changed of records) {
        const events = [...changed.events, event]
        const after = evaluate(
          records.map((one) => (one === changed ? { ...one, events } : one)),
          request,
          at,
        )
        assertNotFreer(after, before)
      }
    }),
    runs,
  )
})

test('one more refusal never permits more', () => {
  fc.assert(
    fc.property(anyRecords, anyProvision, anyRequest, anyInstant, (records, provision, request, at) => {
      const [first, ...others] = records as [RecordedAgreement, ...RecordedAgreement[]]
      const within = provision.within.map((one) => ({ ...one, effect: 'refuse' as const }))
      const refusal = { ...provision, effect: 'refuse' as const, within }
      const provisions = [...first.agreement.provisions, refusal]
      const changed = { ...first, agreement: { ...first.agreement, provisions } }
      assertNotFreer(evaluate([changed, ...others], request, at), evaluate(records, request, at))
    }),
    runs,
  )
})

test('the order of agreements and of events does not matter', () => {
  fc.assert(
    fc.property(anyRecords, anyRequest, anyInstant, (records, request, at) => {
      const turned = [...records].reverse().map((one) => ({ ...one, events: [...one.events].reverse() }))
      assert.deepEqual(evaluate(turned, request, at), evaluate(records, request, at))
    }),
    runs,
  )
})

test('whoever asks for more, or says less, is never answered more freely', () => {
  const more = (request: AgreementRequest): AgreementRequest[] => [
    { ...request, purpose: null },
    { ...request, parties: null },
    { ...request, categories: null },
    { ...request, dataOn: null },
    { ...request, cohort: null },
    { ...request, cohort: request.cohort === null ? null : request.cohort - 1 },
    { ...request, categories: request.categories === null ? null : [...request.categories, 'identity'] },
    { ...request, parties: request.parties?.filter(({ kind }) => kind !== 'organisation') ?? null },
    { ...request, parties: request.parties?.filter(({ kind }) => kind !== 'country') ?? null },
  ]
  fc.assert(
    fc.property(anyRecords, anyRequest, anyInstant, (records, request, at) => {
      const before = freedom[evaluate(records, request, at).decision]
      for (const asked of more(request))
        assert.ok(freedom[evaluate(records, asked, at).decision] <= before, JSON.stringify(asked))
    }),
    runs,
  )
})
