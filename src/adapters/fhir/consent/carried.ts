import type { TSchema } from 'typebox'
import Value from 'typebox/value'
import { allOk, err, type Fault, inputFault, isRecord, kindOf, ok, type Result } from '#kernel'

/** What of JSON Schema the shapes of agreements are made of. */
type Shape = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly enum?: readonly string[]
  readonly format?: string
  readonly pattern?: string
}
export type Extension = { readonly url: string; readonly [member: string]: unknown }

/**
 * A value of a shape as extensions within an extension (FHIR “Extensibility”: members of a complex extension have relative addresses).
 * Null, an empty list and what is left out are told by absence, so a shape must not have two of them in one place.
 */
export const carry = (schema: TSchema, url: string, value: unknown): readonly Extension[] =>
  carryAs(schema as Shape, url, value)

function carryAs(shape: Shape, url: string, value: unknown): readonly Extension[] {
  if (value === null || value === undefined) return []
  const inner = unwrap(shape)
  if (inner.items) return (value as readonly unknown[]).flatMap((one) => carryAs(inner.items!, url, one))
  if (!inner.properties) return [{ url, [leafOf(inner)]: value }]
  const members = Object.entries(inner.properties).flatMap(([name, member]) =>
    carryAs(member, name, (value as Readonly<Record<string, unknown>>)[name]),
  )
  return [{ url, extension: members }]
}

/** The shape beside null. */
const unwrap = (shape: Shape): Shape => shape.anyOf?.find(({ type }) => type !== 'null') ?? shape

function leafOf({ type, format, pattern, enum: codes }: Shape): string {
  if (type === 'boolean') return 'valueBoolean'
  if (type === 'integer') return 'valueInteger'
  if (codes) return 'valueCode'
  if (format === 'date') return 'valueDate'
  return pattern?.startsWith('^\\d{4}') ? 'valueInstant' : 'valueString'
}

type Placed = { readonly value: unknown; readonly where: string }
type Read = Result<unknown, Fault>
const flaw = (where: string, found: string, expected: string) =>
  err(inputFault('consent.carried', where, found, expected))

/** The value back again; each place in it is held against its shape. */
export const uncarry = (schema: TSchema, extension: unknown, where: string): Read =>
  readOne(schema as Shape, { value: extension, where })

function readOne(shape: Shape, { value, where }: Placed): Read {
  if (!isRecord(value)) return flaw(where, kindOf(value), 'an extension')
  const inner = unwrap(shape)
  const name = inner.properties ? 'extension' : leafOf(inner)
  const strange = Object.keys(value).find((member) => member !== 'url' && member !== name)
  if (strange !== undefined) return flaw(where, 'another member', `url and ${name} only`)
  if (inner.properties) return readMembers(inner, value['extension'] ?? [], where)
  const leaf = Object.hasOwn(value, name) ? value[name] : undefined
  return Value.Check(inner as TSchema, leaf)
    ? ok(leaf)
    : flaw(`${where}.${name}`, leaf === undefined ? 'nothing' : 'another value', wordsFor(inner))
}

function readMembers({ properties: shapes = {}, required = [] }: Shape, list: unknown, where: string): Read {
  if (!Array.isArray(list)) return flaw(`${where}.extension`, kindOf(list), 'an array')
  const byUrl = new Map<string, Placed[]>(Object.keys(shapes).map((name) => [name, []]))
  for (const [i, value] of list.entries()) {
    const place = `${where}.extension[${i}]`
    const url: unknown = isRecord(value) ? value['url'] : undefined
    const found = typeof url === 'string' ? byUrl.get(url) : undefined
    if (found === undefined) return flaw(`${place}.url`, 'another name', 'a member of what was signed')
    found.push({ value, where: place })
  }
  const read = allOk(
    Object.entries(shapes)
      .filter(([name]) => required.includes(name) || byUrl.get(name)!.length > 0)
      .map(([name, shape]) => readNamed(name, shape, byUrl.get(name)!, where)),
  )
  return read.ok ? ok(Object.fromEntries(read.value)) : read
}

function readNamed(
  name: string,
  shape: Shape,
  found: readonly Placed[],
  where: string,
): Result<readonly [string, unknown], Fault> {
  const inner = unwrap(shape)
  const missing = `${where}.extension.${name}`
  if (found.length === 0 && shape.anyOf) return ok([name, null])
  if (inner.items) {
    const list = allOk(found.map((one) => readOne(inner.items!, one)))
    if (!list.ok) return list
    return Value.Check(inner as TSchema, list.value)
      ? ok([name, list.value])
      : flaw(missing, 'too few, too many or the same twice', wordsFor(inner))
  }
  const [only, second] = found
  if (only === undefined) return flaw(missing, 'nothing', 'a value')
  if (second !== undefined) return flaw(second.where, 'a second value', 'one')
  const read = readOne(inner, only)
  return read.ok ? ok([name, read.value]) : read
}

const wordsFor = ({ type, enum: codes, format }: Shape): string => {
  if (codes) return 'one of its codes'
  return format === 'date' ? 'a day' : `${type === 'array' ? 'a list' : `a ${type}`} as it was signed`
}
