import '../wasmCalls.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DetailedError,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import type { AccessQuestion, Policies } from '#access'
import { err, type Fault, inputFault, ok, type Result } from '#kernel'

const schemaFile = 'schema.cedarschema'
const policiesFile = 'policies.cedar'
let sets = 0

/** The policies of a folder, checked against their schema and parsed once. A flaw is said with file and line. */
export async function readPolicies(folder: string): Promise<Result<Policies, Fault>> {
  const [schema, text] = await Promise.all(
    [schemaFile, policiesFile].map((name) => readFile(join(folder, name), 'utf8')),
  )
  return parsePolicies(schema!, text!)
}

export function parsePolicies(schema: string, text: string): Result<Policies, Fault> {
  sets += 1
  const set = `access-${sets}`
  const parsedSchema = preparseSchema(set, schema)
  if (parsedSchema.type === 'failure') return err(flawOf(schemaFile, schema, parsedSchema.errors))
  const parsed = preparsePolicySet(set, { staticPolicies: text })
  if (parsed.type === 'failure') return err(flawOf(policiesFile, text, parsed.errors))
  const checked = validate({ schema, policies: { staticPolicies: text } })
  const errors =
    checked.type === 'failure' ? checked.errors : checked.validationErrors.map(({ error }) => error)
  return errors.length > 0 ? err(flawOf(policiesFile, text, errors)) : ok(policiesOf(set))
}

function flawOf(file: string, text: string, [first]: readonly DetailedError[]): Fault {
  const offset = first?.sourceLocations?.[0]?.start
  const line = offset === undefined ? '' : `:${text.slice(0, offset).split('\n').length}`
  const found = (first?.message ?? 'a flaw').replaceAll(/\s+/g, ' ')
  return inputFault('access.policy', `${file}${line}`, found, 'policies that their schema allows')
}

const principal = { type: 'Habeas::Account', id: 'caller' }
const resource = { type: 'Habeas::Thing', id: 'asked' }

/** Nothing else goes into an answer, and the policies never change: what was answered once stays so. */
function policiesOf(set: string): Policies {
  const answered = new Map<string, boolean>()
  return {
    permit(question) {
      const { operation, role, relation } = question
      const key = `${operation} ${role} ${relation}`
      const answer = answered.get(key) ?? ask(set, question)
      answered.set(key, answer)
      return answer
    },
  }
}

/** A policy that cannot be evaluated is skipped by Cedar, a forbidding one too: so any error denies. */
function ask(set: string, { operation, role, relation }: AccessQuestion): boolean {
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Habeas::Action', id: operation },
    resource,
    context: { role, relation },
    entities: [],
    preparsedSchemaName: set,
    preparsedPolicySetId: set,
    validateRequest: true,
  })
  if (answer.type === 'failure') return false
  const { decision, diagnostics } = answer.response
  return decision === 'allow' && diagnostics.errors.length === 0
}
