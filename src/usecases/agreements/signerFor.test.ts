import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../test/consent/agreements.ts'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { signerFor } from './signerFor.ts'

const from = { subject: { id: 'child' } } as unknown as Case
const papers = {
  kind: 'parent',
  evidence: 'birth certificate',
  from: '2020-01-01T00:00:00.000Z',
  until: '2027-01-01T00:00:00.000Z',
}
const parent = {
  ...{ kind: 'account', account: 'a1', name: 'P', method: 'code', role: 'representative' },
  ...{ relation: 'represents', organisation: null, actingFor: 'child', through: null, papers },
}

test('given who asks and on which papers, when they would sign, then in their standing or not at all', () => {
  const table: [what: string, facts: object, at: string, expected: string][] = [
    ['a parent', {}, '2026-01-01', 'guardian guardian parent 2026-12-31'],
    [
      'a mandate',
      { papers: { ...papers, kind: 'mandate' } },
      '2026-01-01',
      'agent authorised-agent agent 2026-12-31',
    ],
    [
      'a court',
      { papers: { ...papers, kind: 'court-order' } },
      '2026-01-01',
      'guardian guardian guardian 2026-12-31',
    ],
    ['the first instant', {}, '2020-01-01', 'guardian guardian parent 2026-12-31'],
    ['the instant before', {}, '2019-12-31T23:59:59.999Z', 'consent.papers-not-begun'],
    ['the last instant', {}, '2026-12-31T23:59:59.999Z', 'guardian guardian parent 2026-12-31'],
    ['the end', {}, '2027-01-01', 'consent.papers-ended'],
    ['no papers', { papers: undefined }, '2026-01-01', 'consent.papers-unknown'],
    ['for somebody else', { actingFor: 'other' }, '2026-01-01', 'consent.somebody-else'],
    ['who looks after them', { relation: 'care' }, '2026-01-01', 'consent.by-person'],
    ['an application', { through: { client: 'c', name: 'C' } }, '2026-01-01', 'consent.by-person'],
    ['a program', { method: 'assertion' }, '2026-01-01', 'consent.by-person'],
    ['the operator', { kind: 'operator' }, '2026-01-01', 'consent.by-person'],
  ]
  for (const [what, facts, at, expected] of table) {
    const signer = signerFor({ ...parent, ...facts } as unknown as ActedBy, from, instant(at))
    assert.equal(
      signer.ok
        ? [
            signer.value.grantor,
            signer.value.giver,
            signer.value.relation,
            signer.value.authority?.until,
          ].join(' ')
        : signer.error,
      expected,
      what,
    )
  }
})
