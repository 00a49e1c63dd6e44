import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Instant, instantOf, subjectId } from '#kernel'
import { capacitiesFor } from './capacity.ts'
import type { AccountId, Care, Holding, OrganisationId } from './holding.ts'
import type { Target } from './relation.ts'

const day = (offset: number): Instant =>
  instantOf(Date.parse('2026-11-20T00:00:00.000Z') + offset * 86_400_000)
const now = day(0)
const me = 'me' as AccountId
const here = 'hillside' as OrganisationId
const elsewhere = 'riverside' as OrganisationId
const zhao = subjectId('zhao')!
const other = subjectId('other')!
const term = { from: day(-1), until: day(1), evidence: 'test' }
const person = (subject = zhao, when = term): Holding => ({ role: 'person', subject, ...when })
const acting = (subject = zhao, when = term): Holding => ({ role: 'representative', subject, ...when })
const kin = (subject = zhao, when = term): Holding => ({
  ...{ role: 'representative', subject, kinship: 'child' },
  ...when,
})
const clinician = (organisation = here, when = term): Holding => ({
  role: 'clinician',
  organisation,
  ...when,
})
const steward = (organisation = here): Holding => ({ role: 'steward', organisation, ...term })
const caring = (more: Partial<Care> = {}): Care => ({
  account: me,
  organisation: here,
  subject: zhao,
  ...term,
  ...more,
})
const about = (care: readonly Care[] = [], organisation: OrganisationId | null = here): Target => ({
  kind: 'person',
  subject: zhao,
  organisation,
  care,
})
const closest = (holdings: readonly Holding[], target: Target, at = now): string => {
  const caller = { kind: 'account', account: me, name: 'Me', method: 'code', holdings } as const
  const [first] = capacitiesFor(caller, target, at)
  return first === undefined ? 'nobody' : `${first.role} ${first.relation} ${first.actingFor ?? '-'}`
}

test('in which capacity somebody stands to a person', () => {
  const table: [what: string, holdings: Holding[], target: Target, capacity: string][] = [
    ['oneself', [person()], about(), 'person self -'],
    ['somebody else', [person(other)], about(), 'person none -'],
    ['for whom one acts', [acting()], about(), 'representative represents zhao'],
    ['to whom one is a relative', [kin()], about(), 'representative relative -'],
    ['a relative of somebody else', [kin(other)], about(), 'representative none -'],
    ['a relative who acts for them', [kin(), acting()], about(), 'representative represents zhao'],
    ['for somebody else', [acting(other)], about(), 'representative none other'],
    ['a patient', [clinician()], about([caring()]), 'clinician care -'],
    [
      'a patient of a colleague',
      [clinician()],
      about([caring({ account: 'you' as AccountId })]),
      'clinician organisation -',
    ],
    [
      'care at another hospital',
      [clinician()],
      about([caring({ organisation: elsewhere })]),
      'clinician organisation -',
    ],
    ['care of somebody else', [clinician()], about([caring({ subject: other })]), 'clinician organisation -'],
    ['a case of another hospital', [clinician(elsewhere)], about([caring()]), 'clinician none -'],
    ['a case of nobody', [clinician()], about([caring()], null), 'clinician none -'],
    ['a steward with care on record', [steward()], about([caring()]), 'steward organisation -'],
    ['a doctor who is the patient', [clinician(), person()], about([caring()]), 'person self -'],
    [
      'a doctor who acts for the patient',
      [clinician(), acting()],
      about([caring()]),
      'representative represents zhao',
    ],
    ['nobody', [], about([caring()]), 'nobody'],
  ]
  for (const [what, holdings, target, capacity] of table)
    assert.equal(closest(holdings, target), capacity, what)
})

test('roles and care count from their first instant up to, not including, their last', () => {
  const table: [at: Instant, capacity: string][] = [
    [day(-2), 'nobody'],
    [day(-1), 'clinician care -'],
    [instantOf(Date.parse(day(1)) - 1), 'clinician care -'],
    [day(1), 'nobody'],
  ]
  for (const [at, capacity] of table)
    assert.equal(closest([clinician()], about([caring()]), at), capacity, at)
  const ended = caring({ until: now })
  assert.equal(closest([clinician()], about([ended])), 'clinician organisation -', 'care that has just ended')
  assert.equal(
    closest([clinician()], about([caring({ until: null })])),
    'clinician care -',
    'care without an end',
  )
})

test('papers of kinship count from their first instant up to, not including, their last', () => {
  const table: [at: Instant, capacity: string][] = [
    [instantOf(Date.parse(day(-1)) - 1), 'nobody'],
    [day(-1), 'representative relative -'],
    [instantOf(Date.parse(day(1)) - 1), 'representative relative -'],
    [day(1), 'nobody'],
  ]
  for (const [at, capacity] of table) assert.equal(closest([kin()], about(), at), capacity, at)
})

test('one more role never takes a capacity away', () => {
  const some = fc.constantFrom(
    person(),
    person(other),
    acting(),
    acting(other),
    kin(),
    clinician(),
    clinician(elsewhere),
    steward(),
  )
  fc.assert(
    fc.property(fc.array(some, { maxLength: 4 }), some, (holdings, more) => {
      const caller = (of: readonly Holding[]) =>
        ({ kind: 'account', account: me, name: 'Me', method: 'code', holdings: of }) as const
      const target = about([caring()])
      const before = capacitiesFor(caller(holdings), target, now)
      const after = capacitiesFor(caller([...holdings, more]), target, now).map((one) => JSON.stringify(one))
      for (const one of before) assert.ok(after.includes(JSON.stringify(one)))
    }),
  )
})
