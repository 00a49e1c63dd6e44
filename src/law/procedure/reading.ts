import { type Applied, applyNorm } from '../applyNorm.ts'
import type { Reading } from '../evaluate.ts'
import { legalOrders } from '../interpret.ts'
import type { NormBase, NormJurisdiction } from '../normBase.ts'
import type { NormId } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import { inForce } from '../truth.ts'

/** The norms of the day, each read against the situation, as the ruling read them. */
export type Read = Reading & { readonly applied: ReadonlyMap<NormId, Applied> }

export function readNorms(situation: Situation, base: NormBase): Read {
  const reading: Reading = { base, situation, day: situation.at, words: new Map() }
  const orders = legalOrders(situation.jurisdictions).flat()
  const applied = base.norms.flatMap((norm) => {
    if (!orders.includes(norm.instrument.jurisdiction) || !inForce(norm, reading.day)) return []
    const one = applyNorm(norm, reading)
    return one === undefined ? [] : [[norm.id, one] as const]
  })
  return { ...reading, applied: new Map(applied) }
}

/** The legal order that these norms speak for; French law includes that of the Union. */
export function orderOf(norms: readonly NormId[], { base, situation }: Read): NormJurisdiction | null {
  const [first] = norms.flatMap((id) => base.byId.get(id)?.instrument.jurisdiction ?? [])
  const order = legalOrders(situation.jurisdictions).find((one) => first !== undefined && one.includes(first))
  return order?.[0] ?? first ?? null
}

/** Which norms would be answered by this fact: those whose answer is open for want of it. */
export function askersOf(path: string, { applied }: Read): readonly NormId[] {
  return [...applied.values()]
    .filter(({ holds, forbids, reaches, demands, duties }) =>
      [
        holds,
        forbids,
        reaches,
        ...demands.flatMap(({ applies, judged }) => [applies, judged]),
        ...duties.flatMap(({ applies, met }) => [applies, met]),
      ].some(({ needs }) => needs.includes(path)),
    )
    .map(({ norm }) => norm.id)
}
