import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseClinical } from './readBundle.ts'
import { parseEnvironment } from './readEnvironment.ts'

type Resource = { readonly [member: string]: unknown }
const patient = { resourceType: 'Patient', id: 'p1', gender: 'female', birthDate: '1964-02-11' }
const subject = { reference: 'Patient/p1' }
const bundle = (...resources: Resource[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [patient, ...resources].map((resource) => ({ resource })),
})
const read = (...resources: Resource[]) => {
  const parsed = parseClinical(bundle(...resources), 'clinical.json')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}
const coding = (system: string, code: string, display?: string) => ({
  coding: [{ system, code, ...(display ? { display } : {}) }],
})
const atc = 'http://www.whocc.no/atc'
const omeprazole = coding(atc, 'A02BC01', 'omeprazole')
const statement = (more: Resource = {}) => ({
  resourceType: 'MedicationStatement',
  status: 'active',
  subject,
  medicationCodeableConcept: omeprazole,
  ...more,
})
const eGfr = (value: unknown, unit = 'mL/min/{1.73_m2}', more: Resource = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  subject,
  code: coding('http://loinc.org', '98979-8'),
  effectiveDateTime: '2026-11-02',
  valueQuantity: { value, unit, code: unit },
  ...more,
})

const refused: readonly (readonly [what: string, document: unknown, code: string, where: RegExp])[] = [
  ['text', 'x', 'fhir.not-a-bundle', /^clinical\.json \$$/],
  ['an array', [], 'fhir.not-a-bundle', /\$$/],
  ['a Patient alone', patient, 'fhir.not-a-bundle', /resourceType$/],
  ['no patient', { resourceType: 'Bundle', entry: [] }, 'fhir.patients', /\$\.entry$/],
  ['two patients', bundle({ ...patient, id: 'p2' }), 'fhir.patients', /\$\.entry$/],
  [
    'an entry without a resource',
    { resourceType: 'Bundle', entry: [{ resource: patient }, {}] },
    'fhir.shape',
    /entry\[1\]\.resource$/,
  ],
  [
    'another subject',
    bundle(statement({ subject: { reference: 'Patient/p2' } })),
    'fhir.other-subject',
    /entry\[1\]\.resource\.subject\.reference$/,
  ],
  [
    'an allergy of another',
    bundle({ resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/p9' } }),
    'fhir.other-subject',
    /patient\.reference$/,
  ],
  [
    'an eGFR in a unit of creatinine',
    bundle(eGfr(88, 'umol/L')),
    'quantity.unit',
    /entry\[1\]\.resource\.valueQuantity$/,
  ],
  [
    'an eGFR whose unit contradicts its code',
    bundle(
      eGfr(88, 'mL/min/{1.73_m2}', {
        valueQuantity: { value: 88, unit: 'umol/L', code: 'mL/min/{1.73_m2}' },
      }),
    ),
    'quantity.unit',
    /unit$/,
  ],
  ['a negative eGFR', bundle(eGfr(-5)), 'quantity.range', /valueQuantity$/],
  ['an eGFR in text', bundle(eGfr('78')), 'fhir.shape', /valueQuantity\.value$/],
  [
    'a day that does not exist',
    bundle(eGfr(78, 'mL/min/{1.73_m2}', { effectiveDateTime: '2026-02-30' })),
    'fhir.value',
    /effectiveDateTime$/,
  ],
  [
    'a birth date that does not exist',
    { resourceType: 'Bundle', entry: [{ resource: { ...patient, birthDate: '1964-13-01' } }] },
    'fhir.value',
    /birthDate$/,
  ],
]
for (const [what, document, code, where] of refused)
  test(`${what} is refused with its place`, () => {
    const parsed = parseClinical(document, 'clinical.json')
    assert.ok(!parsed.ok)
    assert.equal(parsed.error.code, code)
    assert.match(parsed.error.where, where)
    assert.equal(parsed.error.kind, 'input')
  })

test('an eGFR in a wrong unit says so', () => {
  const parsed = parseClinical(bundle(eGfr(88, 'umol/L')), 'clinical.json')
  assert.ok(!parsed.ok)
  assert.match(`${parsed.error.found} ${parsed.error.expected}`, /eGFR.*unit/)
})

const statuses: readonly (readonly [status: string, taken: boolean])[] = [
  ['active', true],
  ['unknown', true],
  ['completed', false],
  ['stopped', false],
  ['not-taken', false],
  ['on-hold', false],
  ['intended', false],
  ['entered-in-error', false],
]
for (const [status, taken] of statuses)
  test(`a medication that is ${status} is ${taken ? '' : 'not '}current`, () =>
    assert.equal(read(statement({ status })).record.medications.length, taken ? 1 : 0))

test('an order counts, a proposal or a prohibition does not', () => {
  const request = (more: Resource) =>
    read({ ...statement(), resourceType: 'MedicationRequest', ...more }).record.medications.length
  assert.equal(request({ intent: 'order' }), 1)
  assert.equal(request({ intent: 'proposal' }), 0)
  assert.equal(request({ intent: 'order', doNotPerform: true }), 0)
  assert.equal(request({ intent: 'order', status: 'cancelled' }), 0)
})

test('a referenced drug is found in the resource and in the bundle; one that leads nowhere is listed', () => {
  const medication = { resourceType: 'Medication', id: 'm', code: omeprazole }
  const by = (reference: string, more: Resource = {}) => ({
    ...statement(more),
    medicationCodeableConcept: undefined,
    medicationReference: { reference },
  })
  assert.deepEqual(read(by('#m', { contained: [medication] })).record.medications[0]?.atc, ['A02BC01'])
  assert.deepEqual(read(medication, by('Medication/m')).record.medications[0]?.atc, ['A02BC01'])
  const lost = read(by('Medication/x'))
  assert.equal(lost.record.medications.length, 0)
  assert.deepEqual(
    lost.notUnderstood.map(({ kind, where }) => [kind, where]),
    [['medication', 'clinical.json $.entry[1].resource']],
  )
})

test('conditions: refuted are none, resolved are past; procedures count once done', () => {
  const condition = (more: Resource) =>
    read({
      resourceType: 'Condition',
      subject,
      code: coding('http://hl7.org/fhir/sid/icd-10', 'I63'),
      ...more,
    }).record.conditions
  assert.equal(condition({}).length, 1)
  assert.equal(condition({ verificationStatus: { coding: [{ code: 'refuted' }] } }).length, 0)
  assert.equal(condition({ clinicalStatus: { coding: [{ code: 'resolved' }] } })[0]?.past, true)
  const procedure = (status: string) =>
    read({ resourceType: 'Procedure', status, subject, code: coding('http://snomed.info/sct', '415070008') })
      .record.conditions.length
  assert.deepEqual([procedure('completed'), procedure('not-done')], [1, 0])
})

test('allergies: resolved, refuted and "none known" are no allergies', () => {
  const allergy = (more: Resource) =>
    read({ resourceType: 'AllergyIntolerance', patient: subject, code: { text: 'ibuprofen' }, ...more })
      .record.allergies.length
  assert.equal(allergy({}), 1)
  assert.equal(allergy({ clinicalStatus: { coding: [{ code: 'resolved' }] } }), 0)
  assert.equal(allergy({ verificationStatus: { coding: [{ code: 'refuted' }] } }), 0)
  assert.equal(allergy({ code: coding('http://snomed.info/sct', '716186003') }), 0)
})

test('the newest value counts whatever the order; the older is listed', () => {
  const older = eGfr(40, 'mL/min/{1.73_m2}', { effectiveDateTime: '2025-11-02' })
  for (const resources of [
    [older, eGfr(78)],
    [eGfr(78), older],
  ]) {
    const { record, notUnderstood } = read(...resources)
    assert.deepEqual(
      record.observations.map(({ value }) => value),
      [78],
    )
    assert.equal(notUnderstood.length, 1)
  }
})

test('an observation entered in error does not count, and is no fault even with a wrong unit', () =>
  assert.equal(read(eGfr(88, 'umol/L', { status: 'entered-in-error' })).record.observations.length, 0))

test('pregnancy by code; a pregnant man is refused', () => {
  const pregnant = (code: string) => ({
    resourceType: 'Observation',
    status: 'final',
    subject,
    code: coding('http://loinc.org', '82810-3'),
    valueCodeableConcept: coding('http://snomed.info/sct', code),
  })
  assert.equal(read(pregnant('77386006')).record.pregnant?.value, true)
  assert.equal(read(pregnant('60001007')).record.pregnant?.value, false)
  assert.equal(read(pregnant('1')).record.pregnant, null)
  const parsed = parseClinical(
    {
      resourceType: 'Bundle',
      entry: [{ resource: { ...patient, gender: 'male' } }, { resource: pregnant('77386006') }],
    },
    'clinical.json',
  )
  assert.ok(!parsed.ok)
})

test('what is not used is listed by place and never by content', () => {
  const { notUnderstood } = read(
    { resourceType: 'Immunization', note: 'secret' },
    statement({ medicationCodeableConcept: {} }),
  )
  assert.equal(notUnderstood.length, 2)
  assert.ok(!JSON.stringify(notUnderstood).includes('secret'))
})

test('damaged bundles give a located fault or a record, and never throw', () => {
  const whole = bundle(
    statement(),
    eGfr(78),
    { resourceType: 'Condition', subject, code: omeprazole },
    { resourceType: 'AllergyIntolerance', patient: subject, code: omeprazole },
  )
  const paths: (readonly (string | number)[])[] = []
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    paths.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value))
        walk(item, [...path, Array.isArray(value) ? Number(key) : key])
  }
  walk(whole, [])
  const put = (value: unknown, [head, ...tail]: readonly (string | number)[], junk: unknown): unknown => {
    if (head === undefined) return junk
    if (Array.isArray(value)) return value.map((item, i) => (i === head ? put(item, tail, junk) : item))
    return { ...(value as object), [head]: put((value as { [key: string]: unknown })[head], tail, junk) }
  }
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.oneof(fc.anything(), fc.jsonValue()), (path, junk) => {
      const parsed = parseClinical(put(whole, path, junk), 'clinical.json')
      if (!parsed.ok) assert.match(parsed.error.where, /^clinical\.json \$/)
    }),
    { numRuns: 2000 },
  )
})

test('environment: values, units and days', () => {
  const parsed = parseEnvironment(
    [
      { factor: 'smoking', value: 'never', unit: null, measuredOn: '2026-11-02' },
      { factor: 'grapefruit', value: 2, unit: 'glasses/week', measuredOn: '2026-11-02' },
      { factor: 'alcohol', value: 0, unit: 'drinks/day' },
      { factor: 'smoking', value: 'former' },
      { factor: 'smoking', value: 'sometimes, perhaps' },
    ],
    'environment.json',
  )
  assert.ok(parsed.ok)
  assert.deepEqual(
    parsed.value.map(({ state }) => state),
    ['absent', 'present', 'absent', 'stopped', 'unclear'],
  )
  for (const [item, where] of [
    [{ factor: '', value: 1 }, '.factor'],
    [{ factor: 'alcohol', value: -1 }, '.value'],
    [{ factor: 'alcohol', value: {} }, '.value'],
    [{ factor: 'alcohol', value: 1, unit: 3 }, '.unit'],
    [{ factor: 'alcohol', value: 1, measuredOn: 'yesterday' }, '.measuredOn'],
    [7, ''],
  ] as const) {
    const bad = parseEnvironment([item], 'environment.json')
    assert.ok(!bad.ok)
    assert.equal(bad.error.where, `environment.json $[0]${where}`)
  }
})

test('a status that is no text, or a name that every object has, does not say that a drug is not taken', () => {
  for (const status of [{ toString: 0 }, 'constructor', '__proto__', ['active'], 7, null]) {
    const parsed = parseClinical(bundle({ ...statement(), status }), 'clinical.json')
    assert.ok(parsed.ok)
    assert.equal(parsed.value.record.medications.length, 1, JSON.stringify(status))
  }
})

test('a record of somebody who has died gives no record to plan for', () => {
  const withPatient = (members: object) => {
    const { entry, ...rest } = bundle(statement()) as { entry: { resource: { resourceType: string } }[] }
    const changed = entry.map((one) =>
      one.resource.resourceType === 'Patient' ? { ...one, resource: { ...one.resource, ...members } } : one,
    )
    return parseClinical({ ...rest, entry: changed }, 'clinical.json')
  }
  for (const dead of [{ deceasedBoolean: true }, { deceasedDateTime: '2026-01-02' }]) {
    const parsed = withPatient(dead)
    assert.ok(!parsed.ok)
    assert.match(parsed.error.where, /^clinical\.json \$.*deceased/)
  }
  assert.ok(withPatient({ deceasedBoolean: false }).ok)
})
