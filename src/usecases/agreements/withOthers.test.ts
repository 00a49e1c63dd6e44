import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Agreement, RecordedAgreement } from '#consent'
import {
  agreement,
  day,
  instant,
  parent,
  permit,
  superseded,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import { withOthers } from './withOthers.ts'

const genes = permit({
  item: 'genes',
  activities: ['test'],
  purposes: ['treatment'],
  categories: ['genetic'],
})
const study = permit({ item: 'study', activities: ['research'], purposes: ['research'] })
const person = { bornOn: day('2011-06-01'), capacity: null, deceased: false }
const first = (facts: Partial<Agreement> = {}): Agreement =>
  agreement({ signer: parent, provisions: [genes], awaits: ['self'], ...facts })
const now = (at: string, facts: Partial<Agreement> = {}): Agreement =>
  agreement({
    id: 'a2',
    supersedes: 'a1',
    signedAt: instant(`${at}T12:00:00.000Z`),
    provisions: [genes],
    ...facts,
  })

const outcome = (signed: Agreement, former?: RecordedAgreement): string => {
  const made = withOthers(signed, former, person)
  if (!made.ok) return made.error
  const { awaits, coSigners } = made.value
  return `${awaits?.join(' ') ?? 'agreed'} with ${coSigners.map((one) => one.person).join(' ') || 'nobody'}`
}

test('given what waits, when somebody signs, then it is agreed, waits, or is refused', () => {
  const ended = { ...parent, authority: { ...parent.authority!, until: day('2026-01-20') } }
  const table: [what: string, signed: Agreement, former: RecordedAgreement | undefined, then_: string][] = [
    ['nothing before', now('2026-01-11'), undefined, 'guardian with nobody'],
    ['a draft', now('2026-01-11'), { agreement: first(), events: [] }, 'agreed with p2'],
    ['its last day', now('2026-02-09'), { agreement: first(), events: [] }, 'agreed with p2'],
    ['the day after', now('2026-02-10'), { agreement: first(), events: [] }, 'guardian with nobody'],
    [
      'the last day of papers',
      now('2026-01-20'),
      { agreement: first({ signer: ended }), events: [] },
      'agreed with p2',
    ],
    [
      'papers that are over',
      now('2026-01-21'),
      { agreement: first({ signer: ended }), events: [] },
      'guardian with nobody',
    ],
    [
      'a draft that was withdrawn',
      now('2026-01-12'),
      { agreement: first(), events: [withdrawn('2026-01-11')] },
      'guardian with nobody',
    ],
    [
      'a draft of which a part was withdrawn',
      now('2026-01-12'),
      { agreement: first({ provisions: [genes, study] }), events: [withdrawn('2026-01-11', ['study'])] },
      'guardian with nobody',
    ],
    [
      'a draft that was replaced',
      now('2026-01-12'),
      { agreement: first(), events: [superseded('2026-01-11')] },
      'guardian with nobody',
    ],
    [
      'what comes later does not count yet',
      now('2026-01-12'),
      { agreement: first(), events: [withdrawn('2026-01-13')] },
      'agreed with p2',
    ],
    [
      'another answer',
      now('2026-01-12', { provisions: [genes, study] }),
      { agreement: first({ provisions: [genes, { ...study, effect: 'refuse' }] }), events: [] },
      'guardian with nobody',
    ],
    [
      'a no waits for nobody',
      now('2026-01-12', { provisions: [{ ...genes, effect: 'refuse' }] }),
      { agreement: first(), events: [] },
      'agreed with nobody',
    ],
    [
      'the same one again',
      now('2026-01-12', { signer: parent }),
      { agreement: first(), events: [] },
      'self with nobody',
    ],
    [
      'another guardian: both wait for the person',
      now('2026-01-12', { signer: { ...parent, person: 'p3' } }),
      { agreement: first(), events: [] },
      'self with p2',
    ],
    [
      'an agreement of a guardian that waits for nobody is no draft',
      now('2026-01-12'),
      { agreement: agreement({ signer: parent, provisions: [genes] }), events: [] },
      'guardian with nobody',
    ],
    [
      'an agent beside a draft',
      now('2026-01-12', { signer: { ...parent, person: 'p4', grantor: 'agent', relation: 'agent' } }),
      { agreement: first(), events: [] },
      'agent-for-a-child',
    ],
  ]
  for (const [what, signed, former, then_] of table) assert.equal(outcome(signed, former), then_, what)
})
