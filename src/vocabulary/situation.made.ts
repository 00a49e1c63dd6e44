// Made by `npm run knowledge` from the closed vocabularies of the situation. Do not edit.

export const jurisdictions = [
  'CN',
  'EU',
  'FR',
  'US',
] as const
export type Jurisdiction = (typeof jurisdictions)[number]

export const activities = [
  'collect',
  'test',
  'treat',
  'store',
  'use',
  'disclose',
  'provide-to-third-party',
  'entrust',
  'publish',
  'transfer-abroad',
  'automated-decision',
  'research',
  'train-model',
  'access-own',
  'copy-own',
  'access-deceased',
  'correct',
  'delete',
  'withdraw',
  'port',
  'inform-relative',
  'return-findings',
  'retain',
  'transport-out-of-institution',
  'request-genetic-information',
  'respond-to-breach',
  'review-ethics',
  'resolve-dispute',
  'sanction',
] as const
export type Activity = (typeof activities)[number]

export const purposes = [
  'treatment',
  'prevention',
  'public-health',
  'research',
  'product-development',
  'model-training',
  'insurance',
  'employment',
  'litigation',
  'quality',
  'education',
  'law-enforcement',
  'emergency',
  'family-interest',
  'personal-curiosity',
  'service',
  'supervision',
  'ancestry',
] as const
export type Purpose = (typeof purposes)[number]

export const categories = [
  'genetic',
  'health',
  'biometric',
  'biospecimen',
  'identity',
  'environment',
  'family-history',
  'image',
  'omics-other',
  'relatives',
] as const
export type Category = (typeof categories)[number]

export const identifiabilities = [
  'identified',
  'pseudonymised',
  'de-identified',
  'anonymised',
] as const
export type Identifiability = (typeof identifiabilities)[number]

export const recordKinds = [
  'inpatient',
  'outpatient',
  'mental-health',
] as const
export type RecordKind = (typeof recordKinds)[number]

export const necessities = [
  'contract',
  'hr-management',
  'statutory-duty',
  'public-health-emergency',
  'protect-life',
  'self-published',
  'medical-diagnosis',
  'legal-claims',
  'gina-exception',
] as const
export type Necessity = (typeof necessities)[number]

export const capacities = [
  'full',
  'limited',
  'none',
] as const
export type Capacity = (typeof capacities)[number]

export const sexes = [
  'f',
  'm',
] as const
export type Sex = (typeof sexes)[number]

export const relativeWishes = [
  'agrees',
  'asks-doctor-anonymously',
  'refuses',
] as const
export type RelativeWish = (typeof relativeWishes)[number]

export const directives = [
  'none',
  'forbids-access',
  'allows-access',
] as const
export type Directive = (typeof directives)[number]

export const relations = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'grandparent',
  'grandchild',
  'guardian',
  'friend',
  'agent',
  'self',
  'none',
] as const
export type Relation = (typeof relations)[number]

export const representativeAnswers = [
  'yes',
  'no',
  'silent',
] as const
export type RepresentativeAnswer = (typeof representativeAnswers)[number]

export const actorKinds = [
  'medical-institution',
  'physician',
  'laboratory',
  'research-institution',
  'biobank',
  'company',
  'ai-developer',
  'insurer',
  'employer',
  'state-organ',
  'foreign-authority',
  'public-health-body',
  'ethics-committee',
  'court',
  'individual',
] as const
export type ActorKind = (typeof actorKinds)[number]

export const actorRoles = [
  'handler',
  'processor',
  'care-provider',
  'decider',
  'requester',
  'covered-entity',
] as const
export type ActorRole = (typeof actorRoles)[number]

export const insuranceLines = [
  'health',
  'life',
  'other',
] as const
export type InsuranceLine = (typeof insuranceLines)[number]

export const interventionKinds = [
  'surgery',
  'special-examination',
  'special-treatment',
  'laboratory-test',
  'drug',
  'drug-trial',
  'new-biomedical-technology',
  'germline-genetic-test',
  'somatic-genetic-test',
  'termination-or-ligation',
  'prenatal-diagnosis',
] as const
export type InterventionKind = (typeof interventionKinds)[number]

export const interventionRisks = [
  'high',
  'low',
] as const
export type InterventionRisk = (typeof interventionRisks)[number]

export const costBurdens = [
  'heavy',
  'ordinary',
] as const
export type CostBurden = (typeof costBurdens)[number]

export const emergencyApprovers = [
  'none',
  'treating-doctor',
  'head-or-authorised-person',
  'ethics-committee',
  'head-and-ethics-committee',
] as const
export type EmergencyApprover = (typeof emergencyApprovers)[number]

export const consentGivers = [
  'subject',
  'guardian',
  'both-guardians',
  'near-relative',
  'family-or-related-person',
  'authorised-agent',
  'head-or-authorised-person',
  'both-spouses',
  'near-relatives-of-deceased',
  'legal-heirs',
  'spouse-adult-children-parents',
  'participant-relative',
] as const
export type ConsentGiver = (typeof consentGivers)[number]

export const approvalOutcomes = [
  'granted',
  'refused',
  'pending',
  'lapsed',
  'unknown',
] as const
export type ApprovalOutcome = (typeof approvalOutcomes)[number]

export const requestExtents = [
  'listed-records',
  'all-records',
  'raw-data',
  'all-data',
  'result',
] as const
export type RequestExtent = (typeof requestExtents)[number]

export const refusalReasons = [
  'none',
  'trade-secret',
  'harmful-to-treatment',
  'third-party',
  'other',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

export const holdingKinds = [
  'aliquot',
  'research-copy',
  'clinical-record',
  'published-result',
  'anonymised-data',
  'consent-evidence',
] as const
export type HoldingKind = (typeof holdingKinds)[number]

export const incidentKinds = [
  'leak',
  'tampering',
  'loss',
] as const
export type IncidentKind = (typeof incidentKinds)[number]

export const incidentGrades = [
  'ordinary',
  'relatively-major',
] as const
export type IncidentGrade = (typeof incidentGrades)[number]

export const incidentRisks = [
  'low',
  'medium',
  'high',
] as const
export type IncidentRisk = (typeof incidentRisks)[number]

export const committeeFields = [
  'medicine',
  'ethics',
  'law',
  'sociology',
  'lay',
  'nonscientist',
] as const
export type CommitteeField = (typeof committeeFields)[number]

export const disputeClaims = [
  'medical-damage',
  'duty-to-inform',
  'pi-infringement',
  'administrative-penalty',
  'discrimination',
] as const
export type DisputeClaim = (typeof disputeClaims)[number]
