import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreement,
  day,
  instant,
  parent,
  permit,
  refuse,
  self,
  sha,
} from '../../../test/consent/agreements.ts'
import type { Agreement, Attendant } from './agreement.ts'
import { attended, awaitedParts, checkHindrance, confirmed, statementOf } from './attendance.ts'
import { draftUntil, joined } from './draft.ts'
import { givenConsents } from './givenConsents.ts'
import { stateOf } from './state.ts'

const witness: Attendant = { part: 'witness', person: 'w', attends: 'a1' }
const interpreter: Attendant = { part: 'interpreter', person: 'i', attends: 'a1' }
const genes = permit({
  item: 'genes',
  activities: ['test'],
  purposes: ['treatment'],
  categories: ['genetic'],
})
/** Signed on 2026-01-10; waits for these. */
const draft = (attendants: Attendant[], awaits: Agreement['awaits']): Agreement =>
  agreement({ provisions: [genes], attendants, awaits: awaits! })
const at = instant('2026-01-20T08:00:00.000Z')
const confirm = (one: Agreement, index: number) => confirmed(one, one.attendants![index]!, { id: 'c1', at })

test('given who stands by, when one of them confirms, then it waits for the others, or counts from then', () => {
  const table: [what: string, one: Agreement, index: number, awaits: string, state: string][] = [
    ['a witness alone', draft([witness], ['witness']), 0, '', 'given'],
    [
      'of two the witness',
      draft([witness, interpreter], ['witness', 'interpreter']),
      0,
      'interpreter',
      'draft',
    ],
    [
      'of two the interpreter',
      draft([witness, interpreter], ['witness', 'interpreter']),
      1,
      'witness',
      'draft',
    ],
    [
      'one of two witnesses',
      draft([witness, { ...witness, person: 'v', attends: 'a0' }], ['witness']),
      1,
      'witness',
      'draft',
    ],
    ['a witness, where the person must sign too', draft([witness], ['self', 'witness']), 0, 'self', 'draft'],
  ]
  for (const [what, one, index, awaits, state] of table) {
    const done = confirm(one, index)
    assert.equal((done.awaits ?? []).join(' '), awaits, what)
    assert.equal(stateOf(done, [], at), state, what)
    assert.equal(givenConsents(done, [], at).length > 0, state === 'given', what)
    assert.deepEqual(givenConsents(one, [], at), [], `${what}: nothing before`)
    assert.deepEqual(done.attendants![index], { ...one.attendants![index], confirmedAt: at, act: 'c1' })
  }
})

test('what was confirmed names the draft, keeps each signature with its instant, and counts from the confirmation', () => {
  const one = {
    ...draft([witness], ['witness']),
    coSigners: [{ ...parent, signedAt: instant('2026-01-09'), draft: 'a0' }],
  }
  const { signer, coSigners, signedAt, from, supersedes, version, ...rest } = confirm(one, 0)
  assert.deepEqual([signedAt, from, supersedes, version, rest.witness], [at, day('2026-01-20'), 'a1', 2, 'w'])
  assert.deepEqual([signer.signedAt, signer.draft], [one.signedAt, 'a1'])
  assert.deepEqual(coSigners, one.coSigners)
})

test('thirty days run from the oldest signature, also after somebody has confirmed', () => {
  const half = confirm(draft([witness, interpreter], ['witness', 'interpreter']), 0)
  assert.equal(draftUntil(half), '2026-02-09')
  assert.deepEqual(
    ['2026-02-09T23:59:59.999Z', '2026-02-10'].map((when) => stateOf(half, [], instant(when))),
    ['draft', 'expired'],
  )
  const ends = { document: sha('a'), from: day('2000-01-01'), until: day('2026-01-25') }
  assert.equal(draftUntil({ ...half, signer: { ...parent, authority: ends } }), '2026-01-25')
})

test('a second signature takes the witness of the first with it', () => {
  const first = { ...draft([witness], ['self', 'witness']), signer: { ...parent, person: 'p2' } }
  const second = agreement({ id: 'a2', signedAt: at, provisions: [genes], signer: self, supersedes: 'a1' })
  const both = joined(attended(second, [{ ...witness, person: 'v', attends: 'a2' }]), first)!
  assert.deepEqual(
    both.attendants?.map(({ person, attends }) => `${person} ${attends}`),
    ['w a1', 'v a2'],
  )
  assert.deepEqual(awaitedParts(both), ['witness'])
  const after = joined(second, confirm(first, 0))!
  assert.deepEqual([awaitedParts(after), after.witness], [[], 'w'])
  assert.deepEqual(
    after.coSigners.map(({ person, signedAt, draft: of }) => [person, signedAt, of]),
    [['p2', first.signedAt, 'a1']],
    'the guardian signed when they did, and not when the witness confirmed',
  )
})

test('a no is attended by nobody; a yes with a no beside it is', () => {
  const no = refuse({ item: 'genes' })
  assert.equal(attended(agreement({ provisions: [no] }), [witness]).attendants, undefined)
  assert.deepEqual(attended(agreement({ provisions: [no, genes] }), [witness]).attendants, [witness])
})

test('what keeps somebody from reading is said in plain words', () => {
  for (const [words, is] of [
    ['Never learned it.', true],
    ['  ', false],
    ['<b>', false],
    ['x'.repeat(500), true],
    ['x'.repeat(501), false],
  ] as const)
    assert.equal(checkHindrance({ because: 'cannot-read', words }).ok, is, words.slice(0, 9))
  assert.ok(checkHindrance(undefined).ok)
})

test('a statement says into which language, in both languages', () => {
  const { en, zh } = statementOf('interpreter', 'Yi')
  assert.ok(en.includes('Yi') && zh.includes('Yi'))
  assert.notEqual(statementOf('witness', null).en, en)
})
