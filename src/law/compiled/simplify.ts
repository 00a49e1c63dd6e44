import { testFact } from '../evaluate.ts'
import type { Condition } from '../normBase.ts'

/** Facts that are settled before any situation is read (the activity of a program), and the words of the day. */
export type Settled = {
  readonly facts: ReadonlyMap<string, string>
  /** The word as it reads with the settled facts. */
  readonly word: (name: string) => Word
}
/** `cites`: some norm defines it, so that its yes names that norm. */
export type Word = { readonly when: Condition; readonly cites: boolean }

export const always: Condition = { kind: 'always' }
export const never: Condition = { kind: 'any', of: [] }
export const isAlways = ({ kind }: Condition): boolean => kind === 'always'
export const isNever = (condition: Condition): boolean =>
  condition.kind === 'any' && condition.of.length === 0

/**
 * The condition with the settled facts read into it. The answer stays the same to the last citation: a part goes only
 * where neither its value nor the norms that it cites can be seen from outside.
 */
export function simplify(condition: Condition, settled: Settled): Condition {
  switch (condition.kind) {
    case 'all':
      return simplifyAll(
        condition.of.map((part) => simplify(part, settled)),
        settled,
      )
    case 'any':
      return simplifyAny(
        condition.of.map((part) => simplify(part, settled)),
        settled,
      )
    case 'not': {
      const of = simplify(condition.of, settled)
      return isAlways(of) ? never : isNever(of) ? always : { kind: 'not', of }
    }
    case 'shown': {
      const of = simplify(condition.of, settled)
      return isAlways(of) || isNever(of) ? of : { kind: 'shown', of }
    }
    case 'is': {
      const { when, cites } = settled.word(condition.concept)
      return isNever(when) || (isAlways(when) && !cites) ? when : condition
    }
    case 'fact': {
      const value = settled.facts.get(condition.path)
      if (value === undefined) return condition
      return testFact({ kind: 'known', value }, condition.test, condition.path).value === true
        ? always
        : never
    }
    default:
      return condition
  }
}

/** The first part that fails speaks for all: what stands before a certain no stays only where such a part may cite. */
function simplifyAll(parts: readonly Condition[], settled: Settled): Condition {
  const open = parts.filter((part) => !isAlways(part))
  const refuted = open.findIndex(isNever)
  const kept = refuted < 0 ? open : open.slice(0, refuted + 1)
  if (refuted >= 0 && !kept.some((part) => citesAsNo(part, settled))) return never
  return kept.length === 0 ? always : kept.length === 1 ? kept[0]! : { kind: 'all', of: kept }
}

function simplifyAny(parts: readonly Condition[], settled: Settled): Condition {
  const open = parts.filter((part) => !isNever(part))
  const proved = open.some(isAlways)
  const kept = proved ? open.filter((part) => isAlways(part) || citesAsYes(part, settled)) : open
  if (kept.length === 1 && !citesAsNo(kept[0]!, settled)) return kept[0]!
  return { kind: 'any', of: kept }
}

/** Whether the norms behind a yes to this would be named. */
function citesAsYes(condition: Condition, settled: Settled): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.some((part) => citesAsYes(part, settled))
    case 'not':
      return citesAsNo(condition.of, settled)
    case 'shown':
      return citesAsYes(condition.of, settled)
    case 'some':
      return citesAsYes(condition.where, settled)
    case 'is': {
      const { when, cites } = settled.word(condition.concept)
      return cites || citesAsYes(when, settled)
    }
    default:
      return false
  }
}

/** A no names norms only by way of a `not`. */
function citesAsNo(condition: Condition, settled: Settled): boolean {
  if (condition.kind === 'not') return citesAsYes(condition.of, settled)
  return condition.kind === 'all' && condition.of.some((part) => citesAsNo(part, settled))
}
