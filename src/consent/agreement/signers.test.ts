import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day } from '#kernel'
import { type Jurisdiction, jurisdictions } from '#vocabulary'
import { day, parent, self, sha } from '../../../test/consent/agreements.ts'
import type { Signer } from './agreement.ts'
import { deciderOf, decidesOn, type PersonFacts, type SigningMatter, signingMatters } from './decider.ts'
import { maySign, type SigningQuestion } from './signers.ts'

const bornOn = day('2010-03-15')
const on = day('2026-06-01')
const child: PersonFacts = { bornOn: day('2020-03-15'), capacity: null, deceased: false }
const youth: PersonFacts = { bornOn, capacity: 'limited', deceased: false }
const adult: PersonFacts = { bornOn: day('1980-03-15'), capacity: 'full', deceased: false }
const lost: PersonFacts = { ...adult, capacity: 'none' }
const dead: PersonFacts = { ...adult, deceased: true }
const authority = (from: string, until: string | null = null) => ({
  document: sha('a'),
  from: day(from),
  until: until as Day | null,
})
const agent: Signer = { ...parent, grantor: 'agent', giver: 'authorised-agent', relation: 'agent' }
const relative: Signer = {
  ...parent,
  grantor: 'relative',
  giver: 'near-relatives-of-deceased',
  relation: 'child',
}

const question = (person: PersonFacts, facts: Partial<SigningQuestion> = {}): SigningQuestion => ({
  person,
  jurisdiction: 'CN',
  matter: 'care',
  activities: null,
  on,
  ...facts,
})

test('given who signs and for whom, when they sign, then they may, or it is said why not', () => {
  const access = { activities: ['access-deceased' as const] }
  const table: [what: string, signer: Signer, asked: SigningQuestion, expected: string][] = [
    ['an adult', self, question(adult), 'self'],
    ['an adult of unknown capacity', self, question({ ...adult, capacity: null }), 'self'],
    ['an adult without capacity', self, question(lost), 'capacity-lacking'],
    ['an adult of limited capacity', self, question({ ...adult, capacity: 'limited' }), 'capacity-lacking'],
    ['as oneself and as a parent', { ...self, relation: 'parent' }, question(adult), 'relation-contradicts'],
    ['a child', self, question(child), 'too-young'],
    ['a child said to be capable', self, question({ ...child, capacity: 'full' }), 'too-young'],
    ['a youth, about care', self, question(youth), 'too-young'],
    ['a youth, about information', self, question(youth, { matter: 'information' }), 'self'],
    [
      'a youth without any capacity',
      self,
      question({ ...youth, capacity: 'none' }, { matter: 'information' }),
      'too-young',
    ],
    ['a youth of 16 on own work', self, question({ ...youth, capacity: 'full' }), 'self'],
    ['not yet born', parent, question({ ...child, bornOn: day('2026-06-02') }), 'not-born'],
    ['born today', parent, question({ ...child, bornOn: on }), 'guardian'],
    ['the guardian of a child', parent, question(child), 'guardian'],
    ['the guardian of a youth, about care', parent, question(youth), 'guardian'],
    [
      'the guardian of a youth, about information',
      parent,
      question(youth, { matter: 'information' }),
      'person-decides',
    ],
    ['the guardian of a capable adult', parent, question(adult), 'person-decides'],
    [
      'the guardian of an adult without capacity',
      { ...parent, relation: 'spouse' },
      question(lost),
      'guardian',
    ],
    ['a guardian without evidence', { ...parent, authority: null }, question(child), 'authority-missing'],
    [
      'the day before the evidence holds',
      { ...parent, authority: authority('2026-06-02') },
      question(child),
      'authority-not-begun',
    ],
    [
      'the day from which it holds',
      { ...parent, authority: authority('2026-06-01') },
      question(child),
      'guardian',
    ],
    [
      'the last day on which it holds',
      { ...parent, authority: authority('2020-01-01', '2026-06-01') },
      question(child),
      'guardian',
    ],
    [
      'the day after',
      { ...parent, authority: authority('2020-01-01', '2026-05-31') },
      question(child),
      'authority-ended',
    ],
    [
      'a guardian who is nobody to the child',
      { ...parent, relation: 'none' },
      question(child),
      'relation-contradicts',
    ],
    ['an agent of who cannot decide', agent, question(lost), 'agent'],
    ['an agent of who can', agent, question(adult), 'person-decides'],
    ['an agent without a mandate', { ...agent, authority: null }, question(lost), 'authority-missing'],
    ['an agent of a child', agent, question(child), 'agent-for-a-child'],
    ['a relative of the living', relative, question(lost), 'relative-of-the-living'],
    ['the dead', self, question(dead), 'subject-deceased'],
    ['the guardian of the dead', parent, question(dead), 'subject-deceased'],
    ['the agent of the dead', agent, question(dead), 'subject-deceased'],
    ['a relative, who asks to see the record', relative, question(dead, access), 'relative'],
    [
      'a relative without evidence',
      { ...relative, authority: null },
      question(dead, access),
      'authority-missing',
    ],
    [
      'a friend of the dead',
      { ...relative, relation: 'friend' },
      question(dead, access),
      'relation-contradicts',
    ],
    [
      'a relative, to research',
      relative,
      question(dead, { activities: ['access-deceased', 'research'] }),
      'not-for-the-dead',
    ],
    ['a relative, to anything', relative, question(dead), 'not-for-the-dead'],
    [
      'a relative, to disclosure in France',
      relative,
      question(dead, { activities: ['disclose'], jurisdiction: 'FR' }),
      'not-for-the-dead',
    ],
    [
      'a relative, to see the record in France',
      relative,
      question(dead, { ...access, jurisdiction: 'FR' }),
      'relative',
    ],
  ]
  for (const [what, signer, asked, expected] of table) {
    const may = maySign(signer, asked)
    assert.equal(may.ok ? may.value : may.error, expected, what)
  }
})

const anyDay = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays(day('2000-02-28'), days))
const anyPerson = fc.record({
  bornOn: fc.oneof(anyDay, fc.constantFrom(day('2004-02-29'), day('2008-02-29'))),
  capacity: fc.constantFrom('full' as const, 'limited' as const, 'none' as const, null),
  deceased: fc.constant(false),
})
const anyOrder = fc.constantFrom<Jurisdiction[]>(...jurisdictions)
const anyMatter = fc.constantFrom<SigningMatter[]>(...signingMatters)

test('for the living exactly one decides: they, or who shows that they act for them', () => {
  fc.assert(
    fc.property(anyPerson, anyOrder, anyMatter, anyDay, (person, jurisdiction, matter, when) => {
      const asked = { person, jurisdiction, matter, activities: null, on: when }
      const may = [self, { ...parent, authority: authority('1999-01-01') }].filter(
        (signer) => maySign(signer, asked).ok,
      )
      assert.equal(may.length, when < person.bornOn ? 0 : 1)
    }),
  )
})

test('the day on which they begin to decide is the first on which they do, counted one by one', () => {
  fc.assert(
    fc.property(anyPerson, anyOrder, anyMatter, (born, jurisdiction, matter) => {
      const person = { ...born, capacity: null }
      let first = person.bornOn
      while (deciderOf(person, jurisdiction, matter, first) === 'guardian') first = addDays(first, 1)
      assert.equal(decidesOn(person, jurisdiction, matter, person.bornOn), first)
      assert.equal(decidesOn(person, jurisdiction, matter, first), null)
      assert.equal(decidesOn(person, jurisdiction, matter, addDays(first, -1)), first)
    }),
    { numRuns: 60 },
  )
})
