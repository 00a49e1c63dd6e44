import type { Applied, AppliedDuty, Demand } from './applyNorm.ts'
import { outranks } from './displace.ts'
import type { ConsentDemand, Duty, Finding } from './ruling.ts'

const groupBy = <T>(items: readonly T[], key: (item: T) => string): readonly (readonly [T, ...T[]])[] => {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return [...groups.values()]
}

/** No beats unknown beats yes: several norms on one thing are all to be met. */
const together = (findings: readonly Finding[]): Finding =>
  findings.includes(false) ? false : findings.includes('unknown') ? 'unknown' : true

/** The demands that certainly apply, one per party and topic: forms and norms added up. */
export function gatherDemands(
  demands: readonly Demand[],
  applied: readonly Applied[],
): readonly ConsentDemand[] {
  const certain = demands.filter(({ applies }) => applies.value === true)
  return groupBy(certain, ({ party, topic }) => `${party} ${topic}`).map((group) => {
    const [{ party, topic }] = group
    const standing = applied.filter(
      ({ norm, holds }) => holds.value === true && norm.supports.includes(party),
    )
    return {
      party,
      for: topic,
      rule: group.every(({ oneOf }) => oneOf) ? 'one-of' : 'all-of',
      forms: [...new Set(group.flatMap(({ rule }) => rule.forms))],
      satisfied: together(group.map(({ judged }) => judged.value)),
      norms: [...new Set([...group, ...standing].map(({ norm }) => norm.id))],
    }
  })
}

/** The duties that certainly apply, one per code; the shortest period counts, and the highest norm's authority. */
export function gatherDuties(duties: readonly AppliedDuty[]): readonly Duty[] {
  const certain = duties.filter(({ applies }) => applies.value === true)
  return groupBy(certain, ({ rule }) => rule.code).map((group) => {
    const timed = group.filter(({ rule }) => rule.deadlineDays !== undefined)
    const first = timed.toSorted((a, b) => a.rule.deadlineDays! - b.rule.deadlineDays!)[0]
    const named = group.filter(({ rule }) => rule.authority !== undefined)
    const body = named.toSorted(
      (a, b) => Number(outranks(b.norm, a.norm)) - Number(outranks(a.norm, b.norm)),
    )[0]?.rule.authority
    return {
      code: group[0].rule.code,
      met: together(group.map(({ met }) => met.value)),
      norms: [...new Set(group.map(({ norm }) => norm.id))],
      ...(first ? { deadlineDays: first.rule.deadlineDays! } : {}),
      ...(first?.rule.workingDays === undefined ? {} : { workingDays: first.rule.workingDays }),
      ...(body === undefined ? {} : { authority: body }),
    }
  })
}
