import Type, { type Static, type TSchema } from 'typebox'
import type { Day } from '#kernel'
import {
  activities,
  actorKinds,
  actorRoles,
  approvalKinds,
  approvalOutcomes,
  capacities,
  categories,
  committeeFields,
  consentForms,
  consentGivers,
  costBurdens,
  directives,
  disclosureElements,
  disputeClaims,
  emergencyApprovers,
  holdingKinds,
  identifiabilities,
  incidentGrades,
  incidentKinds,
  incidentRisks,
  insuranceLines,
  interventionKinds,
  interventionRisks,
  jurisdictions,
  necessities,
  purposes,
  recordKinds,
  refusalReasons,
  relations,
  relativeWishes,
  representativeAnswers,
  requestExtents,
  rights,
  sexes,
} from '#vocabulary'

/**
 * One governed act on a date, as the schema that types, checks and documents it. Every member beyond the first five
 * may be absent: absent is unknown, null is known to be none, a present array is complete.
 */

const code = <Code extends string>(codes: readonly Code[]) => Type.Unsafe<Code>(Type.Enum([...codes]))
const flag = () => Type.Boolean()
const count = (minimum = 0) => Type.Integer({ minimum })
const day = () => Type.Unsafe<Day>(Type.String({ format: 'date' }))
const set = <Item extends TSchema>(item: Item, minItems = 0) =>
  Type.Array(item, { uniqueItems: true, ...(minItems > 0 ? { minItems } : {}) })
const maybe = Type.Optional
const closed = { additionalProperties: false } as const
const orNone = <Known extends TSchema>(known: Known) => maybe(Type.Union([Type.Null(), known]))
const key = () => Type.String({ pattern: '^[a-z0-9-]+$' })

const Data = Type.Object(
  {
    categories: maybe(set(code(categories))),
    identifiability: maybe(code(identifiabilities)),
    persons: maybe(count()),
    exomesOrGenomes: maybe(count()),
    importantData: maybe(flag()),
    keySamples: maybe(flag()),
    sensitiveAbroadThisYear: maybe(count()),
    collectedFor: maybe(code(purposes)),
    collectedOn: maybe(day()),
    usPersons: maybe(count()),
    fromHgrMaterial: maybe(flag()),
    record: maybe(code(recordKinds)),
  },
  closed,
)

const Wishes = Type.Object(
  {
    notToKnow: maybe(flag()),
    assents: maybe(flag()),
    refuses: maybe(flag()),
    tellRelatives: maybe(code(relativeWishes)),
    directive: maybe(code(directives)),
  },
  closed,
)

const Subject = Type.Object(
  {
    age: maybe(count()),
    bornOn: maybe(day()),
    capacity: maybe(code(capacities)),
    conscious: maybe(flag()),
    tellingInadvisable: maybe(flag()),
    deceased: maybe(flag()),
    sex: maybe(code(sexes)),
    pregnant: maybe(flag()),
    mentalPatient: maybe(flag()),
    healthy: maybe(flag()),
    wishes: maybe(Wishes),
  },
  closed,
)

const Representative = Type.Object(
  {
    relation: code(relations),
    reachable: maybe(flag()),
    consents: maybe(code(representativeAnswers)),
    mandate: maybe(flag()),
  },
  closed,
)

const Actor = Type.Object(
  {
    id: maybe(key()),
    kind: maybe(code(actorKinds)),
    country: maybe(Type.String({ pattern: '^[A-Z]{2}$' })),
    foreignControlled: maybe(flag()),
    coveredPerson: maybe(flag()),
    role: maybe(code(actorRoles)),
    ciio: maybe(flag()),
    employees: maybe(count()),
    insuranceLine: maybe(code(insuranceLines)),
    relation: maybe(code(relations)),
    careTeam: maybe(flag()),
  },
  closed,
)

const Cooperation = Type.Object(
  { international: maybe(flag()), marketingTrial: maybe(flag()), materialExport: maybe(flag()) },
  closed,
)

const Intervention = Type.Object(
  {
    kind: code(interventionKinds),
    experimental: maybe(flag()),
    offLabel: maybe(flag()),
    betterOptionExists: maybe(flag()),
    risk: maybe(code(interventionRisks)),
    costBurden: maybe(code(costBurdens)),
    destroysOrganFunction: maybe(flag()),
  },
  closed,
)

const Emergency = Type.Object(
  {
    lifeThreatening: maybe(flag()),
    consentObtainable: maybe(flag()),
    approver: maybe(code(emergencyApprovers)),
  },
  closed,
)

const Covers = Type.Object(
  {
    activities: maybe(set(code(activities))),
    purposes: maybe(set(code(purposes))),
    categories: maybe(set(code(categories))),
    recipients: maybe(set(key())),
    abroad: maybe(flag()),
  },
  closed,
)

const Consent = Type.Object(
  {
    by: code(consentGivers),
    relation: maybe(code(relations)),
    on: maybe(day()),
    subjectAgeThen: maybe(count()),
    forms: set(code(consentForms)),
    covers: maybe(Covers),
    told: maybe(set(code(disclosureElements))),
    withdrawnOn: maybe(Type.Union([Type.Null(), day()])),
    bundled: maybe(flag()),
  },
  closed,
)

const Approval = Type.Object(
  { kind: code(approvalKinds), outcome: code(approvalOutcomes), on: maybe(day()), expires: maybe(day()) },
  closed,
)

const Automated = Type.Object(
  {
    solely: maybe(flag()),
    majorImpact: maybe(flag()),
    explanationGiven: maybe(flag()),
    humanDecisionOffered: maybe(flag()),
  },
  closed,
)

const PersonRequest = Type.Object(
  {
    right: maybe(code(rights)),
    by: maybe(code(relations)),
    receivedOn: maybe(day()),
    extent: maybe(code(requestExtents)),
    refused: maybe(flag()),
    reasonGiven: maybe(code(refusalReasons)),
  },
  closed,
)

const Holding = Type.Object(
  { kind: code(holdingKinds), recordKind: maybe(code(recordKinds)), lastContactOn: maybe(day()) },
  closed,
)

const Incident = Type.Object(
  {
    kind: maybe(code(incidentKinds)),
    discoveredOn: maybe(day()),
    grade: maybe(code(incidentGrades)),
    persons: maybe(count()),
    risk: maybe(code(incidentRisks)),
    harmAvoided: maybe(flag()),
    selfRemedied: maybe(flag()),
  },
  closed,
)

const Member = Type.Object(
  { n: count(1), field: maybe(code(committeeFields)), sex: maybe(code(sexes)), ofInstitution: maybe(flag()) },
  closed,
)

const Committee = Type.Object(
  {
    members: maybe(set(Member)),
    attending: maybe(count()),
    votesFor: maybe(count()),
    nonscientistPresent: maybe(flag()),
  },
  closed,
)

const Dispute = Type.Object(
  {
    claim: maybe(code(disputeClaims)),
    factsOn: maybe(day()),
    harmShown: maybe(flag()),
    treatmentShown: maybe(flag()),
    normsViolated: maybe(flag()),
    recordsWithheld: maybe(flag()),
    recordsAltered: maybe(flag()),
    recordsLost: maybe(flag()),
    recordsDestroyed: maybe(flag()),
    offender: maybe(code(actorKinds)),
  },
  closed,
)

export const SituationSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9_.-]+$' }),
    at: day(),
    jurisdictions: set(code(jurisdictions), 1),
    activity: code(activities),
    purpose: code(purposes),
    necessity: maybe(set(code(necessities))),
    data: orNone(Data),
    subject: maybe(Subject),
    representatives: maybe(Type.Array(Representative)),
    actor: maybe(Actor),
    recipient: orNone(Actor),
    cooperation: orNone(Cooperation),
    intervention: orNone(Intervention),
    emergency: orNone(Emergency),
    consents: maybe(set(Consent)),
    approvals: maybe(set(Approval)),
    automated: orNone(Automated),
    request: orNone(PersonRequest),
    holdings: maybe(set(Holding)),
    incident: orNone(Incident),
    committee: orNone(Committee),
    dispute: orNone(Dispute),
  },
  closed,
)

type Fixed<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Fixed<Item>[]
    : { readonly [Member in keyof T]: Fixed<T[Member]> }

export type Situation = Fixed<Static<typeof SituationSchema>>
export type GivenConsent = Fixed<Static<typeof Consent>>
export type GivenApproval = Fixed<Static<typeof Approval>>
