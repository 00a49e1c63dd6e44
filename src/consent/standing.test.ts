import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Day, type Instant, instantOf } from '#kernel'
import type { Purpose } from '#vocabulary'
import { applyWithdrawals, type GivenConsent, type Withdrawal } from './index.ts'
import { refusalOf } from './refusal.ts'

const day = (text: string) => text as Day
const at = (text: string) => text as Instant
const act = { lawDay: day('2026-11-20'), instant: at('2026-11-24T10:00:00.000Z') }
const care: GivenConsent = { on: day('2026-11-03'), withdrawnOn: null, covers: { purposes: ['treatment'] } }

test('given a consent and a withdrawal, when the act happens, then the order of instants decides', () => {
  const table: [when: string, purposes: readonly Purpose[] | null, withdrawnOn: string | null][] = [
    ['2026-11-10T09:00:00.000Z', null, '2026-11-10'],
    ['2026-11-10T09:00:00.000Z', ['treatment'], '2026-11-10'],
    ['2026-11-10T09:00:00.000Z', ['research'], null],
    // After the law's day but before the act: it bites, and is dated so that the law sees it.
    ['2026-11-24T09:59:59.999Z', null, '2026-11-20'],
    ['2026-11-24T10:00:00.000Z', null, '2026-11-20'],
    ['2026-11-24T10:00:00.001Z', null, null],
    // Withdrawn before the new signature: the new agreement stands; on the same day it does not.
    ['2026-11-02T23:59:59.999Z', null, null],
    ['2026-11-03T00:00:00.000Z', null, '2026-11-03'],
  ]
  for (const [when, purposes, withdrawnOn] of table) {
    const [consent] = applyWithdrawals([care], [{ at: at(when), purposes }], act)
    assert.equal(consent?.withdrawnOn, withdrawnOn, when)
  }
})

test('a withdrawal that the consent itself states counts by the instant of the act, not by the day of the law', () => {
  const table: [stated: string | null, seen: string | null][] = [
    [null, null],
    ['2026-11-10', '2026-11-10'],
    ['2026-11-21', '2026-11-20'],
    ['2026-11-24', '2026-11-20'],
    ['2026-11-25', '2026-11-25'],
  ]
  for (const [stated, seen] of table) {
    const [consent] = applyWithdrawals([{ ...care, withdrawnOn: stated as Day | null }], [], act)
    assert.equal(consent?.withdrawnOn, seen, String(stated))
  }
})

test('a consent without date or purposes is ended by any withdrawal', () => {
  for (const consent of [{}, { on: day('2026-11-03') }, { covers: {} }]) {
    const [after] = applyWithdrawals(
      [consent as GivenConsent],
      [{ at: at('2026-11-10T00:00:00.000Z'), purposes: ['research'] }],
      act,
    )
    assert.equal(after?.withdrawnOn, '2026-11-10')
  }
})

const instants = fc.integer({ min: Date.UTC(2026, 10, 1), max: Date.UTC(2026, 10, 30) }).map(instantOf)
const withdrawals: fc.Arbitrary<Withdrawal[]> = fc.array(
  fc.record({ at: instants, purposes: fc.constantFrom<Purpose[] | null>(null, ['treatment'], ['research']) }),
)

test('one more withdrawal never revives a consent, and their order does not matter', () => {
  fc.assert(
    fc.property(withdrawals, withdrawals, (some, more) => {
      const [few] = applyWithdrawals([care], some, act)
      const [many] = applyWithdrawals([care], [...some, ...more], act)
      if (few?.withdrawnOn) assert.ok(many?.withdrawnOn)
      const [other] = applyWithdrawals([care], [...some].reverse(), act)
      assert.equal(other?.withdrawnOn === null, few?.withdrawnOn === null)
    }),
  )
})

test('a capable refusal binds; unknown capacity is read as capable; silence is not refusal', () => {
  assert.equal(refusalOf({ capacity: 'full', wishes: { refuses: true } }), 'consent.subject-refuses')
  assert.equal(refusalOf({ wishes: { refuses: true } }), 'consent.subject-refuses')
  assert.equal(refusalOf({ capacity: 'none', wishes: { refuses: true } }), undefined)
  assert.equal(refusalOf({ capacity: 'full', wishes: {} }), undefined)
})
