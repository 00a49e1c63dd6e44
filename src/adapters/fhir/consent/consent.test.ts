import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import fc from 'fast-check'
import { type Agreement, type AgreementEvent, outwardStateOf, type Party } from '#consent'
import { addDays, type Day, expectOk, isRecord } from '#kernel'
import { decideOutsideConsents } from '#usecases'
import { categories, purposes } from '#vocabulary'
import { anyAgreement, anyEvents, plainlyPermits } from '../../../../test/consent/outwardAgreement.ts'
import { readConsentCases } from '../readConsents.ts'
import { hl7Purposes, ownCoding } from './codes.ts'
import { readConsent } from './readConsent.ts'
import { writeConsent } from './writeConsent.ts'

const versions = ['R4', 'R5'] as const
const anyVersion = fc.constantFrom(...versions)
/** As it arrives: bytes, not objects of ours. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const read = (resource: unknown, version: 'R4' | 'R5') => readConsent(resource, version, 'c.json')

const at = '2026-01-01T00:00:00.000Z' as AgreementEvent['at']
const [sample] = fc.sample(anyAgreement, { seed: 7, numRuns: 1 })
const limits = {
  ...{ item: null, purposes: null, parties: null, activities: null, categories: null },
  ...{ dataFrom: null, dataUntil: null, from: null, until: null, minimumCohort: null, obligations: [] },
  within: [],
}
const agreement: Agreement = {
  ...sample!,
  ...{ id: 'a1', subject: 'p1', base: 'refuse', from: '2020-01-01' as Day, until: null },
  ...{ afterDeath: 'not-asked', family: { tellRelatives: 'not-asked' } },
  emergency: { allowed: true, minutes: 60 },
  provisions: [
    { ...limits, effect: 'permit', item: 'r', purposes: ['research'] },
    { ...limits, effect: 'refuse', categories: ['genetic'] },
  ],
}
const asked = { kind: 'paused', because: 'asked', at } as const

const states: readonly [given: string, events: readonly AgreementEvent[], day: Day | null, status: string][] =
  [
    ['nothing happened', [], null, 'active'],
    ['it was paused', [asked], null, 'inactive'],
    [
      'it was resumed later',
      [asked, { kind: 'resumed', at: '2026-02-01T00:00:00.000Z' as typeof at }],
      null,
      'active',
    ],
    ['it was replaced', [{ kind: 'superseded', by: 'a2', at }], null, 'inactive'],
    ['a part was withdrawn', [{ kind: 'withdrawn', items: ['r'], at }], null, 'active'],
    ['all was withdrawn', [{ kind: 'withdrawn', items: null, at }], null, 'inactive'],
    ['it is past its last day', [], '2031-01-01' as Day, 'inactive'],
  ]
for (const version of versions) {
  for (const [given, events, day, status] of states)
    test(`${version}: given that ${given}, then it is ${status}`, () => {
      const ends = { ...agreement, until: '2030-12-31' as Day }
      const { resource } = writeConsent(ends, events, version, day)
      assert.equal(resource['status'], status)
      assert.deepEqual(expectOk(read(sent(resource), version)).events, events)
    })

  test(`${version}: given a refusal of everything, then it is in force`, () => {
    const { resource } = writeConsent({ ...agreement, provisions: [] }, [], version)
    assert.equal(outwardStateOf({ ...agreement, provisions: [] }, [], null), 'refused')
    assert.equal(resource['status'], 'active')
  })
}

test('given a refusal beside a permission, then it is an exception to the permission', () => {
  const label = [
    { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'GDIS' },
    ownCoding('category', 'genetic'),
  ]
  const purpose = [
    { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'BIORCH' },
    ownCoding('purpose', 'research'),
  ]
  const r4 = writeConsent(agreement, [], 'R4').resource['provision']
  const inner = { type: 'deny', securityLabel: label }
  assert.deepEqual(r4, {
    type: 'deny',
    period: { start: '2020-01-01' },
    provision: [{ type: 'permit', purpose, provision: [inner] }],
  })
  const r5 = writeConsent(agreement, [], 'R5').resource
  assert.equal(r5['decision'], 'deny')
  assert.deepEqual(r5['provision'], [{ purpose, provision: [{ securityLabel: label }] }])
})

test('given more exceptions than a reader would bear, then a plain refusal is said, and that it is one', () => {
  const many: Agreement = {
    ...agreement,
    provisions: [
      ...Array(100).fill({ ...limits, effect: 'permit' as const }),
      ...Array(100).fill({ ...limits, effect: 'refuse' as const, categories: ['image'] as const }),
    ],
  }
  for (const version of versions) {
    const { resource, lost } = writeConsent(many, [], version)
    assert.ok(!JSON.stringify({ ...resource, extension: [] }).includes('permit'))
    assert.ok(lost.some(({ path, what }) => path === '$.provisions' && what.includes('too many')))
    assert.deepEqual(expectOk(read(sent(resource), version)).agreement, sent(many))
  }
})

test('out and in again: the same agreement, the same events, nothing lost', () => {
  fc.assert(
    fc.property(
      anyAgreement,
      anyEvents,
      fc.option(fc.constant('2026-06-01' as Day)),
      anyVersion,
      (one, events, day, version) => {
        const { resource } = writeConsent(one, events, version, day)
        assert.deepEqual(
          sent(expectOk(read(sent(resource), version))),
          sent({ agreement: one, events, lost: [] }),
        )
      },
    ),
    { numRuns: 500 },
  )
})

const shared = (file: string): unknown => {
  try {
    return JSON.parse(
      readFileSync(join(process.env['HABEAS_SHARED'] ?? '../shared', 'data/consent', file), 'utf8'),
    )
  } catch {
    return undefined
  }
}
const r4Schema = shared('fhir-r4/fhir.schema.json')
const r5Consent = shared('fhir-r5/StructureDefinition-Consent.json')
const absent = (r4Schema === undefined || r5Consent === undefined) && 'the shared data are not here'

describe('as FHIR has it', { skip: absent }, () => {
  test('a refusal of a purpose names every code below it, but for rescue below treatment', () => {
    type Concept = { readonly code: string; readonly concept?: readonly Concept[] }
    const tables = shared('fhir-r4/consent-terminology.json') as {
      codeSystems: readonly { url: string; concept: readonly Concept[] }[]
    }
    const all = (list: readonly Concept[] = []): readonly Concept[] =>
      list.flatMap((one) => [one, ...all(one.concept)])
    const reasons = all(tables.codeSystems.find(({ url }) => url.endsWith('/v3-ActReason'))?.concept)
    const rescue = hl7Purposes.emergency.refuse
    for (const purpose of purposes)
      for (const code of hl7Purposes[purpose].refuse) {
        const known = reasons.find((one) => one.code === code)
        assert.ok(known, code)
        for (const { code: below } of all(known.concept))
          assert.ok([...hl7Purposes[purpose].refuse, ...rescue].includes(below), `${purpose} ${below}`)
      }
  })

  test('R4: valid', () => {
    const ajv = new Ajv({ strict: false })
    ajv.addMetaSchema(draft06)
    const { id: _, discriminator: __, ...schema } = r4Schema as { [name: string]: unknown }
    const validate = ajv.compile(schema)
    fc.assert(
      fc.property(anyAgreement, anyEvents, (one, events) => {
        const { resource } = writeConsent(one, events, 'R4')
        assert.ok(validate(sent(resource)), JSON.stringify(validate.errors?.slice(0, 2)))
      }),
      { numRuns: 60 },
    )
  })

  test('R5: no element that Consent has not, and all that it must have', () => {
    type Element = { readonly path: string; readonly max: string; readonly min: number }
    const { element } = (r5Consent as { differential: { element: readonly Element[] } }).differential
    const byPath = new Map(element.map((one) => [one.path, one]))
    const everywhere = new Set(['id', 'extension', 'modifierExtension', 'resourceType', 'language'])
    const check = (value: unknown, path: string): void => {
      if (!isRecord(value) || ![...byPath.keys()].some((known) => known.startsWith(`${path}.`))) return
      for (const [name, member] of Object.entries(value)) {
        if (everywhere.has(name)) continue
        const place = `${path}.${name}`.replace(/(\.provision)+/, '.provision')
        const known = byPath.get(place)
        assert.ok(known, place)
        assert.equal(Array.isArray(member), known.max === '*', place)
        for (const one of [member].flat()) check(one, place)
      }
    }
    fc.assert(
      fc.property(anyAgreement, anyEvents, (one, events) => {
        const { resource } = writeConsent(one, events, 'R5')
        check(resource, 'Consent')
        assert.ok(['active', 'inactive'].includes(String(resource['status'])))
      }),
      { numRuns: 200 },
    )
  })
})

const parties: readonly Party[] = [
  { kind: 'organisation-kind', id: 'company' },
  { kind: 'country', id: 'FR' },
]
const request = fc.record({
  purpose: fc.constantFrom(...purposes),
  category: fc.constantFrom(...categories),
  activity: fc.constantFrom('use' as const, 'research' as const),
  party: fc.constantFrom(...parties),
  on: fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-01-01' as Day, days)),
})

/** Whether a decision lets data of one kind through, as far as its obligations speak of kinds. */
function letsThrough(decision: ReturnType<typeof decideOutsideConsents>[number], category: string): boolean {
  const { system } = ownCoding('category', category)
  const names = (codes: readonly { readonly system: string; readonly code: string }[]) =>
    codes.some((one) => one.system === system && one.code === category)
  return (
    decision.decision === 'permit' &&
    decision.obligations.every((one) => ('codes' in one ? !names(one.codes) : names(one.exceptAnyOfCodes)))
  )
}

test('what is decided on the Consent is never more than the agreement permits', () => {
  let permitted = 0
  fc.assert(
    fc.property(
      anyAgreement,
      anyEvents,
      anyVersion,
      request,
      fc.nat(9),
      (one, events, version, want, word) => {
        const { resource } = writeConsent(one, events, version)
        const { refuse } = hl7Purposes[want.purpose]
        const document = {
          cases: [
            {
              ...{ id: 'x', fhirVersion: version, at: want.on, consents: [sent(resource)] },
              request: { purposeOfUse: refuse[word % (refuse.length + 1)] ?? want.purpose },
            },
          ],
        }
        const [decision] = decideOutsideConsents(expectOk(readConsentCases(document, 'f')))
        if (!letsThrough(decision!, want.category)) return
        permitted += 1
        assert.ok(plainlyPermits(one, want))
        const state = outwardStateOf(one, events, want.on)
        assert.equal(state, 'given')
      },
    ),
    { numRuns: 2000 },
  )
  assert.ok(permitted > 20, `${permitted}`)
})
