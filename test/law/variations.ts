import { addDays } from '#kernel'
import { type NormBase, parseSituation, type Situation } from '#law'
import { factSchemaAt, knownOf } from '../../src/law/factSchema.ts'

type Norm = NormBase['norms'][number]
type Condition = Norm['when']
type Plain = { [member: string]: unknown }
/** Every fact that a norm asks about, through all words that it uses, with the values that it names. */
function factsOf(norm: Norm, base: NormBase): ReadonlyMap<string, ReadonlySet<unknown>> {
  const facts = new Map<string, Set<unknown>>()
  const seen = new Set<string>()
  const note = (path: string, ...values: readonly unknown[]) => {
    const named = facts.get(path) ?? new Set()
    for (const value of values) named.add(value)
    facts.set(path, named)
  }
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const one = node as Condition
    if (one.kind === 'fact') {
      const { test } = one
      if (test.kind === 'one-of' || test.kind === 'includes') note(one.path, ...test.values)
      else if (test.kind === 'range') note(one.path, test.atLeast, test.below)
      else note(one.path)
    }
    if (one.kind === 'some' || one.kind === 'count') return void note(one.list)
    if (one.kind === 'granted') return void note('approvals')
    if (one.kind === 'majority') for (const path of [one.votes, one.of]) note(path)
    if (one.kind === 'is' && !seen.has(one.concept)) {
      seen.add(one.concept)
      walk(base.concepts.get(one.concept)?.map(({ when }) => when))
    }
    for (const member of Object.values(node)) walk(member)
  }
  const { instrument: _, relation: __, ...rule } = norm
  walk(rule)
  return facts
}

/**
 * The situation and what lies around it: each fact that the norm asks about unknown, and at every value that makes a
 * difference to it; the days about its first and its last.
 */
export function variationsOf(norm: Norm, situation: Situation, base: NormBase): readonly Situation[] {
  const around = [...factsOf(norm, base)].flatMap(([path, named]) =>
    valuesFor(path, named).map((value) => withFact(situation, path, value)),
  )
  const days = [
    addDays(norm.from, -1),
    norm.from,
    ...(norm.to === null ? [] : [norm.to, addDays(norm.to, 1)]),
  ]
  const dated = days.map((at): Plain => ({ ...situation, at }))
  return [situation, ...[...dated, ...around].flatMap(parsed)]
}

function parsed(plain: Plain): readonly Situation[] {
  const read = parseSituation(plain, '$')
  return read.ok ? [read.value] : []
}

const missing = Symbol('unknown')

function valuesFor(path: string, named: ReadonlySet<unknown>): readonly unknown[] {
  const schema = factSchemaAt(path)
  const known = schema && knownOf(schema)
  if (known?.enum) return [missing, ...named, ...known.enum.filter((code) => !named.has(code)).slice(0, 2)]
  if (known?.items?.enum) return [missing, [], ...[...named].map((code) => [code])]
  if (known?.type === 'boolean') return [missing, true, false]
  if (known?.type === 'integer') {
    const bounds = [...named].filter((value): value is number => typeof value === 'number')
    return [missing, ...new Set(bounds.flatMap((bound) => [Math.max(0, bound - 1), bound]))]
  }
  if (known?.items) return [missing, []]
  return [missing, null, ...[...named].filter((value) => typeof value === 'string')]
}

function withFact(situation: Situation, path: string, value: unknown): Plain {
  const copy = structuredClone(situation) as unknown as Plain
  const steps = path.split('.')
  const last = steps.pop()!
  let at = copy
  for (const step of steps) {
    if (typeof at[step] !== 'object' || at[step] === null) at[step] = {}
    at = at[step] as Plain
  }
  if (value === missing) delete at[last]
  else at[last] = value
  return copy
}
