import type { Day } from '#kernel'
import { ruleOn } from './interpret.ts'
import { conceptsIn, conditionsOf } from './loadCondition.ts'
import type { Norm, NormBase } from './normBase.ts'
import type { NormId, Ruling } from './ruling.ts'
import type { Situation } from './situation.ts'
import { findWitness } from './witness.ts'

export type NormChange = 'added' | 'removed' | 'changed'
/** A situation that the two bases answer differently, found at a norm that changed. */
export type AnswerChange = {
  readonly norm: NormId
  readonly change: NormChange
  readonly situation: Situation
  /** Members of the ruling that differ. */
  readonly differs: readonly string[]
  readonly before: Ruling
  readonly after: Ruling
}
export type BaseComparison = {
  readonly norms: readonly Change[]
  readonly answers: readonly AnswerChange[]
  /** Norms that changed although no sample was answered differently. */
  readonly silent: readonly NormId[]
}

/** Which answers change from one base to another, shown at situations that the changed norms are about. */
export function compareBases(before: NormBase, after: NormBase): BaseComparison {
  const norms = changesOf(before, after)
  const answers = norms.flatMap(({ norm, change }) => answersAt(norm, change, before, after))
  const heard = new Set(answers.map(({ norm }) => norm))
  return { norms, answers, silent: norms.map(({ norm }) => norm).filter((norm) => !heard.has(norm)) }
}

type Change = { readonly norm: NormId; readonly change: NormChange }

function changesOf(before: NormBase, after: NormBase): readonly Change[] {
  const ids = [...new Set([...before.byId.keys(), ...after.byId.keys()])].sort()
  return ids.flatMap((norm): readonly Change[] => {
    const [old, now] = [before.byId.get(norm), after.byId.get(norm)]
    if (old === undefined) return [{ norm, change: 'added' }]
    if (now === undefined) return [{ norm, change: 'removed' }]
    return meaningOf(old, before) === meaningOf(now, after) ? [] : [{ norm, change: 'changed' }]
  })
}

/** The norm without the place where it is written, and with all words that it uses or defines, however deep. */
function meaningOf(norm: Norm, base: NormBase): string {
  const { where: _, ...rule } = norm
  const own = [...base.concepts.values()].flat().filter((concept) => concept.norm === norm.id)
  const open = [...conditionsOf(norm).flatMap(conceptsIn), ...own.map(({ name }) => name)]
  const words = new Map<string, unknown>()
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (words.has(name)) continue
    const concepts = base.concepts.get(name) ?? []
    words.set(name, concepts)
    open.push(...concepts.flatMap(({ when }) => conceptsIn(when)))
  }
  return JSON.stringify([rule, [...words].sort(([a], [b]) => (a < b ? -1 : 1))])
}

/** Days on which a change can be felt: the first and last day of either wording, and the days about them. */
function daysOf(norms: readonly (Norm | undefined)[]): readonly Day[] {
  const days = norms.flatMap((norm) => (norm ? [norm.from, norm.to ?? norm.from] : []))
  return [...new Set(days)].sort()
}

function answersAt(
  id: NormId,
  change: NormChange,
  before: NormBase,
  after: NormBase,
): readonly AnswerChange[] {
  const sides = [before, after].map((base) => ({ base, norm: base.byId.get(id) }))
  const found: AnswerChange[] = []
  for (const day of daysOf(sides.map(({ norm }) => norm))) {
    for (const { base, norm } of sides) {
      const facts = { jurisdictions: [norm?.instrument.jurisdiction] }
      const situation = norm && findWitness(norm.when, base, day, facts)
      if (situation === undefined) continue
      const pair = { before: ruleOn(situation, before), after: ruleOn(situation, after) }
      const differs = differencesOf(pair.before, pair.after)
      if (differs.length > 0) found.push({ norm: id, change, situation, differs, ...pair })
    }
  }
  return [...new Map(found.map((one) => [JSON.stringify(one.situation), one])).values()]
}

const compared = [
  'outcome',
  'whoMustConsent',
  'mustTell',
  'duties',
  'forbiddenBy',
  'notRequired',
  'norms',
  'displaced',
  'burdenOfProof',
  'factsNeeded',
] as const

const differencesOf = (a: Ruling, b: Ruling): readonly string[] =>
  compared.filter((member) => JSON.stringify(a[member]) !== JSON.stringify(b[member]))
