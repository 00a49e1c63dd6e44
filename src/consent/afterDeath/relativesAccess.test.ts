import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreement,
  instant,
  parent,
  permit,
  refuse,
  superseded,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import type { Agreement, AgreementEvent, Provision, Signer } from '../agreement/agreement.ts'
import type { RecordedAgreement } from '../agreement/standingClause.ts'
import { withDeath } from './afterDeath.ts'
import {
  accessOfRelatives,
  anyRelative,
  relativeKey,
  relativesDisagree,
  saidOfRelatives,
} from './relativesAccess.ts'

const now = instant('2026-06-02')
const ada = { name: 'Ada Li', relation: 'child' } as const
const item = { item: 'relatives-look', activities: ['access-deceased' as const] }
const asked = { relative: ada, purpose: 'family-interest', categories: ['health'] } as const
const mayLook = (facts: Partial<Provision> = {}) =>
  permit({ ...item, purposes: ['family-interest'], categories: ['health'], parties: [anyRelative], ...facts })
const named = (name: string, relation: 'child' | 'sibling' = 'child') =>
  mayLook({ parties: [{ kind: 'person', id: relativeKey({ name, relation }) }] })
const noLook = refuse({ ...item, purposes: ['family-interest'], categories: ['health'] })
const said = (
  provisions: Provision[],
  facts: Partial<Agreement> = {},
  events: AgreementEvent[] = [],
): RecordedAgreement => ({ agreement: agreement({ provisions, ...facts }), events })
const again = { id: 'a2', version: 2, supersedes: 'a1', signedAt: instant('2026-03-01') }

test('given what was said in life, then whether a relative may look', () => {
  const table: [given: string, recorded: RecordedAgreement[], is: string, page: string][] = [
    ['nothing', [], 'not-said', 'not-said'],
    ['all near relatives', [said([mayLook()])], 'allowed', 'all'],
    ['this one', [said([named('Ada Li')])], 'allowed', 'named'],
    ['this one, in other letters', [said([named('  ＡＤＡ  li ')])], 'allowed', 'named'],
    ['another one', [said([named('Bo Li')])], 'others', 'named'],
    ['one of that name in another relation', [said([named('Ada Li', 'sibling')])], 'others', 'named'],
    ['for another reason', [said([mayLook({ purposes: ['litigation'] })])], 'others', 'all'],
    ['nobody', [said([noLook])], 'forbidden', 'nobody'],
    [
      'a yes, taken back',
      [said([mayLook()], {}, [withdrawn('2026-05-01', [item.item])])],
      'forbidden',
      'nobody',
    ],
    ['a yes that somebody else signed', [said([mayLook()], { signer: parent })], 'not-said', 'not-said'],
    ['a no that somebody else signed', [said([noLook], { signer: parent })], 'forbidden', 'nobody'],
    ['a broad yes', [said([permit({})])], 'not-said', 'not-said'],
    ['a yes to all that is not refused', [said([], { base: 'permit' })], 'not-said', 'not-said'],
    [
      'a no, and later this one',
      [said([noLook], {}, [superseded('2026-03-01')]), said([named('Ada Li')], again)],
      'allowed',
      'named',
    ],
    [
      'all, and later nobody',
      [said([mayLook()], {}, [superseded('2026-03-01')]), said([noLook], again)],
      'forbidden',
      'nobody',
    ],
  ]
  for (const [given, recorded, is, page] of table) {
    // What somebody said of the time after death does not rest with it.
    const after = withDeath(recorded, { at: instant('2026-06-01') })
    assert.equal(accessOfRelatives(after, asked, now), is, given)
    assert.equal(saidOfRelatives(recorded, now).who, page, given)
  }
})

const relative = (person: string): Signer => ({
  ...{ grantor: 'relative', giver: 'near-relatives-of-deceased', relation: 'child', person },
  authority: null,
})
const word = (effect: 'permit' | 'refuse', facts: Partial<Agreement> & { id: string }, who = 'r1') =>
  said([permit({ ...item, effect })], { signer: relative(who), ...facts })

test('relatives disagree from the instant on which one of them says so, until that one takes it back', () => {
  const no = { id: 'o1', signedAt: instant('2026-06-01') }
  const back = { id: 'o2', supersedes: 'o1', signedAt: instant('2026-06-03') }
  const replaced = { ...word('refuse', no), events: [superseded('2026-06-03', 'o2')] }
  const table: [given: string, recorded: RecordedAgreement[], at: string, is: boolean][] = [
    ['nobody', [], '2026-06-02', false],
    ['a moment before', [word('refuse', no)], '2026-05-31T23:59:59.999Z', false],
    ['that instant', [word('refuse', no)], '2026-06-01', true],
    ['a moment before it is taken back', [replaced, word('permit', back)], '2026-06-02T23:59:59.999Z', true],
    ['taken back', [replaced, word('permit', back)], '2026-06-03', false],
    [
      'another one says yes',
      [word('refuse', no), word('permit', { ...back, supersedes: null }, 'r2')],
      '2026-06-04',
      true,
    ],
    ['the person said no', [said([noLook])], '2026-06-02', false],
  ]
  for (const [given, recorded, at, is] of table) {
    const after = withDeath(recorded, { at: instant('2026-05-01') })
    assert.equal(relativesDisagree(after, instant(at)), is, given)
  }
})
