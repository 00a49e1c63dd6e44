import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel'
import {
  agreement,
  day,
  instant,
  parent,
  permit,
  refuse,
  request,
  self,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import type { Agreement, Signer } from './agreement.ts'
import { compileAgreements } from './compile.ts'
import type { PersonFacts } from './decider.ts'
import { awaitedOf, draftUntil, isTheirs, joined } from './draft.ts'
import { evaluate } from './evaluate.ts'
import { givenConsents } from './givenConsents.ts'
import { outwardStateOf } from './outward.ts'
import { restsOf } from './reasking.ts'
import { stateOf } from './state.ts'

const born = (bornOn: string): PersonFacts => ({ bornOn: day(bornOn), capacity: null, deceased: false })
/** All on the day of the signature, 2026-01-10. */
const thirteen = born('2012-01-11')
const fourteen = born('2012-01-10')
const seventeen = born('2008-01-11')
const eighteen = born('2008-01-10')
const second: Signer = { ...parent, person: 'p3' }
const assents = { said: 'assents' as const, heardOn: day('2026-01-09') }

const genes = permit({
  item: 'genes',
  activities: ['test'],
  purposes: ['treatment'],
  categories: ['genetic'],
})
const keep = permit({ item: 'keep', activities: ['store'], purposes: ['quality'], categories: ['health'] })
const study = permit({
  item: 'study',
  activities: ['research'],
  purposes: ['research'],
  categories: ['health'],
})
const no = (one: Agreement['provisions'][number]) => ({ ...one, effect: 'refuse' as const })

const awaited = (person: PersonFacts, facts: Partial<Agreement>): string => {
  const found = awaitedOf(agreement({ provisions: [genes], ...facts }), { person, objections: [] })
  return found.ok ? found.value.join(' ') : [...new Set(found.error.map(({ code }) => code))].join(', ')
}

test('given who signed, when it is asked who must sign it too, then the law of who decides which matter answers', () => {
  const FR = { jurisdictions: ['FR' as const], provisions: [study], voice: assents }
  const table: [what: string, person: PersonFacts, facts: Partial<Agreement>, awaits: string][] = [
    ['a parent, the last day of 13', thirteen, { signer: parent, voice: assents }, ''],
    ['a parent, 14 today', fourteen, { signer: parent, voice: assents }, 'self'],
    ['a parent who asked nobody, 14 today', fourteen, { signer: parent }, 'self'],
    ['a parent who asked nobody, 13', thirteen, { signer: parent }, 'not-heard'],
    ['themself, the last day of 13', thirteen, {}, 'too-young'],
    ['themself, 14 today', fourteen, {}, 'guardian'],
    ['themself, the last day of 17', seventeen, {}, 'guardian'],
    ['themself, 18 today', eighteen, {}, ''],
    ['themself, information only, 14 today', fourteen, { provisions: [keep] }, ''],
    ['themself, a no, the last day of 13', thirteen, { provisions: [no(genes)] }, 'too-young'],
    ['a parent, 18 today', eighteen, { signer: parent, voice: assents }, 'person-decides'],
    [
      'a parent, information only, 14 today',
      fourteen,
      { signer: parent, provisions: [keep] },
      'person-decides',
    ],
    ['themself, a no', fourteen, { provisions: [no(genes)] }, ''],
    ['a parent, a no', fourteen, { signer: parent, provisions: [no(genes)], voice: assents }, ''],
    ['both', fourteen, { signer: parent, coSigners: [self] }, ''],
    ['an agent', fourteen, { signer: { ...parent, grantor: 'agent' } }, 'agent-for-a-child'],
    ['research in France, one parent of 13', thirteen, { ...FR, signer: parent }, 'second-guardian'],
    ['research in France, one parent of 14', fourteen, { ...FR, signer: parent }, 'self second-guardian'],
    ['both parents of 13', thirteen, { ...FR, signer: parent, coSigners: [second] }, ''],
    ['both parents of 14', fourteen, { ...FR, signer: parent, coSigners: [second] }, 'self'],
    [
      'one parent and themself',
      fourteen,
      { ...FR, signer: self, coSigners: [parent], voice: null },
      'second-guardian',
    ],
    [
      'research over their no',
      thirteen,
      { ...FR, signer: parent, voice: { ...assents, said: 'refuses' } },
      'person-refuses',
    ],
  ]
  for (const [what, person, facts, awaits] of table) assert.equal(awaited(person, facts), awaits, what)
})

test('given a choice, when it is asked whose it is, then those who decide some matter of it are named', () => {
  const table: [what: string, person: PersonFacts, signer: Signer, theirs: string][] = [
    ['a parent of 13', thirteen, parent, 'genes keep study'],
    ['themself at 13', thirteen, self, ''],
    ['a parent of 14', fourteen, parent, 'genes study'],
    ['themself at 14', fourteen, self, 'genes keep study'],
    ['a parent of 18', eighteen, parent, ''],
    ['somebody else in their name', eighteen, { ...self, person: 'p9' }, ''],
  ]
  for (const [what, person, signer, theirs] of table) {
    const asked = agreement({ signer, provisions: [genes, no(keep), study] })
    const mine = asked.provisions.filter((one) => isTheirs(asked, person, one))
    assert.equal(mine.map(({ item }) => item).join(' '), theirs, what)
  }
})

const draft = (facts: Partial<Agreement> = {}): Agreement =>
  agreement({ signer: parent, provisions: [genes], awaits: ['self'], ...facts })
const later = (facts: Partial<Agreement> = {}): Agreement =>
  agreement({
    ...{ id: 'a2', version: 2, supersedes: 'a1', provisions: [genes, keep] },
    ...{ signedAt: instant('2026-01-20T09:00:00.000Z'), from: day('2026-01-20') },
    ...facts,
  })

test('given a draft and a later signature, when both say the same of what both were asked, then they are one agreement', () => {
  const both = joined(later(), draft())!
  assert.deepEqual(
    both.provisions.map(({ item }) => item),
    ['genes', 'keep'],
  )
  assert.deepEqual([both.signer.person, both.signer.items], ['p1', ['genes', 'keep']])
  assert.deepEqual(both.coSigners, [
    { ...parent, items: ['genes'], signedAt: '2026-01-10T09:00:00.000Z', draft: 'a1' },
  ])
  const by = givenConsents(both, [], instant('2026-02-01'))
  assert.deepEqual(
    by.map(({ by, covers }) => `${by} ${covers.activities}`).sort(),
    ['guardian test', 'subject store', 'subject test'],
    'nobody consented to what they were not asked',
  )
  const others: [what: string, now: Agreement, before: Agreement][] = [
    ['another answer', later({ provisions: [no(genes), keep] }), draft()],
    ['another form', later({ read: { ...later().read, form: 'f2' } }), draft()],
    ['another version', later({ read: { ...later().read, formSha256: 'b'.repeat(64) as never } }), draft()],
    ['somebody else', later({ subject: 'p8' }), draft()],
    ['one that waits for nobody', later(), agreement({ signer: parent, provisions: [genes] })],
  ]
  for (const [what, now, before] of others) assert.equal(joined(now, before), undefined, what)
})

test('given two signatures of different strength, then both together are as strong as the weaker one', () => {
  const weak = draft({ forms: ['written', 'explicit'] })
  assert.deepEqual(joined(later(), weak)!.forms, ['written', 'explicit'])
})

test('given what a guardian wrote down, when the person signs, then their signature is their word', () => {
  const refused = draft({ voice: { said: 'refuses', heardOn: day('2026-01-10') } })
  assert.equal(joined(later(), refused)!.voice, null)
  assert.equal(joined(later({ signer: second }), refused)!.voice?.said, 'refuses')
  assert.equal(joined(later({ signer: second, voice: assents }), refused)!.voice?.said, 'assents')
})

test('given who signs again, then nobody stands beside themself', () => {
  assert.deepEqual(joined(later({ signer: parent }), draft())!.coSigners, [])
})

test('a draft waits 30 days from its oldest signature, and no longer than the papers of any who signed', () => {
  const papers = (until: string) => ({ ...parent.authority!, until: day(until) })
  const table: [what: string, facts: Partial<Agreement>, last: string][] = [
    ['nothing else', {}, '2026-02-09'],
    ['signed at the end of the day', { signedAt: instant('2026-01-10T23:59:59.999Z') }, '2026-02-09'],
    ['papers end sooner', { signer: { ...parent, authority: papers('2026-01-31') } }, '2026-01-31'],
    ['papers end later', { signer: { ...parent, authority: papers('2026-03-31') } }, '2026-02-09'],
    [
      'another signed before',
      { coSigners: [{ ...second, signedAt: instant('2026-01-05T09:00:00.000Z') }] },
      '2026-02-04',
    ],
    [
      'the papers of another end sooner',
      { coSigners: [{ ...second, authority: papers('2026-01-15') }] },
      '2026-01-15',
    ],
  ]
  for (const [what, facts, last] of table) {
    const one = draft(facts)
    assert.equal(draftUntil(one), last, what)
    const at = (on: string, time: string) => stateOf(one, [], instant(`${on}T${time}Z`))
    assert.equal(at(last, '23:59:59.999'), 'draft', what)
    assert.equal(at(addDays(day(last), 1), '00:00:00.000'), 'expired', what)
    assert.equal(outwardStateOf(one, [], day(last)), 'draft')
    assert.equal(outwardStateOf(one, [], addDays(day(last), 1)), 'expired')
  }
})

test('given a draft, whatever happens and whenever it is asked, then it permits nothing, obliges to nothing and is no consent', () => {
  const one = draft({
    provisions: [
      permit({ item: 'all', obligations: [{ code: 'pseudonymise' }] }),
      refuse({ item: 'not', activities: ['publish'] }),
    ],
  })
  const events = fc.constantFrom([], [withdrawn('2026-01-12', ['all'])], [withdrawn('2026-01-12')])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), events, (days, events) => {
      const at = instant(addDays(day('2026-01-10'), days + 1))
      const recorded = [{ agreement: one, events }]
      const answer = evaluate(recorded, request({ activity: 'use' }), at)
      assert.notEqual(answer.decision, 'permit')
      assert.deepEqual(answer.obligations, [])
      assert.deepEqual(compileAgreements(recorded)(request({ activity: 'use' }), at), answer)
      assert.deepEqual(givenConsents(one, events, at), [])
      // Its no binds from its signature on, also when the draft is over.
      assert.equal(evaluate(recorded, request({ activity: 'publish' }), at).decision, 'refuse')
    }),
  )
})

test('what a guardian and the person signed together rests at majority, as what the guardian signed', () => {
  const both = joined(later(), draft())!
  assert.deepEqual(
    restsOf(both, fourteen, null).map(({ at }) => at),
    ['2030-01-10T00:00:00.000Z'],
  )
})
