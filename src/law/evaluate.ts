import { type Day, isRecord, yearsBetween } from '#kernel'
import { isGranted } from './approval.ts'
import type { Condition, FactTest, NormBase } from './normBase.ts'
import type { Situation } from './situation.ts'
import { allTrue, anyTrue, inForce, no, notTrue, type Truth, truth, unknown, yes } from './truth.ts'

/** What a condition is read against: the base, the facts, the day whose law applies. */
export type Reading = {
  readonly base: NormBase
  readonly situation: Situation
  readonly day: Day
  /** Words already read in this reading: the same word is asked for by many norms. */
  readonly words: Map<string, Truth>
}
type Scope = { readonly root: unknown; readonly prefix: string }
export type Fact = { readonly kind: 'known'; readonly value: unknown } | { readonly kind: 'none' | 'unknown' }

/** Whether `condition` holds of the situation; concepts that no norm in force defines do not. */
export const evaluate = (condition: Condition, reading: Reading): Truth =>
  evaluateIn(condition, reading, { root: reading.situation, prefix: '' })

function evaluateIn(condition: Condition, reading: Reading, scope: Scope): Truth {
  const inner = (part: Condition) => evaluateIn(part, reading, scope)
  switch (condition.kind) {
    case 'always':
      return yes
    case 'all':
      return evaluateAll(condition.of, inner)
    case 'any':
      return anyTrue(condition.of.map(inner))
    case 'not':
      return notTrue(inner(condition.of))
    case 'shown': {
      const found = inner(condition.of)
      return found.value === true ? found : no
    }
    case 'is':
      return evaluateConcept(condition.concept, reading)
    case 'granted':
      return anyTrue(condition.approvals.map((kind) => isGranted(kind, reading.situation)))
    case 'some':
      return evaluateSome(condition.list, condition.where, reading)
    case 'count':
      return evaluateCount(condition.list, condition.where, condition.atLeast, reading)
    case 'majority':
      return evaluateMajority(condition.votes, condition.of, reading)
    case 'fact':
      return testFact(readFact(scope.root, condition.path), condition.test, scope.prefix + condition.path)
  }
}

/** What comes after the first no would not be looked at anyway. */
function evaluateAll(parts: readonly Condition[], inner: (part: Condition) => Truth): Truth {
  const found: Truth[] = []
  for (const part of parts) {
    const one = inner(part)
    if (one.value === false) return one
    found.push(one)
  }
  return allTrue(found)
}

function evaluateConcept(name: string, reading: Reading): Truth {
  const known = reading.words.get(name)
  if (known !== undefined) return known
  const found = readConcept(name, reading)
  reading.words.set(name, found)
  return found
}

function readConcept(name: string, reading: Reading): Truth {
  const definitions = reading.base.concepts.get(name) ?? []
  const standing = definitions.filter(({ norm }) => {
    const definer = norm === undefined ? undefined : reading.base.byId.get(norm)
    return definer === undefined || inForce(definer, reading.day)
  })
  return anyTrue(
    standing.map(({ when, norm }) => {
      const found = evaluate(when, reading)
      return norm === undefined ? found : { ...found, cites: [...found.cites, norm] }
    }),
  )
}

function evaluateSome(list: string, where: Condition, reading: Reading): Truth {
  const fact = readFact(reading.situation, list)
  if (fact.kind === 'unknown') return unknown(list)
  const items = fact.kind === 'known' && Array.isArray(fact.value) ? (fact.value as readonly unknown[]) : []
  return anyTrue(
    items.map((root, index) => evaluateIn(where, reading, { root, prefix: `${list}[${index}].` })),
  )
}

/** Persons an item of a list stands for. */
export const headsOf = (item: unknown): number => (isRecord(item) && typeof item.n === 'number' ? item.n : 1)

function evaluateCount(list: string, where: Condition, atLeast: number, reading: Reading): Truth {
  const fact = readFact(reading.situation, list)
  if (fact.kind === 'unknown') return unknown(list)
  const items = fact.kind === 'known' && Array.isArray(fact.value) ? (fact.value as readonly unknown[]) : []
  const judged = items.map((root, index) => ({
    heads: headsOf(root),
    found: evaluateIn(where, reading, { root, prefix: `${list}[${index}].` }),
  }))
  const total = (values: readonly unknown[]) =>
    judged.filter(({ found }) => values.includes(found.value)).reduce((sum, { heads }) => sum + heads, 0)
  if (total([true]) >= atLeast) return yes
  return total([true, 'unknown']) < atLeast ? no : unknown(...judged.flatMap(({ found }) => found.needs))
}

function evaluateMajority(votes: string, of: string, { situation }: Reading): Truth {
  const [cast, all] = [readFact(situation, votes), readFact(situation, of)]
  if (cast.kind !== 'known' || all.kind !== 'known')
    return unknown(
      ...[cast, all].flatMap(({ kind }, index) => (kind === 'known' ? [] : [[votes, of][index]!])),
    )
  const size = Array.isArray(all.value)
    ? all.value.reduce((sum: number, item) => sum + headsOf(item), 0)
    : Number(all.value)
  return truth(2 * Number(cast.value) > size)
}

/** A member under something known to be none is none itself; one under something absent is unknown. */
export function readFact(root: unknown, path: string): Fact {
  let at = root
  for (const step of path.split('.')) {
    if (step === 'age' && isRecord(at) && at.age === undefined && typeof at.bornOn === 'string')
      return { kind: 'known', value: yearsBetween(at.bornOn as Day, (root as Situation).at) }
    at = isRecord(at) ? at[step] : undefined
    if (at === null) return { kind: 'none' }
    if (at === undefined) return { kind: 'unknown' }
  }
  return { kind: 'known', value: at }
}

export function testFact(fact: Fact, test: FactTest, path: string): Truth {
  if (fact.kind === 'unknown') return unknown(path)
  if (test.kind === 'none') return truth(fact.kind === 'none')
  return truth(fact.kind === 'known' && holds(fact.value, test))
}

function holds(value: unknown, test: Exclude<FactTest, { kind: 'none' }>): boolean {
  switch (test.kind) {
    case 'one-of':
      return (test.values as readonly unknown[]).includes(value)
    case 'includes':
      return Array.isArray(value) && test.values.some((wanted) => value.includes(wanted))
    case 'range':
      return (
        typeof value === 'number' &&
        (test.atLeast === undefined || value >= test.atLeast) &&
        (test.below === undefined || value < test.below)
      )
  }
}
