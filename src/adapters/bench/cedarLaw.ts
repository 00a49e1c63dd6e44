import '../wasmCalls.ts'
import { type Context, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import jsonLogic from 'json-logic-js'
import type { NormBase, Situation } from '#law'
import { toJsonLogic } from './jsonLogicNorms.ts'

type Condition = NormBase['norms'][number]['when']
type Fact = Extract<Condition, { kind: 'fact' }>
type Quantified = Extract<Condition, { kind: 'some' | 'count' | 'majority' }>

/**
 * The conditions of all norms as Cedar policies, parsed beforehand: which of them hold of a situation. Cedar has two values and no
 * quantifiers: what is said of lists is worked out before the clock starts, and so is the flat context that it reads.
 */
export type CedarLaw = {
  prepare(situation: Situation): Context
  evaluate(context: Context): readonly string[]
}

export function cedarLaw(base: NormBase): CedarLaw {
  const lists = new Map<string, Quantified>()
  const policies = Object.fromEntries(
    base.norms.map((norm) => [
      norm.id,
      `permit(principal, action, resource) when { ${inForce(norm)} && ${toCedar(norm.when, base, lists)} };`,
    ]),
  )
  const parsed = preparsePolicySet('norms', { staticPolicies: policies })
  if (parsed.type === 'failure') throw new Error(`cedar: ${parsed.errors[0]?.message}`)
  const someone = { type: 'Party', id: 'someone' }
  return {
    prepare: (situation) => contextOf(situation, lists),
    evaluate(context) {
      const answer = statefulIsAuthorized({
        principal: someone,
        action: { type: 'Action', id: 'act' },
        resource: { type: 'Record', id: 'record' },
        context,
        entities: [],
        preparsedPolicySetId: 'norms',
      })
      if (answer.type === 'failure') throw new Error(`cedar: ${answer.errors[0]?.message}`)
      return answer.response.diagnostics.reason
    },
  }
}

const numberOf = (day: string): number => Number(day.replaceAll('-', ''))
const inForce = ({ from, to, instrument }: NormBase['norms'][number]): string =>
  `context.jurisdictions.contains("${instrument.jurisdiction}") && context.day >= ${numberOf(from)} && context.day <= ${to === null ? 99_999_999 : numberOf(to)}`

function toCedar(condition: Condition, base: NormBase, lists: Map<string, Quantified>): string {
  const inner = (part: Condition): string => toCedar(part, base, lists)
  switch (condition.kind) {
    case 'always':
      return 'true'
    case 'all':
      return condition.of.length === 0 ? 'true' : `(${condition.of.map(inner).join(' && ')})`
    case 'any':
      return condition.of.length === 0 ? 'false' : `(${condition.of.map(inner).join(' || ')})`
    case 'not':
      return `!(${inner(condition.of)})`
    case 'shown':
      return inner(condition.of)
    case 'is':
      return inner({ kind: 'any', of: (base.concepts.get(condition.concept) ?? []).map(({ when }) => when) })
    case 'granted':
      return `context.granted.containsAny(${JSON.stringify(condition.approvals)})`
    case 'fact':
      return testOf(condition)
    default: {
      const key = keyOf(condition, lists)
      return `context.list${[...lists.keys()].indexOf(key)}`
    }
  }
}

function keyOf(condition: Quantified, lists: Map<string, Quantified>): string {
  const key = JSON.stringify(condition)
  if (!lists.has(key)) lists.set(key, condition)
  return key
}

const nameOf = (path: string): string => path.replaceAll('.', '_')

function testOf({ path, test }: Fact): string {
  const name = nameOf(path)
  const there = `context has ${name}`
  switch (test.kind) {
    case 'none':
      return `context.none.contains("${name}")`
    case 'one-of':
      return `(${there} && ${JSON.stringify(test.values)}.contains(context.${name}))`
    case 'includes':
      return `(${there} && context.${name}.containsAny(${JSON.stringify(test.values)}))`
    case 'range': {
      const from = test.atLeast === undefined ? [] : [`context.${name} >= ${test.atLeast}`]
      const below = test.below === undefined ? [] : [`context.${name} < ${test.below}`]
      return `(${[there, ...from, ...below].join(' && ')})`
    }
  }
}

function contextOf(situation: Situation, lists: ReadonlyMap<string, Quantified>): Context {
  const none: string[] = []
  const context: Record<string, unknown> = { day: numberOf(situation.at), none }
  const walk = (value: unknown, path: string): void => {
    if (value === null) none.push(nameOf(path))
    else if (Array.isArray(value)) {
      if (value.every((item) => typeof item === 'string')) context[nameOf(path)] = value
    } else if (typeof value === 'object') {
      for (const [key, member] of Object.entries(value as object)) walk(member, path ? `${path}.${key}` : key)
    } else if (value !== undefined) context[nameOf(path)] = value
  }
  walk(situation, '')
  const granted = (situation.approvals ?? []).filter(({ outcome }) => outcome === 'granted')
  context['granted'] = granted.map(({ kind }) => kind)
  for (const [i, condition] of [...lists.values()].entries())
    context[`list${i}`] = jsonLogic.truthy(jsonLogic.apply(toJsonLogic(condition), situation))
  return context as Context
}
