import type { Outcome } from '#vocabulary'
import { type Applied, type AppliedDuty, applyNorm, type Demand } from './applyNorm.ts'
import { assignBurdens } from './burden.ts'
import { resolveConflicts } from './displace.ts'
import type { Reading } from './evaluate.ts'
import { explain } from './explain.ts'
import { gatherDemands, gatherDuties } from './gather.ts'
import type { Norm, NormBase, NormJurisdiction } from './normBase.ts'
import type { Displacement, NormId, OrderFinding, Prohibition, Ruling } from './ruling.ts'
import type { Situation } from './situation.ts'
import { inForce, type Truth } from './truth.ts'

/** Strictest first (codes.md, rules of reading). */
const strictness: readonly Outcome[] = ['deny', 'unknown-facts', 'refer', 'permit-with-duties', 'permit']

/**
 * What the norms in force on the day of the situation say about it: a plain reading, norm by norm. Total and pure;
 * what the base does not reach is referred, never permitted.
 */
export function ruleOn(situation: Situation, base: NormBase): Ruling {
  const orders = legalOrders(situation.jurisdictions)
  const findings = orders.map((order) => ruleIn(order, situation, base))
  return { situation: situation.id, at: situation.at, ...joinOrders(orders, findings, situation, base) }
}

export type LegalOrder = readonly NormJurisdiction[]
/** All of a ruling but whose it is and of which day. */
export type Answer = Omit<Ruling, 'situation' | 'at'>

/** What the orders say together. */
export function joinOrders(
  orders: readonly LegalOrder[],
  findings: readonly OrderFinding[],
  situation: Situation,
  base: NormBase,
): Answer {
  const { reached: _, ...finding } = findings.reduce(join)
  const silent = orders.filter((_, index) => !findings[index]!.reached)
  return { ...finding, explanation: explain(finding, situation, base, silent) }
}

/** French law includes that of the Union; each order must by itself reach the act. */
export function legalOrders(jurisdictions: Situation['jurisdictions']): readonly LegalOrder[] {
  const orders: LegalOrder[] = []
  for (const jurisdiction of jurisdictions) {
    if (jurisdiction === 'FR') orders.push(['FR', 'EU'])
    else if (jurisdiction !== 'EU' || !jurisdictions.includes('FR')) orders.push([jurisdiction])
  }
  return orders
}

function ruleIn(order: LegalOrder, situation: Situation, base: NormBase): OrderFinding {
  const reading: Reading = { base, situation, day: situation.at, words: new Map() }
  const norms = base.norms.filter(
    (norm) => order.includes(norm.instrument.jurisdiction) && inForce(norm, situation.at),
  )
  return ruleByNorms(applyNorms(norms, reading), reading, () => assignBurdens(narrow(reading, order)))
}

const applyNorms = (norms: readonly Norm[], reading: Reading): readonly Applied[] =>
  norms.flatMap((norm) => applyNorm(norm, reading) ?? [])

/** What norms, all in force and each read against the situation, say of it together. */
export function ruleByNorms(
  each: readonly Applied[],
  reading: Reading,
  assign: () => ReturnType<typeof assignBurdens>,
): OrderFinding {
  const { situation } = reading
  const { applied, displaced } = resolveConflicts(each)
  const demands = applied.flatMap((one) => one.demands)
  const duties = applied.flatMap((one) => one.duties)
  const forbiddenBy = prohibitions(applied, demands, duties)
  const burdens = isDispute(situation) ? assign() : { burdens: [], needs: [] }
  const reached = applied.some(({ reaches, forbids }) => reaches.value === true || forbids.value === true)
  const open = [...openFacts(applied, demands, duties), ...(reached ? [] : factsOfReach(applied))]
  const shownDuties = gatherDuties(duties)
  const outcome = decideOutcome(
    situation,
    forbiddenBy.length > 0,
    open.length > 0,
    reached,
    duties.some(({ applies, met }) => applies.value !== false && met.value !== true),
  )
  const shown = gatherDemands(demands, applied)
  const notRequired = applied.flatMap(({ norm, holds }) => (holds.value === true ? norm.notRequired : []))
  return {
    outcome,
    whoMustConsent: shown,
    mustTell: unique(applied.flatMap(toldBy)),
    duties: shownDuties,
    forbiddenBy,
    notRequired: unique(notRequired).filter((code) => !shownDuties.some((duty) => duty.code === code)),
    norms: citedNorms(
      applied,
      displaced,
      [...shown, ...burdens.burdens].flatMap(({ norms }) => norms),
      reading,
    ),
    displaced,
    burdenOfProof: burdens.burdens,
    factsNeeded: outcome === 'deny' ? [] : unique([...open, ...burdens.needs]),
    reached,
  }
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]
export const isDispute = ({ activity }: Pick<Situation, 'activity'>): boolean =>
  activity === 'resolve-dispute' || activity === 'sanction'
const narrow = (reading: Reading, order: LegalOrder): Reading => ({
  ...reading,
  base: {
    ...reading.base,
    norms: reading.base.norms.filter((norm) => order.includes(norm.instrument.jurisdiction)),
  },
})

function decideOutcome(
  situation: Situation,
  forbidden: boolean,
  open: boolean,
  reached: boolean,
  duties: boolean,
): Outcome {
  if (isDispute(situation)) return 'refer'
  if (forbidden) return 'deny'
  if (open) return 'unknown-facts'
  if (!reached) return 'refer'
  return duties ? 'permit-with-duties' : 'permit'
}

/** One of several suffices where the norms say so: then another of the same topic may answer for it. */
const isAnswered = (demand: Demand, demands: readonly Demand[]): boolean =>
  demand.judged.value === true ||
  (demand.oneOf &&
    demands.some(
      (other) =>
        other.oneOf &&
        other.topic === demand.topic &&
        other.judged.value === true &&
        other.applies.value === true,
    ))

/** Asked for certain, or asked of one of several of whom none has consented: then it matters no more which. */
const isAskedWhoever = (demand: Demand, demands: readonly Demand[]): boolean =>
  demand.applies.value === true ||
  (demand.asked.value === true &&
    demands.every((other) => other.rule !== demand.rule || (!other.oneOf && other.judged.value === false)))

/** Another alternative of the same topic may still turn out to be given. */
const mayBeAnswered = (demand: Demand, demands: readonly Demand[]): boolean =>
  demand.oneOf &&
  demands.some((other) => other.oneOf && other.topic === demand.topic && other.judged.value === 'unknown')

function prohibitions(
  applied: readonly Applied[],
  demands: readonly Demand[],
  duties: readonly AppliedDuty[],
): readonly Prohibition[] {
  const flat = applied
    .filter(({ forbids }) => forbids.value === true)
    .map(({ norm }): Prohibition => ({ norm: norm.id, reason: norm.wording.en }))
  const consents = demands
    .filter((demand) => isAskedWhoever(demand, demands) && demand.judged.value === false)
    .filter((demand) => !isAnswered(demand, demands) && !mayBeAnswered(demand, demands))
    .map(
      ({ norm, party, topic, rule }): Prohibition => ({
        norm: norm.id,
        reason: `no ${[...rule.forms, 'consent'].join(' ')} of ${party} for ${topic} that covers this act`,
      }),
    )
  const gates = duties
    .filter(({ rule, applies, met }) => rule.prior && applies.value === true && met.value === false)
    .map(
      ({ norm, rule }): Prohibition => ({
        norm: norm.id,
        reason: `${rule.code} must come before the act and is missing`,
      }),
    )
  return [
    ...new Map([...flat, ...consents, ...gates].map((ban) => [`${ban.norm} ${ban.reason}`, ban])).values(),
  ]
}

/** Unknown facts that could still turn the answer: what would do no harm either way is left out. */
function openFacts(
  applied: readonly Applied[],
  demands: readonly Demand[],
  duties: readonly AppliedDuty[],
): readonly string[] {
  const bans = applied
    .filter(({ forbids }) => forbids.value === 'unknown')
    .flatMap(({ forbids }) => forbids.needs)
  const consents = demands
    .filter((demand) => !isAnswered(demand, demands))
    .flatMap(({ applies, judged }) => [...applies.needs, ...judged.needs])
  const gates = duties
    .filter(({ rule, met, applies }) => rule.prior && met.value !== true && applies.value !== false)
    .flatMap(({ applies, met }) => [...applies.needs, ...met.needs])
  return [...bans, ...consents, ...gates]
}

const factsOfReach = (applied: readonly Applied[]): readonly string[] =>
  applied.filter(({ reaches }) => reaches.value === 'unknown').flatMap(({ reaches }) => reaches.needs)

const toldBy = ({ duties }: Applied) =>
  duties.filter(({ applies }) => applies.value === true).flatMap(({ rule }) => rule.tell)

/** Norms that apply, that define a word used, that say who speaks or which norm prevails: all in force on the day. */
function citedNorms(
  applied: readonly Applied[],
  displaced: readonly Displacement[],
  others: readonly NormId[],
  { base, day }: Reading,
): readonly NormId[] {
  const cites = applied
    .filter((one) => speaks(one, displaced))
    .flatMap((one) => [
      one.norm.id,
      ...one.holds.cites,
      ...certain([...one.duties, ...one.demands]).flatMap(({ applies }) => applies.cites),
    ])
  return unique([...cites, ...others]).filter((id) => {
    const norm = base.byId.get(id)
    return norm !== undefined && inForce(norm, day)
  })
}

const certain = <T extends { readonly applies: Truth }>(parts: readonly T[]): readonly T[] =>
  parts.filter(({ applies }) => applies.value === true)

/** A norm that was pushed aside and has nothing left to say stands in `displaced` only. */
function speaks(
  { norm, holds, demands, duties, forbids }: Applied,
  displaced: readonly Displacement[],
): boolean {
  if (holds.value !== true || norm.supports.length > 0) return false
  if (norm.settles.length > 0) return displaced.some(({ principle }) => norm.settles.includes(principle))
  const silenced = displaced.some((entry) => entry.norm === norm.id)
  return !silenced || forbids.value === true || certain([...demands, ...duties]).length > 0
}

function join(a: OrderFinding, b: OrderFinding): OrderFinding {
  const outcome = strictness.find((level) => level === a.outcome || level === b.outcome)!
  return {
    outcome,
    whoMustConsent: [...a.whoMustConsent, ...b.whoMustConsent],
    mustTell: unique([...a.mustTell, ...b.mustTell]),
    duties: [...a.duties, ...b.duties],
    forbiddenBy: [...a.forbiddenBy, ...b.forbiddenBy],
    notRequired: unique([...a.notRequired, ...b.notRequired]),
    norms: unique([...a.norms, ...b.norms]),
    displaced: [...a.displaced, ...b.displaced],
    burdenOfProof: [...a.burdenOfProof, ...b.burdenOfProof],
    factsNeeded: outcome === 'deny' ? [] : unique([...a.factsNeeded, ...b.factsNeeded]),
    reached: a.reached && b.reached,
  }
}
