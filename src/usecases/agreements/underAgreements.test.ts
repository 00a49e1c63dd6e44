import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Agreement, AgreementEvent } from '#consent'
import type { Situation } from '#law'
import {
  agreement,
  day,
  instant,
  paused,
  permit,
  refuse,
  superseded,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import { operator } from '../act.ts'
import { underAgreements } from './underAgreements.ts'

const situation: Situation = {
  ...{ id: 'x', at: day('2026-06-01'), jurisdictions: ['CN'], activity: 'use', purpose: 'emergency' },
  ...{ data: { categories: ['health'] }, recipient: null, emergency: { lifeThreatening: true } },
}
const no = refuse({ item: 'rescue', purposes: ['emergency'] })
const other = permit({ item: 'other', purposes: ['research'] })
const lets = { emergency: { allowed: true, minutes: 60 } }

test('a no rests in an emergency only while the agreement that lets it is in force', () => {
  const table: [given: string, facts: Partial<Agreement>, events: AgreementEvent[], refused: boolean][] = [
    ['in force', lets, [], false],
    ['a no to everything, in force', { ...lets, provisions: [no] }, [], false],
    ['not let', {}, [], true],
    ['withdrawn', lets, [withdrawn('2026-05-01')], true],
    ['replaced', lets, [superseded('2026-05-01')], true],
    ['resting', lets, [paused('2026-05-01')], true],
    ['run out', { ...lets, until: day('2026-05-31') }, [], true],
    ['its last day', { ...lets, until: day('2026-06-01') }, [], false],
    [
      'a no to everything that has run out',
      { ...lets, provisions: [no], until: day('2026-05-31') },
      [],
      true,
    ],
    ['all of it taken back, choice by choice', lets, [withdrawn('2026-05-01', ['other'])], true],
    ['waiting for others', { ...lets, awaits: ['guardian'] }, [], true],
    ['withdrawn a moment later', lets, [withdrawn('2026-06-01T10:00:00.001Z')], false],
  ]
  for (const [given, facts, events, refused] of table) {
    const recorded = [{ agreement: agreement({ provisions: [no, other], ...facts }), events }]
    const asked = { situation, by: operator, under: 'house-rules' } as const
    const found = underAgreements(asked, recorded, instant('2026-06-01T10:00:00.000Z')).refused
    assert.equal(found.length > 0, refused, given)
  }
})
