import { readdir } from 'node:fs/promises'
import { compileNormBase, type Situation } from '#law'
import { cedarLaw } from './cedarLaw.ts'
import { jsonLogicLaw } from './jsonLogicLaw.ts'
import { given, type MakeSide, type Parts } from './parts.ts'
import { inventedSituations } from './persons.ts'

export type PureSetting = { readonly roundMs: number }
export type RulingSetting = PureSetting & {
  readonly persons: number
  /** 0.5: the median decision; 0.99: one of the slowest. */
  readonly share: number
}

/** The situations of all example cases. */
export async function readSituations({ ports, examples }: Parts): Promise<readonly Situation[]> {
  const { cases } = await ports()
  const names = (await readdir(examples)).sort()
  const read = await Promise.all(names.map((name) => cases.readCase(`${examples}/${name}`)))
  return read.map((one) => given(one).value.situation)
}

/** Decisions on one person after another until the time is over; how long that one took, in microseconds, that `share` were under. */
function quantile<T>(facts: readonly T[], { roundMs, share }: RulingSetting, decide: (facts: T) => unknown) {
  let next = 0
  return async (): Promise<number> => {
    const taken: number[] = []
    const end = performance.now() + roundMs
    while (performance.now() < end) {
      const one = facts[next++ % facts.length]!
      const from = process.hrtime.bigint()
      decide(one)
      taken.push(Number(process.hrtime.bigint() - from) / 1000)
    }
    return Float64Array.from(taken).sort()[Math.floor(share * (taken.length - 1))]!
  }
}

const close = async (): Promise<void> => {}

export const rulingSide: MakeSide<RulingSetting> = async (setting, parts) => {
  const { rule } = compileNormBase(await parts.norms())
  const situations = [...inventedSituations(setting.persons)]
  for (const situation of situations) rule(situation)
  return { round: quantile(situations, setting, rule), close }
}

export const jsonLogicSide: MakeSide<RulingSetting> = async (setting, parts) => {
  const law = jsonLogicLaw(await parts.norms())
  return { round: quantile([...inventedSituations(setting.persons)], setting, law.evaluate), close }
}

export const cedarSide: MakeSide<RulingSetting> = async (setting, parts) => {
  const law = cedarLaw(await parts.norms())
  const contexts = [...inventedSituations(Math.min(setting.persons, 2_000))].map(law.prepare)
  return { round: quantile(contexts, setting, law.evaluate), close }
}
