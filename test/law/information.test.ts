import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  careConsent,
  dataConsent,
  formsOf,
  geneticUse,
  grown,
  isPermit,
  operation,
  partiesFor,
  rule,
} from './situations.ts'

const day = '2026-11-24'
const covers = {
  activities: ['use'],
  purposes: ['treatment'],
  categories: ['genetic'],
  recipients: [],
  abroad: false,
}

test('a consent covers an act by activity, purpose and category, or not at all', () => {
  const table: [given: object, outcome: string][] = [
    [{}, 'permit'],
    [{ covers: { ...covers, activities: ['test'] } }, 'deny'],
    [{ covers: { ...covers, purposes: ['research'] } }, 'deny'],
    [{ covers: { ...covers, categories: ['health'] } }, 'deny'],
    [{ covers: { activities: ['use'], purposes: ['treatment'] } }, 'unknown-facts'],
    [{ covers: undefined }, 'unknown-facts'],
    [{ forms: ['explicit'] }, 'deny'],
    [{ forms: ['written', 'signed'] }, 'deny'],
    [{ forms: ['separate'] }, 'permit'],
    [{ forms: ['separate', 'blanket'] }, 'deny'],
    [{ bundled: true }, 'deny'],
    [{ by: 'near-relative', relation: 'spouse' }, 'deny'],
    [{ on: '2026-11-25' }, 'deny'],
    [{ on: day }, 'permit'],
  ]
  for (const [given, outcome] of table) {
    const consent = Object.fromEntries(
      Object.entries({ ...dataConsent(), ...given }).filter(([, value]) => value !== undefined),
    )
    const ruling = rule(geneticUse(day, { consents: [consent] }))
    assert.equal(ruling.outcome.replace('-with-duties', ''), outcome, JSON.stringify(given))
  }
})

test('several consents together cover several kinds of data, each by itself only its own', () => {
  const data = {
    categories: ['genetic', 'health', 'biospecimen'],
    identifiability: 'identified',
    persons: 1,
    keySamples: false,
  }
  const to = (...categories: string[]) => dataConsent({ covers: { ...covers, categories } as never })
  const table: [consents: object[], outcome: string][] = [
    [[to('genetic', 'health')], 'permit-with-duties'],
    [[to('genetic'), to('health')], 'permit-with-duties'],
    [[to('genetic')], 'deny'],
    [[to('biospecimen')], 'deny'],
    [[to('genetic'), { ...to('health'), withdrawnOn: day }], 'deny'],
  ]
  for (const [consents, outcome] of table)
    assert.equal(rule(geneticUse(day, { data, consents })).outcome, outcome)
})

test('who refuses has not consented, whatever was signed', () => {
  const subject = { ...grown, wishes: { refuses: true } }
  assert.equal(rule(geneticUse(day, { subject, consents: [dataConsent()] })).outcome, 'deny')
  assert.equal(rule(operation(day, { subject, consents: [careConsent()] })).outcome, 'deny')
  const emergency = { lifeThreatening: true, consentObtainable: false, approver: 'head-or-authorised-person' }
  assert.equal(rule(operation(day, { subject, emergency, purpose: 'emergency' })).outcome, 'deny')
})

test('Union law alone does not reach care, and silence on care is not leave', () => {
  const facts = {
    ...operation(day, {
      consents: [
        careConsent({ covers: { activities: ['treat'], purposes: ['treatment'], categories: ['health'] } }),
      ],
    }),
    data: { categories: ['health'], identifiability: 'identified' },
    necessity: ['medical-diagnosis'],
  }
  assert.equal(rule({ ...facts, jurisdictions: ['EU'] }).outcome, 'refer')
  assert.match(rule({ ...facts, jurisdictions: ['FR'] }).outcome, /^permit/)
})

test('a word given below 14 is no consent for information later, also when only the dates tell', () => {
  const { age: _, ...undated } = grown
  const subject = { ...undated, bornOn: '2006-05-10' }
  const table: [on: string, outcome: string][] = [
    ['2020-05-09', 'deny'],
    ['2020-05-10', 'permit-with-duties'],
  ]
  for (const [on, outcome] of table)
    assert.equal(
      rule(geneticUse(day, { subject, consents: [dataConsent({ on: on as never })] })).outcome,
      outcome,
      on,
    )
})

test('a withdrawal bites on its own day', () => {
  const table: [withdrawnOn: string | null | undefined, outcome: string][] = [
    [null, 'permit-with-duties'],
    ['2026-11-25', 'permit-with-duties'],
    ['2026-11-24', 'deny'],
    ['2026-11-23', 'deny'],
    [undefined, 'unknown-facts'],
  ]
  for (const [withdrawnOn, outcome] of table) {
    const { withdrawnOn: _, ...rest } = dataConsent({ on: '2026-01-01' as never })
    const consents = [withdrawnOn === undefined ? rest : { ...rest, withdrawnOn }]
    assert.equal(rule(geneticUse(day, { consents })).outcome, outcome, String(withdrawnOn))
  }
})

test('unknown consents are asked for, no consent is a no', () => {
  const { consents: _, ...unknown } = geneticUse(day, { consents: [] }) as { consents: unknown }
  const ruling = rule({ ...unknown, consents: undefined })
  assert.deepEqual([ruling.outcome, ruling.factsNeeded], ['unknown-facts', ['consents']])
  assert.equal(rule(geneticUse(day)).outcome, 'deny')
})

test('separate consent to sensitive information begins on 2021-11-01', () => {
  const consents = [dataConsent({ forms: ['explicit'] })]
  assert.ok(isPermit(rule(geneticUse('2021-10-31', { consents }))))
  const later = rule(geneticUse('2021-11-01', { consents }))
  assert.deepEqual([later.outcome, later.forbiddenBy.map(({ norm }) => norm)], ['deny', ['CN-PIPL-29']])
  assert.deepEqual(formsOf(later, 'subject', 'personal-information'), ['explicit', 'separate'])
})

test('who speaks for information about a minor or an incapable adult', () => {
  const table: [subject: object, party: string][] = [
    [{ ...grown, age: 13, capacity: 'limited' }, 'guardian'],
    [{ ...grown, age: 14, capacity: 'limited' }, 'subject'],
    [{ ...grown, age: 17, capacity: 'limited' }, 'subject'],
    [{ ...grown, age: 18, capacity: 'limited' }, 'guardian'],
    [{ ...grown, age: undefined, bornOn: '2012-11-25', capacity: 'limited' }, 'guardian'],
    [{ ...grown, age: undefined, bornOn: '2012-11-24', capacity: 'limited' }, 'subject'],
    [{ ...grown, age: 80, capacity: 'none' }, 'guardian'],
  ]
  for (const [subject, party] of table) {
    const facts = Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined))
    assert.deepEqual(
      partiesFor(rule(geneticUse(day, { subject: facts })), 'personal-information'),
      [party],
      JSON.stringify(facts),
    )
  }
})

test('a rescue needs no consent to the data it needs, only a notice afterwards', () => {
  const emergency = { lifeThreatening: true, consentObtainable: false, approver: 'head-or-authorised-person' }
  const subject = { ...grown, conscious: false }
  const rescued = rule(geneticUse(day, { emergency, subject, purpose: 'emergency' }))
  assert.equal(rescued.outcome, 'permit-with-duties')
  assert.ok(rescued.duties.some(({ code }) => code === 'give-notice-after-emergency'))
  assert.ok(!rescued.duties.some(({ code }) => code === 'give-pi-notice'))
  assert.equal(rule(geneticUse(day, { emergency, subject, purpose: 'product-development' })).outcome, 'deny')
})

test('telling a third party needs a consent that names it', () => {
  const recipient = { id: 'lab-b', kind: 'company', country: 'CN', foreignControlled: false, role: 'handler' }
  const facts = (at: string, recipients: string[], forms: string[]) =>
    geneticUse(at, {
      activity: 'provide-to-third-party',
      recipient,
      consents: [
        dataConsent({
          forms: forms as never,
          covers: { ...covers, activities: ['provide-to-third-party'], recipients } as never,
        }),
      ],
    })
  const table: [at: string, recipients: string[], forms: string[], outcome: string][] = [
    [day, ['lab-b'], ['separate'], 'permit-with-duties'],
    [day, ['lab-a'], ['separate'], 'deny'],
    [day, [], ['separate'], 'deny'],
    [day, ['lab-b'], ['written', 'explicit'], 'deny'],
    ['2021-10-31', ['lab-b'], ['written', 'explicit'], 'permit-with-duties'],
    ['2015-06-01', ['lab-a'], ['written', 'explicit'], 'deny'],
    ['2005-06-01', [], ['oral'], 'deny'],
  ]
  for (const [at, recipients, forms, outcome] of table) {
    assert.equal(rule(facts(at, recipients, forms)).outcome, outcome, `${at} ${recipients} ${forms}`)
  }
})

test('what the base does not reach is referred, and it says so', () => {
  const table: [facts: object][] = [
    [geneticUse('2015-06-01')],
    [{ at: day, activity: 'transport-out-of-institution', purpose: 'quality' }],
    [{ ...geneticUse(day), jurisdictions: ['US'], activity: 'train-model', purpose: 'model-training' }],
  ]
  for (const [facts] of table) {
    const ruling = rule(facts as { at: string })
    assert.equal(ruling.outcome, 'refer')
    assert.ok(ruling.explanation.some((sentence) => sentence.includes('its silence is not leave')))
  }
  const both = rule({
    ...geneticUse(day, { consents: [dataConsent()] }),
    jurisdictions: ['CN', 'US'],
    activity: 'use',
    purpose: 'treatment',
  })
  assert.equal(both.outcome, 'refer')
})

test('a notice is met by what a standing consent says was told', () => {
  const all = [
    'handler',
    'purpose',
    'method',
    'scope',
    'kinds',
    'retention',
    'disposal',
    'rights',
    'necessity',
    'impact',
  ]
  const met = (told: string[] | undefined) => {
    const { told: _, ...rest } = dataConsent()
    const consents = [told === undefined ? rest : { ...rest, told }]
    return rule(geneticUse(day, { consents })).duties.find(({ code }) => code === 'give-pi-notice')?.met
  }
  assert.deepEqual([met(all), met(all.slice(1)), met(undefined)], [true, false, 'unknown'])
  assert.ok(rule(geneticUse(day)).mustTell.includes('necessity'))
})
