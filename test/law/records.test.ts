import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  careConsent,
  dataConsent,
  grown,
  isPermit,
  operation,
  partiesFor,
  rule,
  surgery,
} from './situations.ts'

const record = { categories: ['health'], identifiability: 'identified', persons: 1, record: 'inpatient' }
const company = {
  id: 'app',
  kind: 'company',
  country: 'CN',
  foreignControlled: false,
  role: 'handler',
  ciio: false,
}
const dead = { ...grown, conscious: false, deceased: true, wishes: { directive: 'none' } }

test('who may have the record of a dead patient, by the day', () => {
  const table: [day: string, by: string, outcome: string, norm: string | undefined][] = [
    ['2013-12-31', 'child', 'refer', undefined],
    ['2014-01-01', 'child', 'permit-with-duties', 'CN-MRM-2013-17'],
    ['2014-01-01', 'agent', 'permit-with-duties', 'CN-MRM-2013-17'],
    ['2014-01-01', 'friend', 'deny', 'CN-MRM-2013-17'],
    ['2018-10-01', 'sibling', 'permit-with-duties', 'CN-MDPR-16'],
    ['2018-10-01', 'agent', 'deny', 'CN-MDPR-16'],
    ['2026-11-24', 'friend', 'deny', 'CN-MDPR-16'],
  ]
  for (const [at, by, outcome, norm] of table) {
    const request = { right: 'deceased-access', by, refused: false }
    const ruling = rule({
      at,
      activity: 'access-deceased',
      purpose: 'family-interest',
      data: record,
      subject: dead,
      request,
    })
    assert.equal(ruling.outcome, outcome, `${at} ${by}`)
    if (norm !== undefined) assert.ok(ruling.norms.includes(norm), `${at} ${by}`)
  }
})

test('what a dead person kept to herself is given away by her relatives only, or by her own word in life', () => {
  const publish = (at: string, consents: object[]) =>
    rule({ at, activity: 'publish', purpose: 'education', data: record, subject: dead, consents })
  const covers = { activities: ['publish'], purposes: ['education'], categories: ['health'] }
  const given = (by: string) => ({ by, forms: ['written'], covers, withdrawnOn: null, bundled: false })
  assert.deepEqual(partiesFor(publish('2021-01-01', []), 'publication'), ['near-relatives-of-deceased'])
  assert.equal(publish('2021-01-01', []).outcome, 'deny')
  assert.equal(publish('2021-01-01', [given('near-relatives-of-deceased')]).outcome, 'refer')
  assert.equal(publish('2021-01-01', [given('subject')]).outcome, 'refer')
})

test('a mental patient may be refused her record only where reading it would harm the treatment', () => {
  const table: [day: string, reasonGiven: string, mentalPatient: boolean, outcome: string][] = [
    ['2013-05-01', 'harmful-to-treatment', true, 'permit'],
    ['2013-04-30', 'harmful-to-treatment', true, 'deny'],
    ['2019-06-01', 'harmful-to-treatment', true, 'permit'],
    ['2019-06-01', 'harmful-to-treatment', false, 'deny'],
    ['2019-06-01', 'other', true, 'deny'],
    ['2021-06-01', 'harmful-to-treatment', true, 'permit'],
  ]
  for (const [at, reasonGiven, mentalPatient, outcome] of table) {
    const ruling = rule({
      at,
      activity: 'access-own',
      data: record,
      subject: { ...grown, mentalPatient },
      request: { right: 'access', by: 'self', extent: 'listed-records', refused: true, reasonGiven },
    })
    assert.equal(ruling.outcome.replace('-with-duties', ''), outcome, `${at} ${reasonGiven} ${mentalPatient}`)
  }
})

test('nobody looks into records from curiosity since 2014, and for research only with leave', () => {
  const look = (at: string, purpose: string, more: object = {}) =>
    rule({
      at,
      activity: 'use',
      purpose,
      data: record,
      actor: { ...company, kind: 'physician', careTeam: false },
      ...more,
    })
  assert.notEqual(look('2013-12-31', 'personal-curiosity').outcome, 'deny')
  assert.equal(look('2014-01-01', 'personal-curiosity').outcome, 'deny')
  assert.equal(look('2014-01-01', 'research').outcome, 'deny')
  const approvals = [{ kind: 'ethics-review', outcome: 'granted' }]
  assert.notEqual(look('2014-01-01', 'research', { approvals }).outcome, 'deny')
})

test('the first day of smaller rules', () => {
  const erase = {
    activity: 'delete',
    actor: company,
    data: { categories: ['identity'], identifiability: 'identified' },
    subject: { ...grown, age: 12, capacity: 'limited' },
    request: { right: 'delete', by: 'parent', refused: true, reasonGiven: 'none' },
    holdings: [],
  }
  const published = {
    activity: 'use',
    purpose: 'service',
    actor: company,
    necessity: ['self-published'],
    data: { categories: ['identity'], identifiability: 'identified' },
  }
  const outbreak = {
    activity: 'use',
    purpose: 'insurance',
    necessity: ['statutory-duty'],
    actor: { ...company, kind: 'state-organ' },
    data: { categories: ['health'], identifiability: 'identified', collectedFor: 'public-health' },
  }
  const server = { activity: 'store', data: record, recipient: { ...company, country: 'US' } }
  const table: [facts: object, lastDay: string, before: boolean, firstDay: string, from: boolean][] = [
    [erase, '2021-05-31', false, '2021-06-01', true],
    [published, '2020-12-31', true, '2021-01-01', false],
    [outbreak, '2025-08-31', false, '2025-09-01', true],
    [server, '2014-05-04', false, '2014-05-05', true],
  ]
  for (const [facts, lastDay, before, firstDay, from] of table) {
    assert.equal(rule({ at: lastDay, ...facts }).outcome === 'deny', before, lastDay)
    assert.equal(rule({ at: firstDay, ...facts }).outcome === 'deny', from, firstDay)
  }
  const consents = [
    dataConsent({ covers: { activities: ['use'], purposes: ['insurance'], categories: ['health'] } }),
  ]
  assert.ok(isPermit(rule({ at: '2025-09-01', ...outbreak, consents })), 'with her own consent')
})

test('her own word goes before that of her family when she is pregnant, since 2023-01-01', () => {
  const facts = {
    subject: { ...grown, pregnant: true, tellingInadvisable: true },
    intervention: surgery,
    representatives: [{ relation: 'spouse', reachable: true, consents: 'yes' }],
    consents: [careConsent({ by: 'near-relative', relation: 'spouse' })],
  }
  assert.equal(rule(operation('2022-12-31', facts)).outcome, 'permit-with-duties')
  assert.equal(rule(operation('2023-01-01', facts)).outcome, 'deny')
  const unconscious = { ...facts, subject: { ...grown, pregnant: true, conscious: false } }
  assert.ok(isPermit(rule(operation('2023-01-01', unconscious))), 'who cannot speak is spoken for')
})

test('living tissue is given in writing by one of full capacity, a dead donor is spoken for by three together', () => {
  const give = (facts: object) =>
    rule({
      at: '2022-06-01',
      activity: 'collect',
      purpose: 'product-development',
      data: { categories: ['biospecimen'], identifiability: 'identified', keySamples: false },
      ...facts,
    })
  assert.deepEqual(partiesFor(give({}), 'donation'), ['subject'])
  assert.deepEqual(partiesFor(give({ subject: dead }), 'donation'), ['spouse-adult-children-parents'])
  const child = give({ subject: { ...grown, age: 12, capacity: 'limited' } })
  assert.ok(child.forbiddenBy.some(({ norm }) => norm === 'CN-CC-1006'))
  const refused = give({ subject: { ...dead, wishes: { refuses: true } } })
  assert.ok(refused.forbiddenBy.some(({ norm }) => norm === 'CN-CC-1006'))
})
