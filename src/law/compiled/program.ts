import { assignBurdens } from '../burden.ts'
import type { Reading } from '../evaluate.ts'
import { explainNorms, explainOutcome } from '../explain.ts'
import { isDispute, joinOrders, type LegalOrder, legalOrders, ruleByNorms } from '../interpret.ts'
import type { NormBase } from '../normBase.ts'
import type { OrderFinding, Ruling } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import { Encoder } from './encoder.ts'
import { questionsOf } from './questions.ts'
import { cutSlice, type Slice } from './slice.ts'

/** What is ruled in one epoch, in some legal orders, on one activity. `burdens`: by the law of the day of the facts. */
export type Program = {
  readonly orders: readonly LegalOrder[]
  readonly slices: readonly Slice[]
  readonly burdens: readonly Slice[]
  readonly encoder: Encoder
}

export function makeProgram(base: NormBase, { jurisdictions, activity, at, dispute }: Situation): Program {
  const orders = legalOrders(jurisdictions)
  const slices = orders.map((order) => cutSlice(base, at, order, activity, 'ruling'))
  const factsOn = dispute?.factsOn ?? at
  const burdens = isDispute({ activity })
    ? orders.map((order) => cutSlice(base, factsOn, order, activity, 'burdens'))
    : []
  return { orders, slices, burdens, encoder: new Encoder(questionsOf([...slices, ...burdens]), activity) }
}

/** The ruling of a cell, but for the situation's own name and day. */
export type CellRuling = {
  readonly finding: OrderFinding
  readonly silent: readonly LegalOrder[]
  /** The part of the explanation that names no day. */
  readonly reasons: readonly string[]
}

export function ruleCold({ orders, slices, burdens }: Program, situation: Situation): CellRuling {
  const { finding, silent } = joinOrders(
    orders,
    slices.map(({ base }, index) => {
      const reading: Reading = { base, situation, day: situation.at, words: new Map() }
      return ruleByNorms(base.norms, reading, () => assignBurdens({ ...reading, base: burdens[index]!.base }))
    }),
  )
  return { finding: freeze(finding), silent, reasons: explainNorms(finding, slices[0]!.base) }
}

/** Rulings of one cell share their parts: nobody may change them. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freeze(member)
  return Object.freeze(value)
}

export function rulingOf({ finding, silent, reasons }: CellRuling, situation: Situation): Ruling {
  return {
    situation: situation.id,
    at: situation.at,
    outcome: finding.outcome,
    whoMustConsent: finding.whoMustConsent,
    mustTell: finding.mustTell,
    duties: finding.duties,
    forbiddenBy: finding.forbiddenBy,
    notRequired: finding.notRequired,
    norms: finding.norms,
    displaced: finding.displaced,
    burdenOfProof: finding.burdenOfProof,
    factsNeeded: finding.factsNeeded,
    explanation: [...explainOutcome(finding, situation, silent), ...reasons],
  }
}
