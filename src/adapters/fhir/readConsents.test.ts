import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { expectOk } from '#kernel'
import { decideOutsideConsents } from '#usecases'
import { readConsentCases } from './readConsents.ts'

const r4 = { resourceType: 'Consent', id: 'c', status: 'active', patient: { reference: 'Patient/a' } }
const one = (consents: unknown[], more: object = {}) => ({
  cases: [{ id: 'x', fhirVersion: 'R4', at: '2026-11-23', consents, request: {}, ...more }],
})
const decisionOf = (document: unknown) =>
  decideOutsideConsents(expectOk(readConsentCases(document, 'f')))[0]!.decision
const rule = (code: string) => ({ coding: [{ code }] })

const gene = { system: 'u:t', code: 'Gene' }
const deniesClass = { type: 'deny', class: [gene] }

const table: readonly [given: string, document: unknown, then: string][] = [
  ['R4: opted in by rule alone', one([{ ...r4, policyRule: rule('OPTIN') }]), 'permit'],
  ['R4: opted out by rule alone', one([{ ...r4, policyRule: rule('OPTOUT') }]), 'deny'],
  [
    'R4: the provision says otherwise than the rule',
    one([{ ...r4, policyRule: rule('OPTIN'), provision: { type: 'deny' } }]),
    'deny',
  ],
  [
    'R4: a permission inside a permission is no exception',
    one([{ ...r4, provision: { type: 'permit', provision: [{ type: 'permit' }] } }]),
    'permit',
  ],
  [
    'R4: denied once more beside a permission, within a denial',
    one([{ ...r4, provision: { type: 'deny', provision: [{ type: 'permit' }, deniesClass] } }], {
      request: { class: [gene] },
    }),
    'deny',
  ],
  [
    'R4: the same, another class asked for',
    one([{ ...r4, provision: { type: 'deny', provision: [{ type: 'permit' }, deniesClass] } }], {
      request: { class: [{ system: 'u:t', code: 'Drug' }] },
    }),
    'permit',
  ],
  [
    'R4: the denial in other words beside a permission',
    one([{ ...r4, provision: { type: 'deny', provision: [{ type: 'permit' }, { type: 'deny' }] } }]),
    'permit',
  ],
  [
    'R4: in force until a year',
    one([{ ...r4, provision: { type: 'permit', period: { end: '2026' } } }]),
    'permit',
  ],
  [
    'R4: until a month that is over',
    one([{ ...r4, provision: { type: 'permit', period: { end: '2026-10' } } }]),
    'deny',
  ],
  [
    'R4: from a month that has begun',
    one([{ ...r4, provision: { type: 'permit', period: { start: '2026-11' } } }]),
    'permit',
  ],
  [
    'R4: a permission with limits of data that are not understood',
    one([
      { ...r4, provision: { type: 'deny', provision: [{ type: 'permit', dataPeriod: { start: '2020' } }] } },
    ]),
    'deny',
  ],
  [
    'R4: a modifier that is not understood',
    one([{ ...r4, modifierExtension: [{ url: 'u:x' }], provision: { type: 'permit' } }]),
    'deny',
  ],
  [
    'R4: one of the root provision',
    one([{ ...r4, provision: { type: 'permit', modifierExtension: [{ url: 'u:x' }] } }]),
    'deny',
  ],
  [
    'R5: rules that it was made under',
    one([{ ...r4, decision: 'permit', implicitRules: 'u:x' }], { fhirVersion: 'R5' }),
    'deny',
  ],
  ['R5: no decision', one([{ ...r4 }], { fhirVersion: 'R5' }), 'deny'],
  ['R5: a decision', one([{ ...r4, decision: 'permit' }], { fhirVersion: 'R5' }), 'permit'],
]
for (const [given, document, then] of table)
  test(`given ${given}, then ${then}`, () => assert.equal(decisionOf(document), then))

const faults: readonly [given: string, document: unknown, where: string][] = [
  [
    'consents of two people',
    one([r4, { ...r4, patient: { reference: 'Patient/b' } }]),
    'f $.cases[0].consents[1]',
  ],
  ['another version', one([], { fhirVersion: 'R3' }), 'f $.cases[0].fhirVersion'],
  ['a day that is none', one([], { at: '2026-02-30' }), 'f $.cases[0].at'],
  ['another resource', one([{ ...r4, resourceType: 'Patient' }]), 'f $.cases[0].consents[0].resourceType'],
  [
    'a decision that is none',
    one([{ ...r4, decision: 'maybe' }], { fhirVersion: 'R5' }),
    'f $.cases[0].consents[0].decision',
  ],
  ['a date that is none', one([{ ...r4, dateTime: 'soon' }]), 'f $.cases[0].consents[0].dateTime'],
  [
    'too many exceptions',
    one([{ ...r4, provision: { type: 'permit', provision: Array(10_001).fill({}) } }]),
    'f $.cases[0].consents[0].provision.provision',
  ],
  [
    'a request that is missing',
    { cases: [{ id: 'x', fhirVersion: 'R4', at: '2026-11-23', consents: [] }] },
    'f $.cases[0].request',
  ],
]
for (const [given, document, where] of faults)
  test(`given ${given}, then the place is named and nothing is answered`, () => {
    const read = readConsentCases(document, 'f')
    assert.equal(read.ok ? '' : read.error.where, where)
  })

const samples = join(process.env['HABEAS_SHARED'] ?? '../shared', 'contracts/samples/consent-decision.json')
const text = (() => {
  try {
    return readFileSync(samples, 'utf8')
  } catch {
    return undefined
  }
})()

describe('samples of others', { skip: text === undefined && 'the shared data are not here' }, () => {
  const cases = (
    JSON.parse(text ?? '{"cases":[]}') as {
      cases: { case: object; expected: { decision: string; obligations?: unknown } }[]
    }
  ).cases
  test('each is decided as it says', () => {
    const answers = decideOutsideConsents(
      expectOk(readConsentCases({ cases: cases.map((each) => each.case) }, 'f')),
    )
    for (const [i, { expected }] of cases.entries()) {
      assert.equal(answers[i]!.decision, expected.decision)
      if (expected.obligations) assert.deepEqual(answers[i]!.obligations, expected.obligations)
    }
  })

  test('damaged ones give a located fault or an answer, and never throw', () => {
    const bytes = JSON.stringify({ cases: cases.slice(0, 8).map((each) => each.case) })
    const junk = fc.constantFrom('null', '[]', '{}', '7', '""', 'true', '"\\u0000"', '[[]]')
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), junk, (where, put) => {
        const damaged = `${bytes.slice(0, where)}${put}${bytes.slice(where + put.length)}`
        let document: unknown
        try {
          document = JSON.parse(damaged)
        } catch {
          return
        }
        const read = readConsentCases(document, 'f')
        if (read.ok) decideOutsideConsents(read.value)
        else assert.ok(read.error.where.startsWith('f $'))
      }),
      { numRuns: 2000 },
    )
  })
})
