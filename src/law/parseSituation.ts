import Value from 'typebox/value'
import { err, type Fault, inputFault, jsonPath, kindOf, ok, type Result, yearsBetween } from '#kernel'
import { type FactSchema, knownOf, situationFacts } from './factSchema.ts'
import { type Situation, SituationSchema } from './situation.ts'

export type SituationFault = 'situation.shape' | 'situation.contradiction'
type Found = { readonly path: string; readonly found: string; readonly expected: string }

/**
 * A situation, or the first thing that keeps `value` from being one: its JSON path (`where` is the path of the value
 * itself, usually `$`), the kind found there and what was expected. Facts that cannot both be true are refused too.
 */
export function parseSituation(value: unknown, where: string): Result<Situation, Fault<SituationFault>> {
  if (!Value.Check(SituationSchema, value)) return fault('situation.shape', where, findMisfit(value))
  const situation = value as Situation
  const contradiction = findContradiction(situation)
  return contradiction ? fault('situation.contradiction', where, contradiction) : ok(situation)
}

const fault = (code: SituationFault, where: string, { path, found, expected }: Found) =>
  err(inputFault(code, where + path, found, expected))

/** The deepest misfit: in a choice between null and an object, the object's own flaw says more than "not null". */
function findMisfit(value: unknown): Found {
  const flaws = Value.Errors(SituationSchema, value).map((flaw) => locate(flaw, value))
  return flaws.reduce((best, flaw) => (flaw.depth > best.depth ? flaw : best))
}

type Flaw = { readonly keyword: string; readonly instancePath: string; readonly params: object }

function locate(flaw: Flaw, root: unknown): Found & { readonly depth: number } {
  const steps = flaw.instancePath.split('/').slice(1)
  const schema = steps.reduce(stepInto, situationFacts)
  const [missing] = listed(flaw, 'requiredProperties')
  const [surplus] = listed(flaw, 'additionalProperties')
  const member = missing ?? surplus
  const path = jsonPath(member === undefined ? steps : [...steps, member])
  const value = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], root)
  if (missing !== undefined)
    return { path, found: 'nothing', expected: words(stepInto(schema, missing)), depth: steps.length + 1 }
  if (surplus !== undefined || flaw.keyword === 'boolean')
    return { path, found: 'an unknown member', expected: 'no such member', depth: steps.length + 0.5 }
  if (flaw.keyword === 'uniqueItems')
    return { path, found: 'the same item twice', expected: 'each item once', depth: steps.length }
  return { path, found: shown(value, schema), expected: words(schema), depth: steps.length }
}

const listed = (flaw: Flaw, name: string): readonly string[] => {
  const list = (flaw.params as Record<string, unknown>)[name]
  return Array.isArray(list) ? (list as string[]) : []
}

/** Only where a code is expected, and only what is spelt like one, is repeated. */
const shown = (value: unknown, schema: FactSchema): string =>
  schema.enum !== undefined &&
  typeof value === 'string' &&
  /^[a-z]+(-[a-z]+)+$/.test(value) &&
  value.length <= 40
    ? `"${value}"`
    : kindOf(value)

function stepInto(schema: FactSchema, step: string): FactSchema {
  const known = knownOf(schema)
  return known.properties?.[step] ?? known.items ?? {}
}

function words(schema: FactSchema): string {
  if (schema.anyOf) return schema.anyOf.map(words).join(' or ')
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.format === 'date') return 'a day of the calendar, YYYY-MM-DD'
  if (schema.pattern !== undefined) return `text matching ${schema.pattern}`
  if (schema.type === 'integer') return `a whole number from ${schema.minimum ?? 0}`
  if (schema.type === 'array') return schema.minItems ? 'an array that is not empty' : 'an array'
  if (schema.type === 'null') return 'null'
  return schema.type === 'object'
    ? 'an object'
    : schema.type === 'boolean'
      ? 'true or false'
      : 'no such member'
}

/** Facts that exclude each other in every reading; doubtful ones are left to the law. */
function findContradiction(situation: Situation): Found | undefined {
  return findWrongAge(situation) ?? findWrongConsent(situation) ?? findWrongApproval(situation)
}

function findWrongAge({ subject, at }: Situation): Found | undefined {
  if (subject?.deceased === true && subject.conscious === true)
    return { path: '.subject.conscious', found: 'true', expected: 'false, since subject.deceased is true' }
  if (subject?.bornOn === undefined) return undefined
  if (subject.bornOn > at)
    return { path: '.subject.bornOn', found: 'a day after $.at', expected: 'a day up to $.at' }
  if (subject.age === undefined) return undefined
  const years = yearsBetween(subject.bornOn, at)
  // Systems differ on when someone born on 29 February completes a year; both are possible on 28 February.
  const leap = subject.bornOn.endsWith('-02-29') && at.endsWith('-02-28')
  return subject.age === years || (leap && subject.age === years + 1)
    ? undefined
    : {
        path: '.subject.age',
        found: 'another age than by subject.bornOn',
        expected: 'completed years at $.at',
      }
}

function findWrongConsent({ consents, at, subject }: Situation): Found | undefined {
  for (const [index, given] of (consents ?? []).entries()) {
    const path = `.consents[${index}]`
    if (given.on !== undefined && typeof given.withdrawnOn === 'string' && given.withdrawnOn < given.on)
      return {
        path: `${path}.withdrawnOn`,
        found: 'a day before it was given',
        expected: 'the day it was given or later',
      }
    const then = given.subjectAgeThen
    if (
      then !== undefined &&
      subject?.age !== undefined &&
      then > subject.age &&
      given.on !== undefined &&
      given.on <= at
    )
      return {
        path: `${path}.subjectAgeThen`,
        found: 'an age above subject.age',
        expected: 'an age up to subject.age',
      }
  }
  return undefined
}

function findWrongApproval({ approvals }: Situation): Found | undefined {
  const index = (approvals ?? []).findIndex(
    ({ on, expires }) => on !== undefined && expires !== undefined && expires < on,
  )
  return index < 0
    ? undefined
    : {
        path: `.approvals[${index}].expires`,
        found: 'a day before it was given',
        expected: 'the day it was given or later',
      }
}
