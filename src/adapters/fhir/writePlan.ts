import { canonicalBytes, expectOk, sha256Hex, utf8 } from '#kernel'
import type { Plan, PlanGene, PlanMedication } from '#plan'

type Resource = { readonly resourceType: string; readonly id: string; readonly [member: string]: unknown }
type Concept = {
  readonly text: string
  readonly coding?: readonly { readonly system: string; readonly code: string; readonly display?: string }[]
}

const loinc = (code: string, text: string): Concept => ({
  coding: [{ system: 'http://loinc.org', code, display: text }],
  text,
})

/** Addresses made from the plan's own content: the same plan gives the same bytes, and no clock is read. */
type Addresses = (name: string) => string

function addressesOf(plan: Plan): Addresses {
  const digest = sha256Hex(expectOk(canonicalBytes(plan)))
  return (name) => {
    const hex = sha256Hex(utf8(`${digest} ${name}`))
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `8${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-')
  }
}

const reference = (address: Addresses, name: string) => ({ reference: `urn:uuid:${address(name)}` })

/**
 * `plan.fhir.json`: a FHIR R4 Bundle (collection) with a CarePlan as proposal, a DetectedIssue per drug that is not to be
 * used as usual, and a DiagnosticReport with one Observation per gene.
 */
export function planFhir(plan: Plan): Uint8Array {
  const address = addressesOf(plan)
  const subject = { identifier: { system: 'urn:habeas:subject', value: plan.subject } }
  const issues = plan.medications.filter(({ action }) => !usual.includes(action))
  const named: readonly (readonly [name: string, members: object])[] = [
    ['care-plan', carePlanOf(plan, subject, issues.map(issueName), address)],
    ['report', reportOf(plan, subject, address)],
    ...plan.genes.map((gene) => [geneName(gene), geneObservation(plan, gene, subject)] as const),
    ...issues.map((medication) => [issueName(medication), issueOf(plan, medication, subject)] as const),
  ]
  const entry = named.map(([name, members]) => ({
    fullUrl: `urn:uuid:${address(name)}`,
    resource: { ...(members as Resource), id: address(name) },
  }))
  return utf8(
    `${JSON.stringify({ resourceType: 'Bundle', id: address('bundle'), type: 'collection', entry }, null, 2)}\n`,
  )
}

const usual: readonly string[] = ['standard', 'no-guidance', 'monitor']
const geneName = ({ gene }: PlanGene): string => `gene ${gene}`
const issueName = ({ drug }: PlanMedication): string => `issue ${drug.name}`

type Subject = { readonly identifier: { readonly system: string; readonly value: string } }

function carePlanOf(plan: Plan, subject: Subject, issues: readonly string[], address: Addresses): object {
  const choice =
    plan.firstChoice.length > 0
      ? `First choice: ${plan.firstChoice.join(', then ')}.`
      : 'No first choice: to be referred.'
  const notes = [
    choice,
    ...plan.missing.map(({ what, why }) => `Missing: ${what} (${why}).`),
    ...plan.warnings.map(({ message }) => `Note: ${message}.`),
  ]
  const activity = plan.medications.map((medication) => ({ detail: detailOf(medication) }))
  return {
    resourceType: 'CarePlan',
    status: 'draft',
    intent: 'proposal',
    title: `Plan for ${plan.indication}`,
    subject,
    created: plan.at,
    ...(issues.length > 0 ? { supportingInfo: issues.map((name) => reference(address, name)) } : {}),
    ...(activity.length > 0 ? { activity } : {}),
    note: notes.map((text) => ({ text })),
  }
}

const refused: readonly string[] = ['contraindicated', 'avoid', 'alternative', 'duplicate-therapy']

const detailOf = (medication: PlanMedication): object => ({
  kind: 'MedicationRequest',
  code: { text: medication.action },
  status: medication.role === 'current' ? 'in-progress' : 'not-started',
  ...(refused.includes(medication.action) ? { doNotPerform: true } : {}),
  productCodeableConcept: drugConcept(medication),
  description: sentencesOf(medication).join(' '),
})

const drugConcept = ({ drug }: PlanMedication): Concept => ({
  ...(drug.atc === null ? {} : { coding: [{ system: 'http://www.whocc.no/atc', code: drug.atc }] }),
  text: drug.name,
})

function sentencesOf({
  action,
  dose,
  maxDose,
  startDose,
  also,
  suggest,
  test,
  because,
}: PlanMedication): readonly string[] {
  return [
    `Action: ${action}.`,
    ...(dose ? [`Fraction of the usual dose: ${dose.factorMin} to ${dose.factorMax}.`] : []),
    ...(maxDose ? [`At most ${maxDose}.`] : []),
    ...(startDose ? [`Start with ${startDose}.`] : []),
    ...(suggest.length > 0 ? [`Instead: ${suggest.join(', ')}.`] : []),
    ...(test.length > 0 ? [`First: ${test.join(', ')}.`] : []),
    ...also.map(({ action, what }) => `Also ${action}: ${what.join(', ')}.`),
    ...because.map(
      ({ finding, source }) =>
        `${finding} [${source.title}${source.confidence === 'general-knowledge' ? '; general knowledge' : ''}].`,
    ),
  ]
}

function issueOf(plan: Plan, medication: PlanMedication, subject: Subject): object {
  const { action, because, disagreements } = medication
  const url = because.map(({ source }) => source.url).find((one) => one !== null)
  return {
    resourceType: 'DetectedIssue',
    status: 'final',
    code: { text: action },
    severity:
      action === 'contraindicated' || action === 'avoid'
        ? 'high'
        : action === 'start-low' || action === 'increase-dose'
          ? 'low'
          : 'moderate',
    patient: subject,
    identifiedDateTime: plan.at,
    detail: `${medication.drug.name}: ${sentencesOf(medication).join(' ')}`,
    evidence: because.map(({ kind, of, finding }) => ({ code: [{ text: `${kind} ${of}: ${finding}` }] })),
    ...(disagreements.length > 0
      ? {
          mitigation: disagreements.map(({ action: other, source }) => ({
            action: { text: `${source.title}: ${other}` },
          })),
        }
      : {}),
    ...(url ? { reference: url } : {}),
  }
}

const reportOf = (plan: Plan, subject: Subject, address: Addresses): object => ({
  resourceType: 'DiagnosticReport',
  status: 'final',
  code: loinc('51969-4', 'Genetic analysis report'),
  subject,
  effectiveDateTime: plan.at,
  ...(plan.genes.length > 0 ? { result: plan.genes.map((gene) => reference(address, geneName(gene))) } : {}),
})

function geneObservation(
  plan: Plan,
  { gene, status, diplotypes, phenotypes, activityScore, converted, missing }: PlanGene,
  subject: Subject,
): object {
  const component = [
    { code: loinc('48018-6', 'Gene studied'), valueCodeableConcept: { text: gene } },
    ...diplotypes.map((diplotype) => ({
      code: loinc('84413-4', 'Genotype display name'),
      valueCodeableConcept: { text: diplotype },
    })),
    ...(activityScore === null
      ? []
      : [{ code: { text: 'Activity score' }, valueQuantity: { value: activityScore } }]),
    ...(converted
      ? [
          {
            code: { text: 'Phenotype as converted by drugs' },
            valueString: `${converted.to}, because of ${converted.because.join(', ')}`,
          },
        ]
      : []),
    ...(missing.length > 0
      ? [{ code: { text: 'Positions without a result' }, valueInteger: missing.length }]
      : []),
  ]
  const value =
    phenotypes.length > 0
      ? { valueCodeableConcept: { text: phenotypes.join(' or ') } }
      : { dataAbsentReason: { text: `${status}: not determined` } }
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: loinc('53040-2', "Genetic variation's effect on drug metabolism"),
    subject,
    effectiveDateTime: plan.at,
    ...value,
    component,
  }
}
