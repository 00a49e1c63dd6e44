import type { Instant, Sha256Hex } from '#kernel'
import type { Purpose } from '#vocabulary'
import { keyOf, ownCoding, ownUrl, purposeCodings, referenceTo, referenceToSubject } from './codes.ts'

/** What is said of an act to systems that keep audit trails in FHIR: never what was read or made. */
export type AuditedAct = {
  readonly act: string
  /** Of the acts that this program knows: `plan`, `app-read`, `withdraw`, … */
  readonly kind: string
  readonly at: Instant
  readonly decision: 'permit' | 'denial'
  /** Codes of the reasons of a denial. */
  readonly reasons: readonly string[]
  readonly purpose: Purpose
  readonly subject: string
  /** Key of the account; null: the operator beside the data. */
  readonly by: string | null
  readonly role: string
  readonly organisation: string
  /** Agreements that were looked at. */
  readonly agreements: readonly string[]
  readonly proof: { readonly index: number; readonly leafSha256: Sha256Hex } | null
}

/** FHIR R4 AuditEvent (4.0.1). A refusal is one too: outcome 4, “minor failure”, with its reasons. */
export const writeAuditEvent = (act: AuditedAct) => ({
  resourceType: 'AuditEvent' as const,
  type: ownCoding('act-type', 'act'),
  subtype: [ownCoding('act', act.kind)],
  action: 'E',
  recorded: act.at,
  outcome: act.decision === 'permit' ? '0' : '4',
  ...(act.reasons.length > 0 ? { outcomeDesc: act.reasons.join('; ') } : {}),
  purposeOfEvent: [{ coding: purposeCodings(act.purpose, 'permit') }],
  agent: [
    {
      role: [{ coding: [ownCoding('role', act.role)] }],
      who: referenceTo('account', act.by ?? 'operator'),
      requestor: true,
    },
  ],
  source: { observer: referenceTo('organisation', act.organisation) },
  entity: [
    { what: referenceToSubject(act.subject), type: objectType('1'), role: objectRole('1') },
    ...act.agreements.map((id) => ({
      what: { identifier: keyOf('agreement', id) },
      type: objectType('2'),
      role: objectRole('4'),
    })),
    { what: { identifier: keyOf('act', act.act) }, type: objectType('2'), ...proofDetail(act.proof) },
  ],
})

/** FHIR audit-entity-type: 1 person, 2 system object; object-role: 1 patient, 4 domain resource. */
const objectType = (code: string) => ({
  system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
  code,
})
const objectRole = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/object-role', code })

const proofDetail = (proof: AuditedAct['proof']) =>
  proof === null
    ? {}
    : {
        detail: [
          { type: ownUrl('log-index'), valueString: String(proof.index) },
          { type: ownUrl('leaf-sha256'), valueString: proof.leafSha256 },
        ],
      }
