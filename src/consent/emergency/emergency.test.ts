import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Instant, instantOf } from '#kernel'
import { instant } from '../../../test/consent/agreements.ts'
import {
  checkEmergencyWords,
  type EmergencyEvent,
  emergencyEnd,
  emergencyStandingOf,
  reviewDayOf,
} from './emergency.ts'

const at = instant('2026-11-20T10:00:00.000Z')
const after = (milliseconds: number): Instant => instantOf(Date.parse(at) + milliseconds)
const minute = 60_000
const opened = { at, until: after(60 * minute), reviewBy: reviewDayOf(at, 7) }
const ended = (ms: number): EmergencyEvent => ({ kind: 'ended', at: after(ms) })
const found: EmergencyEvent = {
  ...{ kind: 'finding', at: after(90 * minute), account: 'lin-na', name: 'Lin Na' },
  ...{ finding: 'justified', words: 'It was.' },
}

test('it is open from its own instant on, up to but not including its end', () => {
  const table: readonly (readonly [
    when: string,
    events: readonly EmergencyEvent[],
    ms: number,
    over: number | null,
  ])[] = [
    ['at its own instant', [], 0, null],
    ['one millisecond before its end', [], 60 * minute - 1, null],
    ['at its end', [], 60 * minute, 60 * minute],
    ['a day later', [], 1440 * minute, 60 * minute],
    ['ended, one millisecond before', [ended(minute)], minute - 1, null],
    ['ended, at that instant', [ended(minute)], minute, minute],
    ['ended, much later', [ended(minute)], 1440 * minute, minute],
    ['said to be ended after its end', [ended(61 * minute)], 60 * minute, 60 * minute],
  ]
  for (const [when, events, ms, over] of table) {
    const { endedAt } = emergencyStandingOf(opened, events, after(ms))
    assert.equal(endedAt, over === null ? null : after(over), when)
  }
})

test('its review waits from the beginning, is overdue after the last day, and only a finding closes it', () => {
  const table = [
    ['at once', [], '2026-11-20T10:00:00.000Z', 'waiting'],
    ['the last millisecond of the last day', [], '2026-11-27T23:59:59.999Z', 'waiting'],
    ['the first one after it', [], '2026-11-28T00:00:00.000Z', 'overdue'],
    ['ended is not reviewed', [ended(minute)], '2026-11-28T00:00:00.000Z', 'overdue'],
    ['reviewed', [ended(minute), found], '2026-11-20T12:00:00.000Z', 'closed'],
    ['reviewed, long ago', [found], '2027-11-28T00:00:00.000Z', 'closed'],
  ] as const
  for (const [when, events, now, review] of table)
    assert.equal(emergencyStandingOf(opened, events, instant(now)).review, review, when)
})

test('the shortest time counts: the hospital’s, the person’s, and never more than 240 minutes', () => {
  const table: readonly (readonly [minutes: number, allowed: readonly number[], is: number])[] = [
    [60, [], 60],
    [240, [], 240],
    [241, [], 240],
    [60, [30], 30],
    [60, [90, 45], 45],
    [240, [10_080], 240],
  ]
  for (const [minutes, allowed, is] of table)
    assert.equal(emergencyEnd(at, minutes, allowed), after(is * minute), `${minutes} ${allowed}`)
})

test('words are a sentence of one’s own, in plain text', () => {
  const table = [
    ['Found without pulse.', 'Found without pulse.'],
    ['  without pulse  ', 'without pulse'],
    ['抢救', '抢救'],
    ['x'.repeat(500), 'x'.repeat(500)],
    ['x'.repeat(501), 'emergency.text'],
    ['', 'emergency.no-words'],
    [' \u3000\u00a0', 'emergency.no-words'],
    ['<script>alert(1)</script>', 'emergency.text'],
    ['a > b', 'emergency.text'],
    ['one\ntwo', 'emergency.text'],
    ['\u0007', 'emergency.text'],
  ] as const
  for (const [words, said] of table) {
    const checked = checkEmergencyWords(words)
    assert.equal(checked.ok ? checked.value : checked.error, said, JSON.stringify(words.slice(0, 20)))
  }
})

test('once it is over it stays over, and a later event opens nothing anew', () => {
  const ms = fc.integer({ min: 0, max: 300 * minute })
  fc.assert(
    fc.property(ms, ms, ms, (end, first, second) => {
      const [early, late] = first < second ? [first, second] : [second, first]
      const at = (now: number) => emergencyStandingOf(opened, [ended(end)], after(now)).endedAt
      const seen = at(early)
      if (seen !== null) assert.equal(at(late), seen)
      assert.equal(at(early) === null, early < Math.min(end, 60 * minute))
    }),
  )
})
