import type { Day } from '#kernel'
import { ruleOn } from '../interpret.ts'
import type { NormBase } from '../normBase.ts'
import type { NormId, Ruling } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import { changedBetween, lawOf } from './asOf.ts'
import { procedureOf } from './procedureOf.ts'
import type { Step } from './step.ts'

export const changedParts = ['forms', 'elements', 'term', 'prior', 'authority', 'outcome', 'norms'] as const
export type ChangedPart = (typeof changedParts)[number]

/** `norms`: those in force on one of the two days only by which it came, went or changed. */
export type StepChange =
  | { readonly change: 'added'; readonly step: string; readonly norms: readonly NormId[] }
  | {
      readonly change: 'changed'
      readonly step: string
      readonly parts: readonly ChangedPart[]
      readonly norms: readonly NormId[]
    }
  /** The step as the law of then would have it for the facts of now. */
  | { readonly change: 'dropped'; readonly step: Step; readonly norms: readonly NormId[] }

/** What the law of another day would have asked for the same facts, against what it asks now. */
export type LawSince = {
  readonly day: Day
  readonly changes: readonly StepChange[]
}

/** Facts that are asked for are left out: which are open depends on the answer, and they are no demand of their own. */
export function changesSince(day: Day, ruling: Ruling, situation: Situation, base: NormBase): LawSince {
  const turned = changedBetween(day, situation.at, base)
  if (turned.size === 0) return { day, changes: [] }
  const past = lawOf(day, base)
  const then = stepsOf(ruleOn(situation, past), situation, past)
  const now = stepsOf(ruling, situation, base)
  // What neither step names came by a norm that says who speaks, what a word means or which norm prevails.
  const by = (...steps: readonly Step[]): readonly NormId[] => {
    const own = [...new Set(steps.flatMap(({ norms }) => norms))].filter((norm) => turned.has(norm))
    return own.length > 0 ? own : [...turned].filter((norm) => ruling.norms.includes(norm))
  }
  const kept = [...now.values()].flatMap((step): readonly StepChange[] => {
    const before = then.get(step.id)
    if (before === undefined) return [{ change: 'added', step: step.id, norms: by(step) }]
    const parts = partsThatDiffer(before, step)
    return parts.length > 0 ? [{ change: 'changed', step: step.id, parts, norms: by(before, step) }] : []
  })
  const dropped = [...then.values()]
    .filter(({ id }) => !now.has(id))
    .map((step): StepChange => ({ change: 'dropped', step, norms: by(step) }))
  return { day, changes: [...kept, ...dropped] }
}

const stepsOf = (ruling: Ruling, situation: Situation, base: NormBase): ReadonlyMap<string, Step> =>
  new Map(
    procedureOf(ruling, situation, base)
      .filter(({ stage }) => stage !== 'facts')
      .map((step) => [step.id, step]),
  )

/** What a step asks for, without what has become of it. */
function partsOfStep({ work, norms }: Step): Readonly<Record<ChangedPart, unknown>> {
  const duty = work.kind === 'duty' ? work : undefined
  const sorted = (items: readonly string[]) => [...items].sort()
  return {
    forms: work.kind === 'consent' ? work.parties.map(({ party, forms }) => [party, sorted(forms)]) : null,
    elements: duty ? sorted(duty.elements.map(({ code }) => code)) : null,
    term: duty?.term ?? null,
    prior: duty?.prior ?? null,
    authority: duty?.authority ?? null,
    outcome: work.kind === 'act' ? work.outcome : null,
    // The act rests on all norms; which of them changed is told at the steps.
    norms: work.kind === 'act' ? null : sorted(norms),
  }
}

function partsThatDiffer(before: Step, now: Step): readonly ChangedPart[] {
  const [a, b] = [partsOfStep(before), partsOfStep(now)]
  return changedParts.filter((part) => JSON.stringify(a[part]) !== JSON.stringify(b[part]))
}
