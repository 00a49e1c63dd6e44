import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import { expectOk, fromUtf8, isRecord, parseDay, type SubjectId } from '#kernel'
import type { Plan } from '#plan'
import { makeAdvice } from '../../plan/advice.ts'
import { readPlanKnowledge } from '../knowledge/readTables.ts'
import { planHtml } from '../report/planHtml.ts'
import { parseClinical } from './readBundle.ts'
import { planFhir } from './writePlan.ts'

const schemaFile = join(process.env['HABEAS_SHARED'] ?? '../shared', 'data/consent/fhir-r4/fhir.schema.json')
const absent = existsSync(schemaFile) ? false : 'the FHIR schema is not beside the checkout'
const knowledge = expectOk(await readPlanKnowledge('knowledge'))
const at = parseDay('2026-11-20')!

const subject = { reference: 'Patient/p' }
const taking = (name: string) => ({
  resourceType: 'MedicationStatement',
  status: 'active',
  subject,
  medicationCodeableConcept: { text: name },
})
const bundle = {
  resourceType: 'Bundle',
  entry: [
    { resource: { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1950-01-01' } },
    ...['omeprazole', 'simvastatin', 'a <b>pill</b>'].map((name) => ({ resource: taking(name) })),
  ],
}
const { record, notUnderstood } = expectOk(parseClinical(bundle, 'clinical.json'))

function planFor(indication: string, candidateDrugs?: readonly string[]): Plan {
  const genes = [
    {
      gene: 'CYP2C19',
      status: 'called' as const,
      diplotypes: ['*1/*2'],
      lookupDiplotypes: ['*1/*2'],
      phenotypes: ['Intermediate Metabolizer'],
      activityScore: null,
      missing: ['chr10:1'],
      warnings: [],
      extra: [],
    },
    {
      gene: 'CYP2C9',
      status: 'called' as const,
      diplotypes: ['*1/*1'],
      lookupDiplotypes: ['*1/*1'],
      phenotypes: ['Normal Metabolizer'],
      activityScore: 2,
      missing: [],
      warnings: [],
      extra: [],
    },
    {
      gene: 'DPYD',
      status: 'not-called' as const,
      diplotypes: [],
      lookupDiplotypes: [],
      phenotypes: [],
      activityScore: null,
      missing: [],
      warnings: [],
      extra: [],
    },
  ]
  const exposures = [
    {
      factor: 'grapefruit',
      state: 'present' as const,
      amount: null,
      before: null,
      daysSince: null,
      measuredOn: null,
      from: 'environment.json $[0]',
    },
  ]
  return {
    subject: 'subject-1' as SubjectId,
    at,
    indication,
    ...makeAdvice({ at, indication, candidateDrugs, genes, record, exposures, notUnderstood }, knowledge),
  }
}

const plans = [
  ...knowledge.indications.map(({ id }) => planFor(id)),
  planFor('<script>alert("x")</script>', ["o'drug & <i>co</i>"]),
  planFor('nothing', []),
]

test('every plan is a valid FHIR R4 bundle of valid resources', { skip: absent }, () => {
  const ajv = new Ajv({ strict: false })
  ajv.addMetaSchema(draft06)
  const {
    id: _,
    discriminator: __,
    ...schema
  } = JSON.parse(readFileSync(schemaFile, 'utf8')) as { [key: string]: unknown }
  const validate = ajv.compile(schema)
  for (const plan of plans) {
    const written: unknown = JSON.parse(fromUtf8(planFhir(plan))!)
    assert.ok(validate(written), JSON.stringify(validate.errors?.slice(0, 2)))
    assert.ok(isRecord(written) && Array.isArray(written['entry']))
    for (const { resource } of written['entry'])
      assert.ok(validate(resource), JSON.stringify(validate.errors?.slice(0, 2)))
  }
})

test('the same plan gives the same bytes, another plan other addresses', () => {
  const [first, second] = [planFor('post-pci'), planFor('lipids')]
  assert.deepEqual(planFhir(first), planFhir(planFor('post-pci')))
  const idOf = (plan: Plan) => JSON.parse(fromUtf8(planFhir(plan))!).id
  assert.notEqual(idOf(first), idOf(second))
})

test('every reference of the bundle leads to one of its entries', () => {
  for (const plan of plans) {
    const text = fromUtf8(planFhir(plan))!
    const { entry } = JSON.parse(text) as { readonly entry: readonly { readonly fullUrl: string }[] }
    const addresses = new Set(entry.map(({ fullUrl }) => fullUrl))
    assert.equal(addresses.size, entry.length)
    for (const [, reference] of text.matchAll(/"reference": "(urn:uuid:[^"]+)"/g))
      assert.ok(addresses.has(reference!))
  }
})

test('the page escapes everything, loads nothing and says all in both languages', () => {
  for (const plan of plans) {
    const page = fromUtf8(planHtml(plan))!
    assert.ok(!/<script|<b>|<i>co|javascript:|src=|@import|url\(/i.test(page))
    assert.ok(!/href="(?!#)/.test(page))
    for (const { drug } of plan.medications) {
      const shown = drug.name
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll("'", '&#39;')
      assert.equal(page.split(`</span> ${shown}`).length - 1, 2, drug.name)
    }
    assert.match(page, /<article id="en"[\s\S]*<article id="zh" lang="zh-CN">/)
  }
})

test('dates are written out', () => {
  const page = fromUtf8(planHtml(plans[0]!))!
  assert.ok(page.includes('20 November 2026') && page.includes('2026年11月20日'))
})
