import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Situation } from '#law'
import { agreement, instant, parent, permit, self } from '../../../test/consent/agreements.ts'
import { stateOf } from '../../consent/agreement/state.ts'
import { withRests } from './rests.ts'

const care = permit({ activities: ['test'], purposes: ['treatment'], categories: ['genetic'] })
const about = (subject: object | undefined) => ({ at: '2026-01-10', subject }) as unknown as Situation
const bornOn = '2008-03-01'
const child = { bornOn, capacity: 'limited', deceased: false }

test('given who signed and what is known of the person, on a day, then it counts or rests', () => {
  const table: [
    what: string,
    signer: typeof parent,
    subject: object | undefined,
    at: string,
    state: string,
  ][] = [
    ['the day before they are 18', parent, child, '2026-02-28T23:59:59.999Z', 'given'],
    ['their 18th birthday', parent, child, '2026-03-01T00:00:00.000Z', 'paused'],
    ['long after', parent, child, '2027-03-01T00:00:00.000Z', 'paused'],
    ['what they signed themself', self, child, '2027-03-01T00:00:00.000Z', 'given'],
    [
      'born on 29 February, the day before',
      parent,
      { ...child, bornOn: '2008-02-29' },
      '2026-02-28T12:00:00.000Z',
      'given',
    ],
    ['born on 29 February', parent, { ...child, bornOn: '2008-02-29' }, '2026-03-01T12:00:00.000Z', 'paused'],
    [
      'an age that may have been passed',
      parent,
      { age: 17, capacity: null },
      '2026-01-11T12:00:00.000Z',
      'paused',
    ],
    ['nothing known', parent, undefined, '2026-01-11T12:00:00.000Z', 'paused'],
    ['no age', parent, { capacity: 'none' }, '2026-01-11T12:00:00.000Z', 'paused'],
    [
      'capacity is there',
      parent,
      { bornOn: '1990-01-01', capacity: 'full' },
      '2026-01-11T12:00:00.000Z',
      'paused',
    ],
    [
      'capacity is not',
      parent,
      { bornOn: '1990-01-01', capacity: 'none' },
      '2026-01-11T12:00:00.000Z',
      'given',
    ],
  ]
  // Above 14 information is theirs, so what is asked here is asked in the United States, where it is the guardian's until 18.
  for (const [what, signer, subject, at, state] of table) {
    const signed = agreement({ signer, jurisdictions: ['US'], provisions: [care] })
    const [one] = withRests([{ agreement: signed, events: [] }], about(subject))
    assert.equal(stateOf(signed, one!.events, instant(at)), state, what)
  }
})
