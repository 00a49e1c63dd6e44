import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  agreement,
  day,
  instant,
  parent,
  permit,
  refuse,
  request,
  resumed,
} from '../../../test/consent/agreements.ts'
import { anyInstant, anyRecords, anyRequest } from '../../../test/consent/anyAgreements.ts'
import type { Agreement } from '../agreement/agreement.ts'
import { evaluate } from '../agreement/evaluate.ts'
import { asInLife, type Death, isAfterDeath, withDeath } from './afterDeath.ts'

const diedAt = instant('2026-06-01T12:00:00.000Z')
const moments = {
  before: instant('2026-06-01T11:59:59.999Z'),
  at: diedAt,
  after: instant('2026-06-01T12:00:00.001Z'),
} as const
const research = permit({ item: 'research', purposes: ['research'] })
const signed = (facts: Partial<Agreement> = {}) => ({
  agreement: agreement({ from: day('2026-01-01'), provisions: [research], ...facts }),
  events: [],
})

test('given what was said of it, a moment before, at and after death, then a choice permits or rests', () => {
  const asBefore = { afterDeath: 'as-before' } as const
  const byParent = { ...asBefore, signer: parent }
  const late = { ...asBefore, signedAt: diedAt }
  const table: [given: string, facts: Partial<Agreement>, death: Death, is: [string, string, string]][] = [
    ['it goes on', asBefore, { at: diedAt }, ['permit', 'permit', 'permit']],
    ['it stops', { afterDeath: 'stop' }, { at: diedAt }, ['permit', 'silent', 'silent']],
    ['nothing said', {}, { at: diedAt }, ['permit', 'silent', 'silent']],
    ['somebody else said it', byParent, { at: diedAt }, ['permit', 'silent', 'silent']],
    ['said at the instant of death', late, { at: diedAt }, ['silent', 'silent', 'silent']],
    ['nobody knows when they died', asBefore, { at: null }, ['silent', 'silent', 'silent']],
    ['a no', { provisions: [refuse({})] }, { at: diedAt }, ['refuse', 'refuse', 'refuse']],
    [
      'its term is over',
      { ...asBefore, until: day('2026-05-31') },
      { at: diedAt },
      ['silent', 'silent', 'silent'],
    ],
  ]
  for (const [given, facts, death, is] of table) {
    const recorded = withDeath([signed(facts)], death)
    const answers = Object.values(moments).map((at) => evaluate(recorded, request(), at).decision)
    assert.deepEqual(answers, is, given)
  }
})

test('death is not resumed before it came, and what was said in life is found again', () => {
  const [one] = withDeath([{ ...signed(), events: [resumed('2026-05-01')] }], { at: diedAt })
  assert.equal(evaluate([one!], request(), moments.at).decision, 'silent')
  assert.deepEqual(asInLife([one!])[0]!.events, [resumed('2026-05-01')])
})

test('the instant of death itself is after it', () => {
  const table: [death: Death | null, is: [boolean, boolean, boolean]][] = [
    [{ at: diedAt }, [false, true, true]],
    [{ at: null }, [true, true, true]],
    [null, [false, false, false]],
  ]
  for (const [death, is] of table)
    assert.deepEqual(
      Object.values(moments).map((at) => isAfterDeath(death, at)),
      is,
    )
})

test('whatever was said, death never permits more, and takes no refusal away', () => {
  let closed = 0
  fc.assert(
    fc.property(anyRecords, anyRequest, anyInstant, anyInstant, (recorded, asked, died, at) => {
      const [before, after] = [recorded, withDeath(recorded, { at: died })].map(
        (all) => evaluate(all, asked, at).decision,
      )
      assert.ok(before === 'permit' || after !== 'permit')
      if (before === 'refuse') assert.equal(after, 'refuse')
      if (before === 'permit' && after !== 'permit') closed++
    }),
    { numRuns: 3000 },
  )
  assert.ok(closed > 10, String(closed))
})
