import type { ConflictPrinciple, ConsentTopic } from '#vocabulary'
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
      .map((upper) => ({ upper, goes: (part: Demand | AppliedDuty) => yieldsTo(part, lower, upper) }))
    for (const { upper, goes } of yields) {
      const certain = upper.holds.value === true && lower.holds.value === true
      if (certain && [...lower.demands, ...lower.duties].some(goes))
        displaced.push(displacement(upper.norm, lower.norm))
    }
    const stays = (part: Demand | AppliedDuty) => !yields.some(({ goes }) => goes(part))
    return { ...lower, demands: lower.demands.filter(stays), duties: lower.duties.filter(stays) }
  })
  return { applied: left, displaced }
}

const displacement = (upper: Norm, lower: Norm): Displacement => ({
  norm: lower.id,
  by: upper.id,
  principle: principleOf(upper, lower),
})

/** A norm that only may apply pushes aside only what hangs on the same unknown facts. */
function mayDisplace(upper: Applied, lower: Applied): boolean {
  if (upper.norm.instrument.jurisdiction !== lower.norm.instrument.jurisdiction) return false
  if (upper.holds.value === true) return true
  return (
    lower.holds.value === 'unknown' && upper.holds.needs.every((need) => lower.holds.needs.includes(need))
  )
}

/**
 * Who answers "who consents" otherwise than the norm that settles it yields on that topic as a whole; who asks the same
 * person stays beside it. A norm that names another and finds consent not needed here frees from that other's too.
 */
function yieldsTo(part: Demand | AppliedDuty, lower: Applied, upper: Applied): boolean {
  const named = upper.norm.displaces.some((rule) => rule.norm === lower.norm.id && namesPart(rule, part))
  if (!('topic' in part)) return named
  const parties = (side: Applied) =>
    side.demands.filter(({ topic }) => topic === part.topic).map(({ party }) => party)
  const own = parties(upper)
  if (named && own.length === 0) return true
  const differs = own.length > 0 && parties(lower).some((party) => !own.includes(party))
  return differs && (named || settles(upper.norm, lower.norm, part.topic))
}

const settles = (upper: Norm, lower: Norm, topic: ConsentTopic): boolean =>
  upper.relation[topic] === 'full' &&
  prevails(upper, lower) &&
  !lower.displaces.some(({ norm }) => norm === upper.id)

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
