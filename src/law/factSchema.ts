import { SituationSchema } from './situation.ts'

/** What the JSON schema of a situation says of one of its parts, as far as it is read here. */
export type FactSchema = {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly FactSchema[]
  readonly properties?: Readonly<Record<string, FactSchema>>
  readonly required?: readonly string[] | undefined
  readonly items?: FactSchema
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly minItems?: number
}

export const situationFacts = SituationSchema as FactSchema

/** The schema of what is there, where the fact may also be known to be none. */
export const knownOf = (schema: FactSchema): FactSchema =>
  schema.anyOf?.find(({ type }) => type !== 'null') ?? schema

/** Of the fact at a dotted path, null or not; undefined when a situation has no such fact. */
export function factSchemaAt(path: string, within = situationFacts): FactSchema | undefined {
  let at: FactSchema | undefined = within
  for (const step of path.split('.')) at = at && knownOf(at).properties?.[step]
  return at
}
