import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreement,
  day,
  inner,
  instant,
  parent,
  permit,
  refuse,
  self,
} from '../../../test/consent/agreements.ts'
import type { Agreement, Signer } from './agreement.ts'
import { checkSigning } from './checkSigning.ts'
import { mattersOf, type PersonFacts } from './decider.ts'

const child: PersonFacts = { bornOn: day('2016-05-20'), capacity: 'limited', deceased: false }
const youth: PersonFacts = { ...child, bornOn: day('2010-05-20') }
const adult: PersonFacts = { ...child, bornOn: day('1990-05-20'), capacity: 'full' }
const second: Signer = { ...parent, person: 'p3' }
const assents = { said: 'assents' as const, heardOn: day('2026-01-09') }

const test1 = permit({ activities: ['test'], purposes: ['treatment'], categories: ['genetic'] })
const study = permit({ activities: ['research'], purposes: ['research'], categories: ['health'] })
const store = permit({ activities: ['store'], purposes: ['treatment'], categories: ['health'] })

const check = (person: PersonFacts, facts: Partial<Agreement>, objections: Signer[] = []): string => {
  const checked = checkSigning(agreement(facts), { person, objections })
  if (checked.ok) return `ok ${checked.value.join(' ')}`
  return checked.error.map(({ code, matter, signer }) => `${code} ${matter} ${signer ?? '-'}`).join(', ')
}

test('what an agreement is about follows from what it permits', () => {
  const table: [what: string, facts: Partial<Agreement>, inChina: string, elsewhere: string][] = [
    ['nothing permitted', { provisions: [refuse()] }, 'information', 'information'],
    ['keeping', { provisions: [store] }, 'information', 'information'],
    ['a test', { provisions: [test1] }, 'care information', 'care information'],
    ['a study', { provisions: [study] }, 'research information', 'research information'],
    [
      'genes for a product',
      {
        provisions: [
          permit({ activities: ['use'], purposes: ['product-development'], categories: ['genetic'] }),
        ],
      },
      'research information',
      'information',
    ],
    [
      'health for a product',
      {
        provisions: [
          permit({ activities: ['use'], purposes: ['product-development'], categories: ['health'] }),
        ],
      },
      'information',
      'information',
    ],
    [
      'an online service',
      { provisions: [permit({ activities: ['use'], purposes: ['ancestry'], categories: ['identity'] })] },
      'information service',
      'information service',
    ],
    [
      'a choice within',
      { provisions: [{ ...store, within: [inner({ activities: ['research'] })] }] },
      'research information',
      'research information',
    ],
    ['a test refused', { provisions: [store, { ...test1, effect: 'refuse' }] }, 'information', 'information'],
    [
      'anything',
      { base: 'permit' },
      'care research information service',
      'care research information service',
    ],
  ]
  for (const [what, facts, inChina, elsewhere] of table) {
    assert.equal(mattersOf(agreement(facts), 'CN').join(' '), inChina, what)
    assert.equal(mattersOf(agreement(facts), 'FR').join(' '), elsewhere, what)
  }
})

test('given a person and who signed, when an agreement is looked at, then all that is missing is told', () => {
  const table: [what: string, person: PersonFacts, facts: Partial<Agreement>, expected: string][] = [
    ['an adult', adult, { provisions: [test1] }, 'ok care information'],
    [
      'an adult, signed by somebody else as them',
      adult,
      { provisions: [store], signer: { ...self, person: 'p9' } },
      'somebody-else information p9',
    ],
    [
      'a guardian who is the person',
      child,
      { provisions: [store], signer: { ...parent, person: 'p1' }, voice: assents },
      'somebody-else information p1',
    ],
    ['a child alone', child, { provisions: [test1] }, 'too-young care p1, too-young information p1'],
    [
      'a guardian who did not hear the child',
      child,
      { provisions: [store], signer: parent },
      'not-heard information -',
    ],
    ['and did', child, { provisions: [store], signer: parent, voice: assents }, 'ok information'],
    [
      'a child who says no to care',
      child,
      { provisions: [test1], signer: parent, voice: { ...assents, said: 'refuses' } },
      'ok care information',
    ],
    [
      'a child who says no to a study',
      child,
      { provisions: [study], signer: parent, voice: { ...assents, said: 'refuses' } },
      'person-refuses research -',
    ],
    [
      'a child who cannot say',
      child,
      { provisions: [study], signer: parent, voice: { ...assents, said: 'not-able' } },
      'ok research information',
    ],
    [
      'heard on the day',
      child,
      { provisions: [store], signer: parent, voice: { ...assents, heardOn: day('2026-01-10') } },
      'ok information',
    ],
    [
      'heard the day after',
      child,
      { provisions: [store], signer: parent, voice: { ...assents, heardOn: day('2026-01-11') } },
      'not-heard information -',
    ],
    [
      'who signs beside the guardian was heard',
      child,
      { provisions: [store], signer: parent, coSigners: [self] },
      'ok information',
    ],
    [
      'a guardian for a youth',
      youth,
      { provisions: [test1], signer: parent, voice: assents },
      'person-decides information p2',
    ],
    ['a youth alone', youth, { provisions: [test1] }, 'too-young care p1'],
    ['both', youth, { provisions: [test1], signer: parent, coSigners: [self] }, 'ok care information'],
    [
      'both, the other way about',
      youth,
      { provisions: [test1], signer: self, coSigners: [parent], voice: assents },
      'ok care information',
    ],
    [
      'a study in France, one parent',
      child,
      { jurisdictions: ['EU', 'FR'], provisions: [study], signer: parent, voice: assents },
      'second-guardian-missing research -',
    ],
    [
      'the same one twice',
      child,
      { jurisdictions: ['FR'], provisions: [study], signer: parent, coSigners: [parent], voice: assents },
      'second-guardian-missing research -',
    ],
    [
      'both parents',
      child,
      {
        jurisdictions: ['EU', 'FR'],
        provisions: [study],
        signer: parent,
        coSigners: [second],
        voice: assents,
      },
      'ok research information',
    ],
    [
      'one for both',
      child,
      {
        jurisdictions: ['FR'],
        provisions: [study],
        signer: { ...parent, giver: 'both-guardians' },
        voice: assents,
      },
      'ok research information',
    ],
    [
      'a youth under two orders',
      youth,
      { jurisdictions: ['CN', 'US'], provisions: [store] },
      'too-young information p1',
    ],
  ]
  for (const [what, person, facts, expected] of table) assert.equal(check(person, facts), expected, what)
})

test('where France is named its own age for online services goes before that of the Union', () => {
  const provisions = [permit({ activities: ['use'], purposes: ['service'], categories: ['identity'] })]
  assert.equal(check(youth, { provisions, jurisdictions: ['EU'] }), 'too-young service p1')
  assert.equal(check(youth, { provisions, jurisdictions: ['EU', 'FR'] }), 'ok information service')
})

test('where two guardians disagree a person must decide; whoever has no say does not count', () => {
  const facts = { provisions: [store], signer: parent, voice: assents }
  assert.equal(check(child, facts, [second]), 'guardians-disagree information p3')
  assert.equal(check(child, facts, [{ ...second, authority: null }]), 'ok information')
  const ended = { ...second.authority!, until: day('2026-01-09') }
  assert.equal(check(child, facts, [{ ...second, authority: ended }]), 'ok information')
  assert.equal(check(adult, { provisions: [store] }, [second]), 'ok information')
})

test('of the dead only near relatives sign, for what they may ask', () => {
  const relative: Signer = {
    ...parent,
    grantor: 'relative',
    giver: 'near-relatives-of-deceased',
    relation: 'child',
  }
  const access = permit({
    activities: ['access-deceased'],
    categories: ['health'],
    purposes: ['family-interest'],
  })
  const dead = { ...adult, deceased: true }
  assert.equal(check(dead, { provisions: [access], signer: relative }), 'ok information')
  assert.equal(check(dead, { provisions: [store], signer: relative }), 'not-for-the-dead information p2')
  assert.equal(check(dead, { provisions: [access] }), 'subject-deceased information p1')
  const signedAt = instant('1990-05-19T10:00:00.000Z')
  assert.equal(check(adult, { provisions: [store], signer: parent, signedAt }), 'not-born information p2')
})
