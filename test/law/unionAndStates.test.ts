import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rule } from './situations.ts'

const day = '2026-11-24'
const genomes = (more: object = {}) => ({ categories: ['genetic'], identifiability: 'identified', ...more })
const given = (activity: string, recipient: string, more: object = {}) => ({
  by: 'subject',
  forms: ['written', 'signed', 'explicit', 'separate'],
  covers: {
    activities: [activity],
    purposes: ['research'],
    categories: ['genetic'],
    recipients: [recipient],
    abroad: true,
  },
  told: [],
  withdrawnOn: null,
  bundled: false,
  ...more,
})

test('genomes of more than a hundred persons stay out of covered hands from 2025-04-08 on', () => {
  const table: [at: string, usPersons: number, recipient: object, outcome: string][] = [
    ['2025-04-07', 500, { country: 'CN' }, 'refer'],
    ['2025-04-08', 100, { country: 'CN' }, 'refer'],
    ['2025-04-08', 101, { country: 'CN' }, 'deny'],
    [day, 101, { country: 'US', coveredPerson: true }, 'deny'],
    [day, 101, { country: 'DE', coveredPerson: false }, 'refer'],
  ]
  for (const [at, usPersons, recipient, outcome] of table) {
    const data = genomes({ usPersons, identifiability: 'de-identified' })
    const facts = { at, jurisdictions: ['US'], activity: 'transfer-abroad', purpose: 'research', data }
    assert.equal(rule({ ...facts, recipient: { id: 'them', ...recipient } }).outcome, outcome)
  }
})

test('a transfer out of the Union has one of its grounds; China was never found adequate', () => {
  const granted = (kind: string) => ({ approvals: [{ kind, outcome: 'granted' }] })
  const table: [country: string, facts: object, permitted: boolean, cited: string][] = [
    ['US', {}, false, 'EU-GDPR-46'],
    ['US', granted('gdpr-safeguards'), true, 'EU-GDPR-46'],
    ['US', granted('adequacy'), true, 'EU-GDPR-45'],
    ['CN', granted('adequacy'), false, 'EU-GDPR-44'],
    ['US', { consents: [given('transfer-abroad', 'them', { told: ['transfer'] })] }, true, 'EU-GDPR-49'],
    ['NO', {}, true, 'EU-GDPR-9-1'],
  ]
  for (const [country, facts, permitted, cited] of table) {
    const ruling = rule({
      at: day,
      jurisdictions: ['EU'],
      activity: 'transfer-abroad',
      purpose: 'research',
      data: genomes(),
      recipient: { id: 'them', kind: 'research-institution', country },
      consents: [given('transfer-abroad', 'them')],
      ...facts,
    })
    assert.equal(ruling.outcome.startsWith('permit'), permitted, `${country} ${JSON.stringify(facts)}`)
    assert.ok(ruling.norms.includes(cited), `${country} ${cited}`)
  }
})

test('who permits research with a child: one parent, or both beyond minimal risk without benefit', () => {
  const parents = (...reachable: boolean[]) =>
    reachable.map((one) => ({ relation: 'parent', reachable: one }))
  const trial = (risk: string) => ({ kind: 'drug-trial', experimental: true, risk })
  const table: [age: number, facts: object, both: boolean, permitted: boolean][] = [
    [17, { intervention: null }, false, true],
    [17, { intervention: trial('low') }, false, true],
    [17, { intervention: trial('high') }, true, false],
    [17, { intervention: trial('high'), representatives: parents(true, true) }, true, false],
    [17, { intervention: trial('high'), representatives: parents(true, false) }, false, true],
    [17, { intervention: trial('high'), representatives: parents(true) }, false, true],
    [18, { intervention: trial('high') }, false, false],
  ]
  for (const [age, facts, both, permitted] of table) {
    const ruling = rule({
      at: day,
      jurisdictions: ['US'],
      activity: 'research',
      purpose: 'research',
      data: genomes(),
      subject: { age, capacity: age < 18 ? 'limited' : 'full', conscious: true, wishes: { assents: true } },
      approvals: [{ kind: 'irb', outcome: 'granted' }],
      consents: [given('research', 'none', { by: 'guardian' })],
      ...facts,
    })
    const asked = ruling.whoMustConsent.map(({ party }) => party)
    assert.equal(asked.includes('both-guardians'), both, JSON.stringify([age, facts]))
    assert.equal(ruling.outcome.startsWith('permit'), permitted, JSON.stringify([age, facts]))
  }
})

test('opting out of secondary use binds from 2029-03-26 on', () => {
  const table: [at: string, outcome: string][] = [
    ['2029-03-25', 'permit-with-duties'],
    ['2029-03-26', 'deny'],
  ]
  for (const [at, outcome] of table) {
    const facts = { at, jurisdictions: ['EU'], activity: 'use', purpose: 'research' }
    const data = genomes({ collectedFor: 'treatment' })
    const request = { right: 'opt-out-secondary-use', by: 'self', refused: false }
    assert.equal(rule({ ...facts, data, request, consents: [given('use', 'none')] }).outcome, outcome, at)
  }
})
