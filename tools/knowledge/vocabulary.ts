import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KnowledgeTable } from './table.ts'

type Schema = { readonly [key: string]: unknown }

/** Name of the list, name of its type, JSON pointer of the enumeration in situation.schema.json. */
const situationLists: readonly (readonly [list: string, type: string, pointer: string])[] = [
  ['jurisdictions', 'Jurisdiction', '/$defs/jurisdiction'],
  ['activities', 'Activity', '/$defs/activity'],
  ['purposes', 'Purpose', '/$defs/purpose'],
  ['categories', 'Category', '/$defs/category'],
  ['identifiabilities', 'Identifiability', '/$defs/data/properties/identifiability'],
  ['recordKinds', 'RecordKind', '/$defs/data/properties/record'],
  ['necessities', 'Necessity', '/properties/necessity/items'],
  ['capacities', 'Capacity', '/$defs/subject/properties/capacity'],
  ['sexes', 'Sex', '/$defs/subject/properties/sex'],
  ['relativeWishes', 'RelativeWish', '/$defs/subject/properties/wishes/properties/tellRelatives'],
  ['directives', 'Directive', '/$defs/subject/properties/wishes/properties/directive'],
  ['relations', 'Relation', '/$defs/representative/properties/relation'],
  ['representativeAnswers', 'RepresentativeAnswer', '/$defs/representative/properties/consents'],
  ['actorKinds', 'ActorKind', '/$defs/actor/properties/kind'],
  ['actorRoles', 'ActorRole', '/$defs/actor/properties/role'],
  ['insuranceLines', 'InsuranceLine', '/$defs/actor/properties/insuranceLine'],
  ['interventionKinds', 'InterventionKind', '/$defs/intervention/properties/kind'],
  ['interventionRisks', 'InterventionRisk', '/$defs/intervention/properties/risk'],
  ['costBurdens', 'CostBurden', '/$defs/intervention/properties/costBurden'],
  ['emergencyApprovers', 'EmergencyApprover', '/$defs/emergency/properties/approver'],
  ['consentGivers', 'ConsentGiver', '/$defs/consent/properties/by'],
  ['approvalOutcomes', 'ApprovalOutcome', '/$defs/approval/properties/outcome'],
  ['requestExtents', 'RequestExtent', '/properties/request/oneOf/1/properties/extent'],
  ['refusalReasons', 'RefusalReason', '/properties/request/oneOf/1/properties/reasonGiven'],
  ['holdingKinds', 'HoldingKind', '/properties/holdings/items/properties/kind'],
  ['incidentKinds', 'IncidentKind', '/properties/incident/oneOf/1/properties/kind'],
  ['incidentGrades', 'IncidentGrade', '/properties/incident/oneOf/1/properties/grade'],
  ['incidentRisks', 'IncidentRisk', '/properties/incident/oneOf/1/properties/risk'],
  [
    'committeeFields',
    'CommitteeField',
    '/properties/committee/oneOf/1/properties/members/items/properties/field',
  ],
  ['disputeClaims', 'DisputeClaim', '/properties/dispute/oneOf/1/properties/claim'],
]

/** Codes of our own beside those of the contract: what a genome says of relatives is a category by itself (decision 0036). */
const ours: Readonly<Record<string, readonly string[]>> = { categories: ['relatives'] }

/** Name of the list, name of its type, member of codes.json. */
const rulingLists: readonly (readonly [list: string, type: string, member: string])[] = [
  ['duties', 'DutyCode', 'duties'],
  ['consentForms', 'ConsentForm', 'consentForms'],
  ['disclosureElements', 'DisclosureElement', 'disclosureElements'],
  ['approvalKinds', 'ApprovalKind', 'approvals'],
  ['burdenFacts', 'BurdenFact', 'burdenOfProofFacts'],
  ['parties', 'Party', 'parties'],
  ['rights', 'Right', 'rights'],
  ['consentTopics', 'ConsentTopic', 'consentFor'],
  ['outcomes', 'Outcome', 'outcomes'],
  ['conflictPrinciples', 'ConflictPrinciple', 'principles'],
]

const header = (from: string) =>
  `// Made by \`npm run knowledge\` from the closed vocabularies of ${from}. Do not edit.\n`

const listSource = (list: string, type: string, codes: readonly string[]): string =>
  `\nexport const ${list} = [\n${codes.map((code) => `  '${code}',\n`).join('')}] as const\nexport type ${type} = (typeof ${list})[number]\n`

function codesAt(schema: Schema, pointer: string): string[] {
  let node: unknown = schema
  for (const part of pointer.split('/').slice(1)) node = (node as Schema)[part]
  return ((node as Schema).oneOf as { const: string }[]).map((choice) => choice.const)
}

const readJson = async (shared: string, file: string): Promise<Schema> =>
  JSON.parse(await readFile(join(shared, 'contracts', file), 'utf8')) as Schema

async function makeSituationCodes(shared: string): Promise<string> {
  const schema = await readJson(shared, 'situation.schema.json')
  const lists = situationLists.map(([list, type, pointer]) =>
    listSource(list, type, [...codesAt(schema, pointer), ...(ours[list] ?? [])]),
  )
  return header('the situation') + lists.join('')
}

async function makeRulingCodes(shared: string): Promise<string> {
  const codes = (await readJson(shared, 'codes.json')) as Record<string, readonly { code: string }[]>
  const lists = rulingLists.map(([list, type, member]) =>
    listSource(list, type, codes[member]?.map((row) => row.code) ?? []),
  )
  return header('rulings') + lists.join('')
}

/** Codes whose meaning is said to people. */
const spokenMembers: readonly (readonly [name: string, type: string, member: string])[] = [
  ['dutyMeanings', 'DutyCode', 'duties'],
  ['partyMeanings', 'Party', 'parties'],
  ['consentTopicMeanings', 'ConsentTopic', 'consentFor'],
  ['outcomeMeanings', 'Outcome', 'outcomes'],
]

async function makeMeanings(shared: string): Promise<string> {
  const codes = (await readJson(shared, 'codes.json')) as Record<
    string,
    readonly { code: string; meaning: string }[]
  >
  const imported = spokenMembers.map(([, type]) => type).sort()
  const tables = spokenMembers.map(([name, type, member]) => {
    const rows = codes[member]?.map(({ code, meaning }) => `  '${code}': ${JSON.stringify(meaning)},\n`) ?? []
    return `\nexport const ${name}: Readonly<Record<${type}, string>> = {\n${rows.join('')}}\n`
  })
  return `${header('rulings')}import type { ${imported.join(', ')} } from './ruling.made.ts'\n${tables.join('')}`
}

export const vocabularyTables: readonly KnowledgeTable[] = [
  { path: 'src/vocabulary/situation.made.ts', make: makeSituationCodes },
  { path: 'src/vocabulary/ruling.made.ts', make: makeRulingCodes },
  { path: 'src/vocabulary/meanings.made.ts', make: makeMeanings },
]
