import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataConsent, formsOf, grown, partiesFor, rule } from './situations.ts'

const granted = (...kinds: string[]) => kinds.map((kind) => ({ kind, outcome: 'granted' }))
const clinic = { id: 'chu', kind: 'medical-institution', country: 'FR', foreignControlled: false }
const french = (facts: object) =>
  rule({ jurisdictions: ['FR'], actor: { ...clinic, role: 'handler' }, ...facts })

test('who approves a bank of samples, by the day: nobody, the science ministry, the health commission', () => {
  const table: [day: string, authority: string | undefined, norms: string[]][] = [
    ['2019-06-30', undefined, []],
    ['2019-07-01', 'CN-MOST', ['CN-HGR-2019-14']],
    ['2021-04-15', 'CN-MOST', ['CN-BSL-2020-56', 'CN-HGR-2019-14']],
    ['2024-04-25', 'CN-MOST', ['CN-BSL-2020-56', 'CN-HGR-2019-14']],
    ['2024-04-26', 'CN-NHC', ['CN-BSL-2024-56', 'CN-HGR-2019-14']],
    ['2024-05-01', 'CN-NHC', ['CN-BSL-2024-56', 'CN-HGR-2024-14']],
  ]
  for (const [day, authority, norms] of table) {
    const ruling = rule({
      at: day,
      activity: 'store',
      purpose: 'research',
      data: { categories: ['biospecimen'], identifiability: 'anonymised', persons: 20, keySamples: false },
      actor: {
        id: 'bank',
        kind: 'biobank',
        country: 'CN',
        foreignControlled: false,
        role: 'handler',
        ciio: false,
      },
    })
    const duty = ruling.duties.find(({ code }) => code === 'hgr-bank-approval')
    assert.equal(duty?.authority, authority, day)
    assert.deepEqual([...(duty?.norms ?? [])].sort(), norms, day)
  }
})

test('where French law puts the paper on informing relatives, by the day', () => {
  const table: [day: string, norms: string[]][] = [
    ['2011-07-08', []],
    ['2011-07-09', ['FR-CSP-L1131-1-2']],
    ['2021-08-03', ['FR-CSP-L1131-1-2']],
    ['2021-08-04', ['FR-CSP-L1131-1']],
  ]
  const intervention = { kind: 'germline-genetic-test', experimental: false, risk: 'low' }
  for (const [at, norms] of table) {
    const ruling = french({ at, activity: 'test', data: { categories: ['genetic'] }, intervention })
    const duty = ruling.duties.find(({ code }) => code === 'written-family-information-document')
    assert.deepEqual(duty?.norms ?? [], norms, at)
  }
})

test('a minor consents to an online service alone from 15 on', () => {
  const service = (age: number) =>
    partiesFor(
      french({
        at: '2026-06-01',
        activity: 'use',
        purpose: 'service',
        data: { categories: ['health'], identifiability: 'identified' },
        subject: { ...grown, age, capacity: 'limited' },
      }),
      'personal-information',
    )
  assert.deepEqual([13, 14, 15].map(service), [['guardian'], ['guardian', 'subject'], ['subject']])
})

test('research on records goes on unless the person objects; who consented has not objected', () => {
  const study = (consents: object[]) =>
    french({
      at: '2026-06-01',
      activity: 'research',
      purpose: 'research',
      data: { categories: ['health'], identifiability: 'identified' },
      necessity: ['public-health-emergency'],
      approvals: granted('cpp', 'cnil'),
      consents,
    })
  const covers = { activities: ['research'], purposes: ['research'], categories: ['health'] }
  assert.deepEqual(formsOf(study([]), 'subject', 'research'), ['non-opposition'])
  for (const form of ['non-opposition', 'explicit', 'written'])
    assert.equal(
      study([dataConsent({ forms: [form] as never, covers: covers as never })]).outcome,
      'permit-with-duties',
    )
  assert.equal(study([]).outcome, 'deny')
})
