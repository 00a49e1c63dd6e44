import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  agreement,
  day,
  instant,
  paused,
  permit,
  refuse,
  resumed,
  superseded,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import { anyEvent, anyInstant, anyRecords } from '../../../test/consent/anyAgreements.ts'
import type { Agreement, AgreementEvent } from './agreement.ts'
import { stateOf } from './state.ts'

const research = permit({ item: 'research', within: [permit({ item: 'share' })] })
const signed = agreement({ provisions: [research], from: day('2026-02-01'), until: day('2026-12-31') })

test('given an agreement and its events, when it is looked at, then it stands so', () => {
  const march = '2026-03-01T12:00:00.000Z'
  const table: [what: string, of: Agreement, events: AgreementEvent[], at: string, state: string][] = [
    ['not signed yet', signed, [], '2026-01-10T08:59:59.999Z', 'draft'],
    ['signed, not begun', signed, [], '2026-01-10T09:00:00.000Z', 'draft'],
    ['the day before the first', signed, [], '2026-01-31T23:59:59.999Z', 'draft'],
    ['the first day', signed, [], '2026-02-01', 'given'],
    ['the last day', signed, [], '2026-12-31T23:59:59.999Z', 'given'],
    ['the day after', signed, [], '2027-01-01', 'expired'],
    ['no last day', { ...signed, until: null }, [], '2099-01-01', 'given'],
    ['nothing permitted', { ...signed, provisions: [refuse()] }, [], march, 'refused'],
    ['nothing said', { ...signed, provisions: [] }, [], march, 'refused'],
    ['all but what is named', { ...signed, provisions: [refuse()], base: 'permit' }, [], march, 'given'],
    [
      'a permit within a refusal',
      { ...signed, provisions: [refuse({ within: [permit()] })] },
      [],
      march,
      'given',
    ],
    ['a pause a moment later', signed, [paused('2026-03-01T12:00:00.001Z')], march, 'given'],
    ['a pause at that instant', signed, [paused(march)], march, 'paused'],
    ['gone on', signed, [paused('2026-02-10'), resumed('2026-02-11')], march, 'given'],
    [
      'paused again',
      signed,
      [paused('2026-02-12'), paused('2026-02-10'), resumed('2026-02-11')],
      march,
      'paused',
    ],
    [
      'one resumption for two pauses',
      signed,
      [paused('2026-02-10'), paused('2026-02-11'), resumed('2026-02-12')],
      march,
      'given',
    ],
    ['both at one instant', signed, [resumed('2026-02-10'), paused('2026-02-10')], march, 'paused'],
    ['never paused', signed, [resumed('2026-02-10')], march, 'given'],
    ['replaced', signed, [superseded(march)], march, 'superseded'],
    [
      'replaced, and no way back',
      signed,
      [superseded('2026-02-10'), resumed('2026-02-11')],
      march,
      'superseded',
    ],
    ['withdrawn', signed, [withdrawn(march)], march, 'withdrawn'],
    [
      'withdrawn, and no way back',
      signed,
      [withdrawn('2026-02-10'), resumed('2026-02-11')],
      march,
      'withdrawn',
    ],
    [
      'replaced, then withdrawn',
      signed,
      [superseded('2026-02-10'), withdrawn('2026-02-11')],
      march,
      'withdrawn',
    ],
    ['withdrawn before it began', signed, [withdrawn('2026-01-11')], '2026-01-12', 'withdrawn'],
    ['withdrawn, and past its end', signed, [withdrawn('2026-02-10')], '2027-02-01', 'withdrawn'],
    ['an inner choice taken back', signed, [withdrawn('2026-02-10', ['share'])], march, 'given'],
    [
      'the outer one taken back, and with it the inner',
      signed,
      [withdrawn(march, ['research'])],
      march,
      'refused',
    ],
    ['a choice that it does not have', signed, [withdrawn(march, ['other'])], march, 'given'],
    ['paused past its end', signed, [paused('2026-02-10')], '2027-01-01', 'expired'],
  ]
  for (const [what, of, events, at, state] of table) {
    assert.equal(stateOf(of, events, instant(at)), state, what)
    assert.equal(stateOf(of, [...events].reverse(), instant(at)), state, `${what}, told backwards`)
  }
})

test('the order in which events are told does not matter, and those to come do not count', () => {
  fc.assert(
    fc.property(anyRecords, fc.array(anyEvent), anyInstant, (records, events, at) => {
      const of = records[0]!.agreement
      const shuffled = [...events].sort((a, b) => a.kind.localeCompare(b.kind) || (a.at < b.at ? 1 : -1))
      assert.equal(stateOf(of, shuffled, at), stateOf(of, events, at))
      assert.equal(
        stateOf(
          of,
          events.filter((event) => event.at <= at),
          at,
        ),
        stateOf(of, events, at),
      )
    }),
  )
})

test('withdrawal and replacement are final', () => {
  fc.assert(
    fc.property(anyRecords, fc.array(anyEvent), anyInstant, anyInstant, (records, events, one, other) => {
      const [at, later] = [one, other].sort() as [typeof one, typeof one]
      const before = stateOf(records[0]!.agreement, events, at)
      const after = stateOf(records[0]!.agreement, events, later)
      if (before === 'withdrawn') assert.equal(after, 'withdrawn')
      if (before === 'superseded') assert.ok(after === 'superseded' || after === 'withdrawn')
    }),
  )
})
