import { type Day, isRecord } from '#kernel'
import { evaluate } from './evaluate.ts'
import { type FactSchema, factSchemaAt, knownOf, situationFacts } from './factSchema.ts'
import type { Condition, FactTest, NormBase } from './normBase.ts'
import { parseSituation } from './parseSituation.ts'
import type { Situation } from './situation.ts'

/** One fact that must, or must not, be so. */
type Literal =
  | { readonly kind: 'fact'; readonly path: string; readonly test: FactTest; readonly wanted: boolean }
  | { readonly kind: 'item'; readonly list: string; readonly facts: readonly Literal[]; readonly n: number }
  | { readonly kind: 'votes'; readonly votes: string; readonly of: string }

/** Ways to try before giving up: far more than any norm of a real base needs. */
const mostWays = 20_000

/**
 * An invented situation of that day in which the condition certainly holds, everything else known and plain; undefined when
 * none was found, as for a condition that contradicts itself. What is found has been evaluated, so it is never wrong.
 */
export function findWitness(
  condition: Condition,
  base: NormBase,
  at: Day,
  more: Readonly<Record<string, unknown>> = {},
): Situation | undefined {
  let ways = 0
  for (const literals of waysTo(condition, true, base, at)) {
    if (++ways > mostWays) return undefined
    const built = build(literals, situationFacts, { ...plainSituation(at), ...more })
    if (built === undefined) continue
    const situation = parseSituation(quieten(built), '$')
    if (!situation.ok) continue
    const found = evaluate(condition, { base, situation: situation.value, day: at, words: new Map() })
    if (found.value === true) return situation.value
  }
  return undefined
}

/** The dead are not conscious: the plain situation's person is. */
function quieten(built: Built): Built {
  const { subject } = built as { readonly subject?: Built }
  return subject?.['deceased'] === true ? { ...built, subject: { ...subject, conscious: false } } : built
}

/** What is not asked about is known to be none. */
const plainSituation = (at: Day): Record<string, unknown> => ({
  id: 'sample',
  at,
  jurisdictions: ['CN'],
  activity: 'use',
  purpose: 'treatment',
  necessity: [],
  data: null,
  subject: { age: 40, capacity: 'full', conscious: true, deceased: false, mentalPatient: false, sex: 'f' },
  representatives: [],
  actor: { id: 'clinic', kind: 'medical-institution', country: 'CN', foreignControlled: false },
  recipient: null,
  cooperation: null,
  intervention: null,
  emergency: null,
  consents: [],
  approvals: [],
  automated: null,
  request: null,
  incident: null,
  committee: null,
  dispute: null,
})

type Ways = Iterable<readonly Literal[]>

function* waysTo(condition: Condition, wanted: boolean, base: NormBase, at: Day): Ways {
  switch (condition.kind) {
    case 'always':
      if (wanted) yield []
      return
    case 'all':
    case 'any':
      if ((condition.kind === 'all') === wanted) yield* together(condition.of, wanted, base, at)
      else for (const part of condition.of) yield* waysTo(part, wanted, base, at)
      return
    case 'not':
      yield* waysTo(condition.of, !wanted, base, at)
      return
    case 'shown':
      yield* waysTo(condition.of, wanted, base, at)
      return
    case 'is': {
      const meanings = (base.concepts.get(condition.concept) ?? []).map(({ when }) => when)
      yield* waysTo({ kind: 'any', of: meanings }, wanted, base, at)
      return
    }
    default:
      yield* waysOfFact(condition, wanted, base, at)
  }
}

/** One way of each part, joined; the combinations come lazily. */
function* together(parts: readonly Condition[], wanted: boolean, base: NormBase, at: Day): Ways {
  const [first, ...rest] = parts
  if (first === undefined) {
    yield []
    return
  }
  for (const head of waysTo(first, wanted, base, at))
    for (const tail of together(rest, wanted, base, at)) yield [...head, ...tail]
}

type Leaf = Exclude<Condition, { readonly kind: 'always' | 'all' | 'any' | 'not' | 'shown' | 'is' }>

function* waysOfFact(condition: Leaf, wanted: boolean, base: NormBase, at: Day): Ways {
  switch (condition.kind) {
    case 'fact':
      yield [{ kind: 'fact', path: condition.path, test: condition.test, wanted }]
      return
    case 'majority':
      yield wanted ? [{ kind: 'votes', votes: condition.votes, of: condition.of }] : []
      return
    case 'granted':
      if (!wanted) yield []
      else for (const kind of condition.approvals) yield [approvalOf(kind)]
      return
    default: {
      const n = condition.kind === 'count' ? condition.atLeast : 1
      if (!wanted) yield []
      else
        for (const facts of waysTo(condition.where, true, base, at))
          yield [{ kind: 'item', list: condition.list, facts, n }]
    }
  }
}

const approvalOf = (kind: string): Literal => {
  const is = (path: string, value: string): Literal => ({
    kind: 'fact',
    path,
    test: { kind: 'one-of', values: [value] },
    wanted: true,
  })
  return { kind: 'item', list: 'approvals', facts: [is('kind', kind), is('outcome', 'granted')], n: 1 }
}

type Built = Record<string, unknown>

/** The facts laid into `start`; undefined when two of them contradict each other. */
function build(literals: readonly Literal[], schema: FactSchema, start: Built): Built | undefined {
  const facts = literals.filter((one) => one.kind === 'fact')
  const built = structuredClone(start)
  for (const path of new Set(facts.map((one) => one.path)))
    if (
      !settle(
        path,
        facts.filter((one) => one.path === path),
        schema,
        built,
      )
    )
      return undefined
  for (const one of literals) {
    if (one.kind === 'votes') {
      write(built, one.of, 4)
      write(built, one.votes, 4)
    }
    if (one.kind !== 'item') continue
    const items = itemsOf(one.list, schema)
    const item = items && build(one.facts, items, filledItem(items))
    if (item === undefined) return undefined
    const list = readAt(built, one.list)
    write(built, one.list, [...(Array.isArray(list) ? list : []), one.n > 1 ? { ...item, n: one.n } : item])
  }
  return built
}

function itemsOf(list: string, schema: FactSchema): FactSchema | undefined {
  const named = factSchemaAt(list, schema)
  const items = named && knownOf(named).items
  return items && knownOf(items)
}

/** An item of a list must have what its schema requires. */
const filledItem = ({ properties = {} }: FactSchema): Built => ({
  ...(properties['forms'] ? { forms: [], by: 'subject' } : {}),
  ...(properties['n'] ? { n: 1 } : {}),
  ...(properties['relation'] && !properties['forms'] ? { relation: 'spouse' } : {}),
})

/** A part that is there, though nothing of it is asked: an intervention must be of some kind. */
const filledPart = ({ properties = {} }: FactSchema): Built =>
  'experimental' in properties ? { kind: 'drug' } : {}

type FactLiteral = Extract<Literal, { readonly kind: 'fact' }>

/** Finds a value for one fact that all the tests on it agree with. */
function settle(path: string, tests: readonly FactLiteral[], schema: FactSchema, built: Built): boolean {
  const named = factSchemaAt(path, schema)
  if (named === undefined) return false
  const fact = knownOf(named)
  const none = tests.filter(({ test }) => test.kind === 'none')
  if (none.some(({ wanted }) => wanted)) {
    if (none.some(({ wanted }) => !wanted)) return false
    write(built, path, null)
    return true
  }
  const value = candidates(fact, tests, readAt(built, path)).find((one) =>
    tests.every((test) => agrees(one, test)),
  )
  if (value === undefined) return false
  write(built, path, value)
  return true
}

function agrees(value: unknown, { test, wanted }: FactLiteral): boolean {
  switch (test.kind) {
    case 'none':
      return (value === null) === wanted
    case 'one-of':
      return (test.values as readonly unknown[]).includes(value) === wanted
    case 'includes':
      return (Array.isArray(value) && test.values.some((one) => value.includes(one))) === wanted
    case 'range': {
      const from = test.atLeast ?? Number.NEGATIVE_INFINITY
      const to = test.below ?? Number.POSITIVE_INFINITY
      return (typeof value === 'number' && value >= from && value < to) === wanted
    }
  }
}

function candidates(fact: FactSchema, tests: readonly FactLiteral[], now: unknown): readonly unknown[] {
  const named = tests.flatMap(({ test }) => (test.kind === 'one-of' ? [...test.values] : []))
  const asked = tests.flatMap(({ test, wanted }) => (test.kind === 'includes' && wanted ? [test.values] : []))
  const bounds = tests.flatMap(({ test }) =>
    test.kind === 'range' ? [test.atLeast ?? 0, (test.below ?? 1) - 1, test.below ?? 0] : [],
  )
  const start = now === undefined || now === null ? [] : [now]
  if (fact.items) return [...start, [], asked.map(([first]) => first), [...new Set(asked.flat())]]
  if (fact.type === 'integer') return [...start, ...bounds, 0]
  if (fact.type === 'boolean') return [...start, true, false]
  if (fact.properties) return [...start, filledPart(fact)]
  return [...start, ...named, ...(fact.enum ?? []), 'US']
}

function readAt(built: Built, path: string): unknown {
  let at: unknown = built
  for (const step of path.split('.')) at = isRecord(at) ? (at as Built)[step] : undefined
  return at
}

function write(built: Built, path: string, value: unknown): void {
  const steps = path.split('.')
  const last = steps.pop()!
  let at = built
  for (const step of steps) {
    if (!isRecord(at[step])) at[step] = step === 'intervention' ? { kind: 'drug' } : {}
    at = at[step] as Built
  }
  at[last] = value
}
