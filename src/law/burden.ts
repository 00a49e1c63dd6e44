import { isLater, outranks } from './displace.ts'
import { evaluate, type Reading } from './evaluate.ts'
import type { BurdenRule, Norm } from './normBase.ts'
import type { Burden } from './ruling.ts'
import { inForce } from './truth.ts'

type Carried = { readonly norm: Norm; readonly rule: BurdenRule }

/**
 * Who must prove what, by the law of the day of the facts. A presumption that the facts given raise goes before the
 * general rule; between general rules the higher, then the later. `needs`: facts that would raise a presumption.
 */
export function assignBurdens(reading: Reading): {
  readonly burdens: readonly Burden[]
  readonly needs: readonly string[]
} {
  const day = reading.situation.dispute?.factsOn ?? reading.day
  const then = { ...reading, day, words: new Map() }
  const carried: Carried[] = []
  const needs: string[] = []
  for (const norm of reading.base.norms) {
    if (norm.burdens.length === 0 || !inForce(norm, day) || evaluate(norm.when, then).value !== true) continue
    for (const rule of norm.burdens) {
      const holds = evaluate(rule.when, then)
      if (holds.value === true) carried.push({ norm, rule })
      else if (holds.value === 'unknown') needs.push(...holds.needs)
    }
  }
  const facts = [...new Set(carried.map(({ rule }) => rule.fact))]
  return { burdens: facts.map((fact) => settle(carried.filter(({ rule }) => rule.fact === fact))), needs }
}

function settle(carried: readonly Carried[]): Burden {
  const presumed = carried.filter(({ rule }) => rule.presumption)
  const rules = presumed.length > 0 ? presumed : carried
  const best = rules.reduce((a, b) => (outranks(b.norm, a.norm) || isLater(b.norm, a.norm) ? b : a))
  const agreeing = rules.filter(({ rule }) => rule.party === best.rule.party)
  return { fact: best.rule.fact, party: best.rule.party, norms: agreeing.map(({ norm }) => norm.id) }
}
