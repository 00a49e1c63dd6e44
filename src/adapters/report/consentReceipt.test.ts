import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Agreement, outwardOf, outwardStateOf } from '#consent'
import type { Instant } from '#kernel'
import type { ControllerFacts } from '#usecases'
import { anyAgreement, anyEvents } from '../../../test/consent/outwardAgreement.ts'
import { writeConsentReceipt } from './consentReceipt.ts'

const at = '2026-01-01T00:00:00.000Z' as Instant
const facts: ControllerFacts = {
  recordId: 'r1',
  writtenAt: at,
  controller: { id: 'hospital', role: 'controller', contact: 'privacy@hospital.example' },
  authority: { id: 'authority', role: 'authority', contact: 'https://authority.example' },
  processors: [],
  ...{ noticeUrl: 'https://hospital.example/notice', withdrawalUrl: 'https://hospital.example/withdraw' },
  ...{ rightsUrl: 'https://hospital.example/rights', impactAssessment: null },
  byPurpose: (purpose) => ({
    ...{ lawfulBasis: 'consent', retention: 'P15Y', storedIn: ['FR'], processedIn: ['FR'] },
    service: purpose ?? 'any',
  }),
}
const agreement: Agreement = {
  ...fc.sample(anyAgreement, { seed: 5, numRuns: 1 })[0]!,
  ...{ base: 'refuse', until: null },
  provisions: [
    {
      ...{ effect: 'permit', item: 'r', purposes: ['research', 'quality'], activities: ['use'], within: [] },
      ...{
        parties: [{ kind: 'country', id: 'FR' }],
        categories: ['genetic'],
        dataFrom: null,
        dataUntil: null,
      },
      ...{ from: null, until: null, minimumCohort: 10, obligations: [{ code: 'pseudonymise' }] },
    },
  ],
}

test('given a permission for two purposes, then each is told with what binds it', () => {
  const { pii_processing: processing } = writeConsentReceipt(agreement, [], facts)
  assert.deepEqual(
    processing.purposes.map(({ purpose }) => purpose),
    ['research', 'quality'],
  )
  const [first] = processing.purposes
  assert.deepEqual(first!.pii_information, [{ pii_type: 'genetic' }])
  assert.deepEqual(first!.geographic_restrictions, ['FR'])
  assert.deepEqual(first!.conditions, ['pseudonymise', 'groups of at least 10'])
})

test('given a withdrawal of this choice, then it is refused, and the event is told', () => {
  const receipt = writeConsentReceipt(agreement, [{ kind: 'withdrawn', items: ['r'], at }], facts)
  assert.deepEqual(receipt.pii_processing.purposes, [])
  assert.ok(receipt.pii_processing.refused.some(({ purposes }) => purposes?.includes('research')))
  assert.deepEqual(
    receipt.events.map(({ event_state }) => event_state),
    ['ConsentGiven', 'withdrawn'],
  )
})

test('given any agreement, then a purpose is told only where it is permitted now, and all that is refused is', () => {
  fc.assert(
    fc.property(anyAgreement, anyEvents, (one, events) => {
      const { pii_processing: processing, events: told } = writeConsentReceipt(one, events, facts)
      const outward = outwardOf(one, events)
      const named: readonly string[] = outward.permits.flatMap(({ purposes }) => purposes ?? [])
      if (outwardStateOf(one, events, null) !== 'given') assert.deepEqual(processing.purposes, [])
      for (const { purpose_type: type } of processing.purposes)
        assert.ok(type === 'any' || named.includes(type))
      assert.equal(processing.refused.length, outward.refusals.length)
      assert.equal(told.length, events.length + 1)
    }),
  )
})
