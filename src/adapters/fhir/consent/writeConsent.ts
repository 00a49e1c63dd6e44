import {
  type Agreement,
  type AgreementEvent,
  AgreementShape,
  type AgreementState,
  outwardOf,
  outwardStateOf,
} from '#consent'
import { type Day, sha256Hex, utf8 } from '#kernel'
import { carry, type Extension } from './carried.ts'
import { type FhirVersion, isFhirId, keyOf, ownUrl, referenceTo, referenceToSubject } from './codes.ts'
import { EventShape, eventMember } from './event.ts'
import { type Lost, lostOf } from './lost.ts'
import { type Native, nativeRules, periodOf, policyRuleOf } from './native.ts'

export type ConsentResource = { readonly resourceType: 'Consent'; readonly [member: string]: unknown }
export type WrittenConsent = { readonly resource: ConsentResource; readonly lost: readonly Lost[] }

/**
 * An agreement as a FHIR Consent. Its elements say what it permits and refuses to whoever reads FHIR, never more than was agreed to; an
 * extension carries it whole, so that nothing is lost between two of us; `lost` names what a system that passes over extensions misses.
 * Past its last day on `at` it is written as ended; without a day, its period alone tells.
 */
export function writeConsent(
  agreement: Agreement,
  events: readonly AgreementEvent[],
  version: FhirVersion,
  at: Day | null = null,
): WrittenConsent {
  const outward = outwardOf(agreement, events)
  const native = nativeRules(outward, version)
  const state = outwardStateOf(agreement, events, at)
  const resource = {
    resourceType: 'Consent' as const,
    id: consentId(agreement.id),
    language: agreement.language,
    extension: carriedOf(agreement, events, state, at),
    ...modifiersOf(agreement),
    identifier: [keyOf('agreement', agreement.id)],
    status: statusOf(state),
    ...(version === 'R4' ? inR4(agreement, native) : inR5(agreement, native)),
  }
  return { resource, lost: lostOf(agreement, outward, state, native.tooMany) }
}

/** Ids with `_` are none in FHIR: theirs is made from a digest, and the identifier tells which agreement it is. */
export const consentId = (id: string): string =>
  isFhirId(id) ? id : `agreement-${sha256Hex(utf8(id)).slice(0, 32)}`

/**
 * A refusal is in force like any other decision: “rejected” and “not-done” would say that there is none, and let a broader consent
 * through. What is paused or over is “inactive”.
 */
const statusOf = (state: AgreementState): string =>
  state === 'given' || state === 'refused' ? 'active' : 'inactive'

const carriedOf = (
  agreement: Agreement,
  events: readonly AgreementEvent[],
  state: AgreementState,
  at: Day | null,
): readonly Extension[] => [
  ...carry(AgreementShape, ownUrl('agreement'), agreement),
  ...events.flatMap((event) => carry(EventShape, ownUrl('agreement-event'), eventMember(event))),
  { url: ownUrl('agreement-state'), valueCode: state },
  ...(at === null ? [] : [{ url: ownUrl('as-of'), valueDate: at }]),
]

/** What narrows the whole: duties of permissions that a permitting base hides, and the end at death. */
function modifiersOf({ base, provisions, afterDeath }: Agreement) {
  const all = provisions.flatMap((one) => [one, ...one.within]).filter(({ effect }) => effect === 'permit')
  const limited = all.some(
    ({ minimumCohort, obligations }) => minimumCohort !== null || obligations.length > 0,
  )
  const list = [
    ...(base === 'permit' && limited ? [{ url: ownUrl('permissions-have-duties'), valueBoolean: true }] : []),
    ...(afterDeath === 'stop' && (base === 'permit' || all.length > 0)
      ? [{ url: ownUrl('ends-at-death'), valueBoolean: true }]
      : []),
  ]
  return list.length > 0 ? { modifierExtension: list } : {}
}

/** LOINC “Patient Consent”, the general category of the value set of both versions. */
const category = [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }]
const scope = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
}

const signersOf = ({ signer, coSigners }: Agreement) =>
  [signer, ...coSigners].map(({ person }) => referenceTo('person', person))

/** FHIR R4 Consent (4.0.1): one root provision, whose type is the base. */
const inR4 = (agreement: Agreement, native: Native) => ({
  scope,
  category,
  patient: referenceToSubject(agreement.subject),
  dateTime: agreement.signedAt,
  performer: signersOf(agreement),
  sourceReference: referenceTo('form', agreement.read.form),
  policyRule: policyRuleOf(native),
  provision: {
    type: native.base,
    ...periodOf('period', agreement.from, agreement.until),
    ...(native.rules.length > 0 ? { provision: native.rules } : {}),
  },
})

/** FHIR R5 Consent (5.0.0): the base is `decision`, provisions are its exceptions and have no type. */
const inR5 = (agreement: Agreement, { base, rules }: Native) => ({
  category,
  subject: referenceToSubject(agreement.subject),
  date: agreement.signedAt.slice(0, 10),
  ...periodOf('period', agreement.from, agreement.until),
  grantor: signersOf(agreement),
  sourceReference: [referenceTo('form', agreement.read.form)],
  decision: base,
  ...(rules.length > 0 ? { provision: rules } : {}),
})
