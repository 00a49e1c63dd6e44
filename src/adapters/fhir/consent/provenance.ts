import type { Agreement, AttendancePart, Signer } from '#consent'
import type { Instant, Sha256Hex } from '#kernel'
import { type Coding, keyOf, ownUrl, referenceTo, referenceToSubject } from './codes.ts'
import { consentId } from './writeConsent.ts'

/** What is proved of the signing: where it stands in the log, and a signature, if somebody made one over it. */
export type SigningProof = {
  readonly agreementSha256: Sha256Hex
  readonly recordedAt: Instant
  readonly log: { readonly origin: string; readonly index: number } | null
  readonly signature: {
    /** Of ASTM E1762, as FHIR names them: `{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.1' }`. */
    readonly type: readonly Coding[]
    readonly when: Instant
    /** Key of whoever made it. */
    readonly who: string
    readonly format: string
    readonly base64: string
  } | null
}

/**
 * FHIR R4 Provenance (4.0.1) of an agreement: who signed, in whose name, when, before whom, and which form was read. A signature is
 * said only where there is one: a tick on a screen is none.
 */
export const writeProvenance = (agreement: Agreement, proof: SigningProof) => ({
  resourceType: 'Provenance' as const,
  target: [consentReference(agreement)],
  occurredDateTime: agreement.signedAt,
  recorded: proof.recordedAt,
  activity: { coding: [{ system: v3('DataOperation'), code: 'CREATE' }] },
  agent: agentsOf(agreement),
  entity: [
    entityOf('form', agreement.read.form, agreement.read.formSha256),
    ...authoritiesOf(agreement).map((digest) => entityOf('document', digest, digest)),
  ],
  extension: [
    { url: ownUrl('agreement-digest'), valueString: proof.agreementSha256 },
    ...(proof.log === null ? [] : [{ url: ownUrl('log-position'), extension: positionOf(proof.log) }]),
  ],
  ...(proof.signature === null ? {} : { signature: [signatureOf(proof.signature)] }),
})

const v3 = (name: string) => `http://terminology.hl7.org/CodeSystem/v3-${name}`

const consentReference = ({ id }: Agreement) => ({
  reference: `Consent/${consentId(id)}`,
  identifier: keyOf('agreement', id),
})

const positionOf = ({ origin, index }: NonNullable<SigningProof['log']>) => [
  { url: 'origin', valueString: origin },
  { url: 'index', valueInteger: index },
]

/** HL7 v3 ParticipationType: AUT author, WIT witness, TRANS interpreter. */
const agentsOf = (agreement: Agreement) => [
  ...[agreement.signer, ...agreement.coSigners].map((signer) => signerAgent(signer, agreement.subject)),
  ...witnessesOf(agreement).map((one) => agentOf('WIT', one)),
  ...interpretersOf(agreement).map((one) => agentOf('TRANS', one)),
]

const confirmedBy = ({ attendants = [] }: Agreement, as: AttendancePart): readonly string[] =>
  attendants.flatMap(({ part, person, confirmedAt }) => (part === as && confirmedAt ? [person] : []))

/** Who has not confirmed it saw nothing yet. */
const witnessesOf = (agreement: Agreement): readonly string[] => [
  ...new Set([
    ...(agreement.witness === null ? [] : [agreement.witness]),
    ...confirmedBy(agreement, 'witness'),
  ]),
]

/** Whoever confirmed it themself; else whom somebody named. */
function interpretersOf(agreement: Agreement): readonly string[] {
  const confirmed = confirmedBy(agreement, 'interpreter')
  return confirmed.length > 0 || agreement.interpreter === null ? confirmed : [agreement.interpreter]
}

const agentOf = (code: string, person: string) => ({
  type: { coding: [{ system: v3('ParticipationType'), code }] },
  who: referenceTo('person', person),
})

const signerAgent = ({ grantor, person }: Signer, subject: string) => ({
  ...agentOf('AUT', person),
  ...(grantor === 'self' ? {} : { onBehalfOf: referenceToSubject(subject) }),
})

const entityOf = (kind: string, name: string, digest: string) => ({
  role: 'source',
  what: {
    identifier: keyOf(kind, name),
    extension: [{ url: ownUrl('sha256'), valueString: digest }],
  },
})

const authoritiesOf = ({ signer, coSigners }: Agreement): readonly string[] =>
  [signer, ...coSigners].flatMap(({ authority }) => authority?.document ?? [])

const signatureOf = ({ type, when, who, format, base64 }: NonNullable<SigningProof['signature']>) => ({
  type,
  when,
  who: referenceTo('person', who),
  sigFormat: format,
  data: base64,
})
