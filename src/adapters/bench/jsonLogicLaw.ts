import jsonLogic from 'json-logic-js'
import { type Day, yearsBetween } from '#kernel'
import type { NormBase, Situation } from '#law'
import { type NormRules, type Rule, rulesOf, wordsOf } from './jsonLogicNorms.ts'

type Norm = NormBase['norms'][number]

/** The same norm base as data for a general rule engine: which norms hold of a situation, and what their parts say. */
export type JsonLogicLaw = {
  /** Ids of the norms whose condition holds. */
  evaluate(situation: Situation): readonly string[]
}

export function jsonLogicLaw(base: NormBase): JsonLogicLaw {
  const words = wordsOf(base)
  const rules = base.norms.map(rulesOf)
  let reading: { readonly facts: unknown; readonly known: Map<string, boolean> } | undefined
  // Each word is read once per situation, as ours does; inside a list it still speaks of the whole situation.
  jsonLogic.add_operation('word', (name: string) => {
    const known = reading?.known.get(name)
    if (known !== undefined) return known
    const found = jsonLogic.truthy(jsonLogic.apply(words.get(name), reading?.facts))
    reading?.known.set(name, found)
    return found
  })
  return {
    evaluate(situation) {
      const facts = factsOf(situation)
      reading = { facts, known: new Map() }
      return rules
        .filter(({ norm }) => concerns(norm, situation))
        .filter((rule) => holds(rule, facts))
        .map(({ norm }) => norm.id)
    },
  }
}

const isTrue = (rule: Rule, facts: unknown): boolean => jsonLogic.truthy(jsonLogic.apply(rule, facts))

function holds({ when, parts }: NormRules, facts: unknown): boolean {
  if (!isTrue(when, facts)) return false
  for (const part of parts) isTrue(part, facts)
  return true
}

/** In force on the day, and of a legal order that is asked; French law includes that of the Union. */
function concerns({ instrument, from, to }: Norm, { at, jurisdictions }: Situation): boolean {
  const { jurisdiction } = instrument
  const asked = jurisdictions.includes(jurisdiction)
  const union = jurisdiction === 'EU' && jurisdictions.includes('FR')
  return (asked || union) && from <= at && (to === null || at <= to)
}

/** JSON logic cannot count years: the age is put in. */
function factsOf(situation: Situation): unknown {
  const { subject, at } = situation
  if (subject?.bornOn === undefined || subject.age !== undefined) return situation
  return { ...situation, subject: { ...subject, age: yearsBetween(subject.bornOn as Day, at) } }
}
