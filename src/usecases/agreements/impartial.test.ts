import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountId, Care, Holding, OrganisationId } from '#access'
import type { Instant, SubjectId } from '#kernel'
import { isImpartial } from './impartial.ts'

const at = '2026-11-20T08:00:00.000Z' as Instant
const before = '2026-11-20T07:59:59.999Z' as Instant
const term = { from: '2026-01-01T00:00:00.000Z' as Instant, until: null, evidence: 'x' }
const house = 'hillside' as OrganisationId
const subject = 'p' as SubjectId
const matter = { subject, interested: ['hillside', 'river-lab'], at }
const works = (role: string, organisation: string, over: object = {}) =>
  ({ ...term, role, organisation, ...over }) as Holding
const is = (role: string, of: string, over: object = {}) =>
  ({ ...term, role, subject: of, ...over }) as Holding
const care = (over: Partial<Care> = {}): Care => ({
  ...term,
  ...{ account: 'a' as AccountId, organisation: 'elsewhere' as OrganisationId, subject },
  ...over,
})

type Row = readonly [given: string, holdings: Holding[], care: Care[], witness: boolean, interpreter: boolean]
const table: readonly Row[] = [
  ['somebody without any role', [], [], true, true],
  ['another patient', [is('person', 'q')], [], true, true],
  ['whom it is about', [is('person', 'p')], [], false, false],
  ['who decides for somebody else', [is('representative', 'q')], [], true, true],
  ['who decides for the person', [is('representative', 'p')], [], false, false],
  ['who decided for the person once', [is('representative', 'p', { until: before })], [], false, false],
  ['a clinician of the hospital', [works('clinician', house)], [], false, true],
  [
    'a clinician of the hospital until this instant',
    [works('clinician', house, { until: at })],
    [],
    true,
    true,
  ],
  ['one from this instant on', [works('clinician', house, { from: at })], [], false, true],
  ['a steward of the hospital', [works('steward', house)], [], false, true],
  ['a reviewer of the hospital', [works('reviewer', house)], [], false, true],
  ['a researcher of the hospital', [works('researcher', house)], [], false, false],
  ['a researcher of whoever gets it', [works('researcher', 'river-lab')], [], false, false],
  ['a steward of whoever gets it', [works('steward', 'river-lab')], [], false, true],
  ['a researcher of another house', [works('researcher', 'elsewhere')], [], true, true],
  ['who looks after the person, anywhere', [works('clinician', 'elsewhere')], [care()], false, false],
  ['who looks after somebody else', [], [care({ subject: 'q' as SubjectId })], true, true],
  ['who looked after the person until this instant', [], [care({ until: at })], true, true],
  ['a patient who works at the hospital', [is('person', 'q'), works('auditor', house)], [], false, true],
]
for (const [given, holdings, cares, witness, interpreter] of table)
  test(`given ${given}: ${witness ? 'may' : 'may not'} witness, ${interpreter ? 'may' : 'may not'} interpret`, () => {
    const tied = { holdings, care: cares }
    assert.deepEqual(
      [isImpartial('witness', tied, matter), isImpartial('interpreter', tied, matter)],
      [witness, interpreter],
    )
  })
