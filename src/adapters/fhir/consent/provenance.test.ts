import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Ajv } from 'ajv'
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import fc from 'fast-check'
import type { Agreement } from '#consent'
import type { Instant, Sha256Hex } from '#kernel'
import { purposes } from '#vocabulary'
import { agreement } from '../../../../test/consent/agreements.ts'
import { anyAgreement } from '../../../../test/consent/outwardAgreement.ts'
import { type AuditedAct, writeAuditEvent } from './auditEvent.ts'
import { type SigningProof, writeProvenance } from './provenance.ts'

const at = '2026-01-01T00:00:00.000Z' as Instant
const sha256 = 'a'.repeat(64) as Sha256Hex
const plain: SigningProof = { agreementSha256: sha256, recordedAt: at, log: null, signature: null }
const signed: SigningProof = {
  ...plain,
  log: { origin: 'log.example/habeas', index: 7 },
  signature: {
    type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1' }],
    ...{ when: at, who: 'p1', format: 'application/jose', base64: 'AAAA' },
  },
}
const act: AuditedAct = {
  ...{ act: 'act-1', kind: 'plan', at, decision: 'permit', reasons: [], purpose: 'treatment' },
  ...{ subject: 'p_1', by: 'account-1', role: 'clinician', organisation: 'hospital', agreements: ['a_1'] },
  proof: { index: 7, leafSha256: sha256 },
}

test('given no signature, then none is said', () => {
  fc.assert(
    fc.property(anyAgreement, (one) => {
      assert.ok(!('signature' in writeProvenance(one, plain)))
      assert.ok('signature' in writeProvenance(one, signed))
    }),
  )
})

test('given somebody who signs for another, then in whose name is said; for oneself it is not', () => {
  fc.assert(
    fc.property(anyAgreement, (one) => {
      const { agent } = writeProvenance(one, plain)
      for (const [i, { grantor, person }] of [one.signer, ...one.coSigners].entries()) {
        assert.equal(agent[i]!.who.identifier.value, person)
        assert.equal('onBehalfOf' in agent[i]!, grantor !== 'self')
      }
    }),
  )
})

test('given who stood by, then who confirmed it is an agent, and who has not is none', () => {
  const confirmedAt = at
  const [witness, asked] = [
    { part: 'witness' as const, person: 'w1', attends: 'a1', confirmedAt, act: 'a2' },
    { part: 'witness' as const, person: 'w2', attends: 'a1' },
  ]
  const interpreter = { ...witness, part: 'interpreter' as const, person: 'i1' }
  const table: readonly [attendants: Agreement['attendants'], named: string | null, agents: string][] = [
    [undefined, null, ''],
    [[asked!], null, ''],
    [[witness!], null, 'WIT w1'],
    [[witness!, interpreter], 'interpreter-key', 'WIT w1, TRANS i1'],
    [[witness!, asked!], 'interpreter-key', 'WIT w1, TRANS interpreter-key'],
  ]
  for (const [attendants, named, agents] of table) {
    const seen = attendants?.some(({ person }) => person === 'w1') ? 'w1' : null
    const one = agreement({ witness: seen, interpreter: named, ...(attendants && { attendants }) })
    const others = writeProvenance(one, plain).agent.slice(1)
    const said = others.map(({ type, who }) => `${type.coding[0]!.code} ${who.identifier.value}`)
    assert.equal(said.join(', '), agents)
  }
})

test('given a refusal, then it is an event with its reasons', () => {
  const event = writeAuditEvent({ ...act, decision: 'denial', reasons: ['consent.subject-refuses'] })
  assert.equal(event.outcome, '4')
  assert.equal(event.outcomeDesc, 'consent.subject-refuses')
})

const file = join(process.env['HABEAS_SHARED'] ?? '../shared', 'data/consent/fhir-r4/fhir.schema.json')
const text = (() => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
})()
describe('FHIR R4', { skip: text === undefined && 'the FHIR schema is not beside the checkout' }, () => {
  test('both are valid', () => {
    const ajv = new Ajv({ strict: false })
    ajv.addMetaSchema(draft06)
    const { id: _, discriminator: __, ...schema } = JSON.parse(text ?? '{}') as { [name: string]: unknown }
    const validate = ajv.compile(schema)
    const check = (resource: unknown) =>
      assert.ok(validate(JSON.parse(JSON.stringify(resource))), JSON.stringify(validate.errors?.slice(0, 2)))
    fc.assert(
      fc.property(anyAgreement, fc.constantFrom(plain, signed), (one, proof) =>
        check(writeProvenance(one, proof)),
      ),
      { numRuns: 30 },
    )
    for (const purpose of purposes) check(writeAuditEvent({ ...act, purpose }))
    check(
      writeAuditEvent({ ...act, by: null, proof: null, agreements: [], decision: 'denial', reasons: ['x'] }),
    )
  })
})
