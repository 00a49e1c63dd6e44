import Type, { type Static } from 'typebox'
import { type Fault, ok, type Result } from '#kernel'
import { readShape } from './shape.ts'

const flag = () => Type.Optional(Type.Union([Type.Boolean(), Type.Null()]))
const words = () => Type.Optional(Type.Union([Type.String(), Type.Null()]))
const term = Type.String({ minLength: 1 })
const open = { additionalProperties: true } as const

/** DUOS DataUse, version 4: what is asked for, or what a data set may be used for. A member that is not known here is kept, and asks a person. */
const DataUse = Type.Object(
  {
    generalUse: flag(),
    hmbResearch: flag(),
    diseaseRestrictions: Type.Optional(Type.Union([Type.Null(), Type.Array(term)])),
    populationOriginsAncestry: flag(),
    methodsResearch: flag(),
    nonProfitUse: flag(),
    ethicsApprovalRequired: flag(),
    collaboratorRequired: flag(),
    geneticStudiesOnly: flag(),
    publicationResults: flag(),
    controls: flag(),
    pediatric: flag(),
    population: flag(),
    illegalBehavior: flag(),
    sexualDiseases: flag(),
    stigmatizeDiseases: flag(),
    vulnerablePopulations: flag(),
    psychologicalTraits: flag(),
    notHealth: flag(),
    other: words(),
    secondaryOther: words(),
    geographicalRestrictions: words(),
    publicationMoratorium: words(),
    gender: words(),
  },
  open,
)
export type DataUse = Static<typeof DataUse>

const Request = Type.Object(
  {
    /** By disease: every term that it falls under. */
    ancestors: Type.Record(Type.String(), Type.Array(term)),
    cases: Type.Array(Type.Object({ id: Type.String({ minLength: 1 }), purpose: DataUse, dataset: DataUse })),
  },
  open,
)

export type DataUseMatch = {
  readonly id: string
  /** `abstain`: a person must decide. */
  readonly result: 'approve' | 'deny' | 'abstain'
  readonly reasons: readonly string[]
}

/** One answer for each case, in order; all must be well formed before any is answered. */
export function matchDataUses(document: unknown, where: string): Result<readonly DataUseMatch[], Fault> {
  const request = readShape(Request, document, `${where} $`, 'match.shape')
  if (!request.ok) return request
  const ancestors = new Map(Object.entries(request.value.ancestors))
  return ok(
    request.value.cases.map(({ id, purpose, dataset }) => ({
      id,
      ...matchDataUse(purpose, dataset, ancestors),
    })),
  )
}

/** What is decided by rule; all else that is said asks a person. */
const ruled = new Set<string>([
  'generalUse',
  'hmbResearch',
  'diseaseRestrictions',
  'populationOriginsAncestry',
  'methodsResearch',
  'nonProfitUse',
])

const isSaid = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0)

const beyondRules = (use: DataUse): readonly string[] =>
  Object.entries(use)
    .filter(([name, value]) => !ruled.has(name) && isSaid(value))
    .map(([name]) => (/^[A-Za-z]{1,40}$/.test(name) ? name : 'an unknown member'))

/**
 * May data with these restrictions be used for this purpose (GA4GH DUO)? Each part of the purpose must be allowed by itself;
 * what a rule cannot decide is left to a person before anything is refused or approved.
 */
export function matchDataUse(
  purpose: DataUse,
  dataset: DataUse,
  ancestors: ReadonlyMap<string, readonly string[]>,
): Omit<DataUseMatch, 'id'> {
  const open = [
    ...beyondRules(purpose).map((name) => `the purpose names ${name}: a person must decide`),
    ...beyondRules(dataset).map((name) => `the data are bound by ${name}: a person must decide`),
  ]
  if (open.length > 0) return { result: 'abstain', reasons: open }
  const refused = [...refusalsOf(purpose, dataset, ancestors)]
  return refused.length > 0
    ? { result: 'deny', reasons: refused }
    : { result: 'approve', reasons: ['each part of the purpose is within what the data may be used for'] }
}

function* refusalsOf(
  purpose: DataUse,
  dataset: DataUse,
  ancestors: ReadonlyMap<string, readonly string[]>,
): Generator<string> {
  const allowsAll = dataset.generalUse === true
  const diseases = purpose.diseaseRestrictions ?? []
  const states =
    purpose.generalUse ||
    purpose.hmbResearch ||
    purpose.populationOriginsAncestry ||
    purpose.methodsResearch ||
    diseases.length > 0
  if (!states && !allowsAll) yield 'no purpose is stated, and the data are restricted'
  if (purpose.generalUse && !allowsAll) yield 'general research, on data that are restricted'
  if (purpose.hmbResearch && !allowsAll && dataset.hmbResearch !== true)
    yield 'health research of any kind, on data restricted to less'
  if (purpose.populationOriginsAncestry && !allowsAll && dataset.populationOriginsAncestry !== true)
    yield 'research into origins or ancestry, which the data are not for'
  if (
    !diseases.every(
      (disease) => allowsAll || dataset.hmbResearch === true || isUnder(disease, dataset, ancestors),
    )
  )
    yield 'a disease that the data are not for'
  if (dataset.methodsResearch === false && purpose.methodsResearch)
    yield 'development of methods, which the data exclude'
  if (dataset.nonProfitUse === true && purpose.nonProfitUse !== true)
    yield 'the data are for use without profit, and the purpose is not said to be'
}

const isUnder = (
  disease: string,
  { diseaseRestrictions }: DataUse,
  ancestors: ReadonlyMap<string, readonly string[]>,
): boolean =>
  [disease, ...(ancestors.get(disease) ?? [])].some((one) => diseaseRestrictions?.includes(one) ?? false)
