import assert from 'node:assert/strict'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

type Content = Readonly<Record<string, { readonly schema: object }>>
export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly {
    readonly in: string
    readonly name: string
    readonly required?: boolean
    readonly schema: object
  }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>
}
export type Description = {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
export type Place = { readonly method: string; readonly path: string; readonly operation: Operation }

export const placesOf = ({ paths }: Description): readonly Place[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, discriminator: true })
const compiled = new WeakMap<object, ValidateFunction>()

export function compile(schema: object): ValidateFunction {
  const known = compiled.get(schema)
  if (known) return known
  const validate = ajv.compile(schema)
  compiled.set(schema, validate)
  return validate
}

export type Answered = { readonly status: number; readonly type: string; readonly body: string }

const mediaOf = (type: string): string => type.split(';')[0]!.trim()

/** The status is described for this operation, so is the type, and the body is what its schema says. */
export function assertDescribed({ operation }: Place, { status, type, body }: Answered): void {
  const where = `${operation.operationId} ${status}`
  const answer = operation.responses[String(status)]
  assert.ok(answer, `${where} is not described: ${body.slice(0, 300)}`)
  const media = answer.content[mediaOf(type)]
  assert.ok(media, `${where} comes as ${type}`)
  const value: unknown = /json/.test(type) ? JSON.parse(body) : body
  const validate = compile(media.schema)
  assert.ok(validate(value), `${where}: ${JSON.stringify(validate.errors)}`)
  if (status >= 400) {
    assert.equal(mediaOf(type), 'application/problem+json', where)
    assert.equal((value as { status: number }).status, status, where)
  }
}

/** What the OpenAPI 3.1 document is asked for, as far as this can be checked with what is at hand. */
export function assertOpenApi(document: Description): void {
  assert.match(document.openapi, /^3\.1\.\d+$/)
  assert.ok(document.info.title && document.info.version)
  const places = placesOf(document)
  const ids = places.map(({ operation }) => operation.operationId)
  assert.equal(new Set(ids).size, ids.length, 'every operation has an id of its own')
  for (const place of places) assertOperation(place)
  assert.ok(!JSON.stringify(document).includes('"$ref"'), 'there is nothing to resolve')
  assert.ok(!JSON.stringify(document).includes('"nullable"'), 'no word of OpenAPI 3.0')
}

function assertOperation({ path, method, operation }: Place): void {
  const where = `${method} ${path}`
  assert.match(path, /^\//)
  assert.ok(operation.operationId && operation.summary, where)
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
  assert.deepEqual(
    declared.map(({ name, required }) => [name, required]),
    named.map((name) => [name, true]),
    where,
  )
  const answers = Object.entries(operation.responses)
  assert.ok(answers.some(([status]) => status.startsWith('2')))
  for (const [status, { description }] of answers) {
    assert.match(status, /^[1-5]\d\d$/, where)
    assert.ok(description.length > 0 && description !== 'Default Response', `${where} ${status}`)
  }
  const contents = [...answers.map(([, { content }]) => content), operation.requestBody?.content ?? {}]
  const schemas = contents.flatMap((content) => Object.values(content).map(({ schema }) => schema))
  for (const schema of [...schemas, ...(operation.parameters ?? []).map(({ schema }) => schema)]) {
    assert.ok(ajv.validateSchema(schema), `${where}: ${JSON.stringify(ajv.errors)}`)
    compile(schema)
  }
}
