import type { Applied } from '../applyNorm.ts'
import { assignBurdens } from '../burden.ts'
import type { Reading } from '../evaluate.ts'
import {
  type Answer,
  isDispute,
  joinOrders,
  type LegalOrder,
  legalOrders,
  ruleByNorms,
} from '../interpret.ts'
import type { Norm, NormBase } from '../normBase.ts'
import type { Ruling } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import { Encoder } from './encoder.ts'
import { type Questions, questionsOf } from './questions.ts'
import { cutSlice, type Slice } from './slice.ts'
import { type View, viewOf } from './view.ts'

/** What is ruled in one epoch, in some legal orders, on one activity. `burdens`: by the law of the day of the facts. */
export type Program = {
  readonly number: number
  readonly orders: readonly LegalOrder[]
  readonly slices: readonly Slice[]
  readonly burdens: readonly Slice[]
  readonly encoder: Encoder
  readonly groups: readonly NormGroup[]
}
/** Norms of one slice that can ask the same; each with its place among the norms of the slice. */
export type NormGroup = {
  readonly number: number
  readonly slice: number
  readonly view: View
  readonly norms: readonly (readonly [place: number, norm: Norm])[]
}

/** `next` gives numbers that no other program or group has. */
export function makeProgram(
  base: NormBase,
  { jurisdictions, activity, at, dispute }: Situation,
  next: () => number,
): Program {
  const orders = legalOrders(jurisdictions)
  const slices = orders.map((order) => cutSlice(base, at, order, activity, 'ruling'))
  const factsOn = dispute?.factsOn ?? at
  const burdens = isDispute({ activity })
    ? orders.map((order) => cutSlice(base, factsOn, order, activity, 'burdens'))
    : []
  const number = next()
  const questions = questionsOf([...slices, ...burdens])
  const encoder = new Encoder(number, questions, activity)
  const groups = slices.flatMap((slice, index) => groupNorms(slice, index, questions, encoder, next))
  return { number, orders, slices, burdens, encoder, groups }
}

function groupNorms(
  { base, holds }: Slice,
  slice: number,
  questions: Questions,
  encoder: Encoder,
  next: () => number,
): readonly NormGroup[] {
  const groups = new Map<string, { view: View; norms: [number, Norm][] }>()
  for (const [place, norm] of base.norms.entries()) {
    const own = questionsOf([{ base: { ...base, norms: [norm] }, holds: [holds[place]!] }])
    const view = viewOf(own, questions, encoder)
    const group = groups.get(view.name) ?? { view, norms: [] }
    groups.set(view.name, group)
    group.norms.push([place, norm])
  }
  return [...groups.values()].map((group) => ({ ...group, number: next(), slice }))
}

/** What the norms say together; `each`: what they say one by one, of each slice, as they were read. */
export function ruleTogether(
  { orders, burdens }: Program,
  each: readonly (readonly Applied[])[],
  readings: readonly Reading[],
): Answer {
  const findings = readings.map((reading, index) =>
    ruleByNorms(each[index]!, reading, () => assignBurdens({ ...reading, base: burdens[index]!.base })),
  )
  const { situation, base } = readings[0]!
  return freeze(joinOrders(orders, findings, situation, base))
}

export const read = (base: NormBase, situation: Situation): Reading => ({
  base,
  situation,
  day: situation.at,
  words: new Map(),
})

/** Rulings of one cell share their parts: nobody may change them. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freeze(member)
  return Object.freeze(value)
}

export const rulingOf = (answer: Answer, { id, at }: Situation): Ruling => ({
  situation: id,
  at,
  outcome: answer.outcome,
  whoMustConsent: answer.whoMustConsent,
  mustTell: answer.mustTell,
  duties: answer.duties,
  forbiddenBy: answer.forbiddenBy,
  notRequired: answer.notRequired,
  norms: answer.norms,
  displaced: answer.displaced,
  burdenOfProof: answer.burdenOfProof,
  factsNeeded: answer.factsNeeded,
  explanation: answer.explanation,
})
