import type { ConflictPrinciple } from '#vocabulary'
import type { Applied, AppliedDuty, Demand } from './applyNorm.ts'
import { type DisplacesRule, type Norm, ranks } from './normBase.ts'
import type { Displacement } from './ruling.ts'

/** What is left of the norms after those that prevail have pushed others aside, and which did. */
export type Resolved = { readonly applied: readonly Applied[]; readonly displaced: readonly Displacement[] }

/**
 * Conflicts between norms of the day. A norm that settles a topic of consent in full leaves no further party to norms
 * of lower rank or, at its own rank, of earlier date; other conflicts are named one by one in the base.
 */
export function resolveConflicts(applied: readonly Applied[]): Resolved {
  const displaced: Displacement[] = []
  const settling = applied.filter(
    ({ norm }) => norm.displaces.length > 0 || Object.values(norm.relation).includes('full'),
  )
  const left = applied.map((lower) => {
    const yields = settling
      .filter((upper) => upper.norm.id !== lower.norm.id && mayDisplace(upper, lower))
      .map((upper) => ({ upper, without: (part: Demand | AppliedDuty) => yieldsTo(part, upper) }))
    const demands = lower.demands.filter((demand) => !yields.some(({ without }) => without(demand)))
    const duties = lower.duties.filter((duty) => !yields.some(({ without }) => without(duty)))
    for (const { upper, without } of yields) {
      const touched = [...lower.demands, ...lower.duties].some(without)
      if (touched && upper.holds.value === true && lower.holds.value === true)
        displaced.push({
          norm: lower.norm.id,
          by: upper.norm.id,
          principle: principleOf(upper.norm, lower.norm),
        })
    }
    return { ...lower, demands, duties }
  })
  return { applied: left, displaced }
}

/** A norm that only may apply pushes aside only what hangs on the same unknown facts. */
function mayDisplace(upper: Applied, lower: Applied): boolean {
  if (upper.norm.instrument.jurisdiction !== lower.norm.instrument.jurisdiction) return false
  if (upper.holds.value === true) return true
  return (
    lower.holds.value === 'unknown' && upper.holds.needs.every((need) => lower.holds.needs.includes(need))
  )
}

function yieldsTo(part: Demand | AppliedDuty, upper: Applied): boolean {
  const rule = upper.norm.displaces.find(({ norm }) => norm === part.norm.id)
  if (rule && namesPart(rule, part)) return true
  if (!('topic' in part) || upper.norm.relation[part.topic] !== 'full' || !prevails(upper.norm, part.norm))
    return false
  const own = upper.demands.filter(({ topic }) => topic === part.topic)
  return own.length > 0 && !own.some(({ party }) => party === part.party)
}

const namesPart = ({ of, duty }: DisplacesRule, part: Demand | AppliedDuty): boolean =>
  'topic' in part
    ? of === 'all' || of === 'consents'
    : of === 'all' || (of === 'duties' && (duty === undefined || duty === part.rule.code))

/** A code is a law: the two share a rank. */
const height = ({ instrument }: Norm): number =>
  ranks.indexOf(instrument.rank === 'code' ? 'law' : instrument.rank)
export const outranks = (a: Norm, b: Norm): boolean => height(a) < height(b)
export const isLater = (a: Norm, b: Norm): boolean => height(a) === height(b) && a.from > b.from
const prevails = (a: Norm, b: Norm): boolean => outranks(a, b) || isLater(a, b)

function principleOf(upper: Norm, lower: Norm): ConflictPrinciple {
  const stated = upper.displaces.find(({ norm }) => norm === lower.id)?.principle
  return stated ?? (outranks(upper, lower) ? 'superior' : isLater(upper, lower) ? 'posterior' : 'special')
}
