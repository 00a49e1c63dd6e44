import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Jurisdiction } from '#vocabulary'
import {
  agreement,
  day,
  instant,
  parent,
  permit,
  request,
  resumed,
  self,
} from '../../../test/consent/agreements.ts'
import type { Agreement, Signer } from './agreement.ts'
import type { PersonFacts } from './decider.ts'
import { evaluate } from './evaluate.ts'
import { dueAt, restsOf } from './reasking.ts'
import { stateOf } from './state.ts'

const child: PersonFacts = { bornOn: day('2012-02-29'), capacity: 'none', deceased: false }
const limited: PersonFacts = { ...child, capacity: 'limited' }
const care = permit({ activities: ['treat'], purposes: ['treatment'], categories: ['health'] })
const service = permit({ activities: ['use'], purposes: ['service'], categories: ['identity'] })

test('given what an agreement is about and where, when the person comes of age for it, then they are asked', () => {
  const table: [
    what: string,
    jurisdiction: Jurisdiction,
    facts: Partial<Agreement>,
    person: PersonFacts,
    due: string | null,
  ][] = [
    ['information in China', 'CN', {}, limited, '2026-03-01'],
    ['care is about information too', 'CN', { provisions: [care] }, limited, '2026-03-01'],
    [
      'care, once they decide of information',
      'CN',
      { provisions: [care], signedAt: instant('2026-03-01') },
      limited,
      '2030-03-01',
    ],
    [
      'the day before that',
      'CN',
      { provisions: [care], signedAt: instant('2026-02-28T23:59:59.999Z') },
      limited,
      '2026-03-01',
    ],
    ['information, once they decide of it', 'CN', { signedAt: instant('2026-03-01') }, limited, null],
    ['a child who recognises nothing', 'CN', {}, child, '2030-03-01'],
    [
      'a service in France',
      'FR',
      { provisions: [service], signedAt: instant('2026-03-01') },
      limited,
      '2027-03-01',
    ],
    [
      'a service in the Union',
      'EU',
      { provisions: [service], signedAt: instant('2026-03-01') },
      limited,
      '2028-02-29',
    ],
    ['information in the United States', 'US', {}, limited, '2030-03-01'],
    ['an adult who cannot decide', 'CN', {}, { ...child, bornOn: day('1990-01-01') }, null],
    ['an adult who can', 'CN', {}, { ...child, bornOn: day('1990-01-01'), capacity: 'full' }, null],
  ]
  for (const [what, jurisdiction, facts, person, due] of table) {
    const signed = agreement({ signedAt: instant('2020-01-01'), signer: parent, ...facts })
    assert.equal(dueAt(person, signed, jurisdiction), due, what)
  }
})

test('of several legal orders, and several matters, each asks them on its own day', () => {
  const signed = agreement({ signedAt: instant('2020-01-01'), signer: parent, jurisdictions: ['US', 'CN'] })
  assert.deepEqual(restsOf(signed, limited, null), [
    { at: '2026-03-01T00:00:00.000Z', kind: 'paused', because: 'majority' },
    { at: '2030-03-01T00:00:00.000Z', kind: 'paused', because: 'majority' },
  ])
  const both = agreement({ signedAt: instant('2020-01-01'), signer: parent, provisions: [care] })
  const wentOn = [...restsOf(both, limited, null), resumed('2026-04-01')]
  assert.equal(stateOf(both, wentOn, instant('2030-02-28')), 'given')
  assert.equal(stateOf(both, wentOn, instant('2030-03-01')), 'paused')
})

test('what a guardian signed rests from the day, and until they have answered', () => {
  const signed = agreement({ signer: parent, base: 'permit' })
  const events = restsOf(signed, limited, null)
  const table: [at: string, resumedAt: string | null, state: string, decision: string][] = [
    ['2026-02-28T23:59:59.999Z', null, 'given', 'permit'],
    ['2026-03-01', null, 'paused', 'silent'],
    ['2026-04-01', null, 'paused', 'silent'],
    ['2026-04-01', '2026-02-28T23:59:59.999Z', 'paused', 'silent'],
    ['2026-04-01', '2026-04-01', 'given', 'permit'],
  ]
  for (const [at, resumedAt, state, decision] of table) {
    const told = [...events, ...(resumedAt === null ? [] : [resumed(resumedAt)])]
    assert.equal(stateOf(signed, told, instant(at)), state, at)
    assert.equal(
      evaluate([{ agreement: signed, events: told }], request(), instant(at)).decision,
      decision,
      at,
    )
  }
})

test('capacity regained: what others signed rests; what they signed themself stands, lost or not', () => {
  const lost: PersonFacts = { bornOn: day('1980-01-01'), capacity: 'none', deceased: false }
  const agent: Signer = { ...parent, grantor: 'agent', giver: 'authorised-agent', relation: 'agent' }
  const table: [what: string, signer: Signer, regained: string | null, rests: string | null][] = [
    ['the guardian, not regained', parent, null, null],
    ['the guardian', parent, '2026-05-01', '2026-05-01'],
    ['the agent', agent, '2026-05-01', '2026-05-01'],
    ['on the day of the signature', parent, '2026-01-10', '2026-01-10'],
    ['before the signature, and lost again', parent, '2026-01-09', null],
    ['themself', self, '2026-05-01', null],
  ]
  for (const [what, signer, regained, rests] of table) {
    const signed = agreement({ signer, base: 'permit' })
    const events = restsOf(signed, lost, regained === null ? null : day(regained))
    assert.deepEqual(
      events.map(({ at }) => at.slice(0, 10)),
      rests === null ? [] : [rests],
      what,
    )
    const state = stateOf(signed, events, instant('2026-06-01'))
    assert.equal(state, rests === null ? 'given' : 'paused', what)
  }
})
