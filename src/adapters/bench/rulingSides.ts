import { readdir } from 'node:fs/promises'
import { compileNormBase, type Situation } from '#law'
import { cedarLaw } from './cedarLaw.ts'
import { type Chunks, decide, perSecond, sameAgain, timeRound } from './decisions.ts'
import { jsonLogicLaw } from './jsonLogicLaw.ts'
import { given, type MakeSide, type Parts } from './parts.ts'
import { inventedSituations } from './persons.ts'

export type PureSetting = { readonly roundMs: number }
export type RulingSetting = PureSetting & { readonly persons: number }
/** What a round of them says, in this order: microseconds of the median decision and of the 99th percentile; decisions per second. */
export type RulingFigures = readonly [p50: number, p99: number, perSecond: number, firstPerSecond: number]

/** The situations of all example cases. */
export async function readSituations({ ports, examples }: Parts): Promise<readonly Situation[]> {
  const { cases } = await ports()
  const names = (await readdir(examples)).sort()
  const read = await Promise.all(names.map((name) => cases.readCase(`${examples}/${name}`)))
  return read.map((one) => given(one).value.situation)
}

const close = async (): Promise<void> => {}

const chunk = 1_000

/** One after another without end, a thousand at a time: parsed, as at the gate, and never all of them in memory. */
function parsedPersons(persons: number): Chunks<Situation> {
  let from = inventedSituations(persons)
  const next = (): Situation => {
    const one = from.next()
    if (!one.done) return JSON.parse(JSON.stringify(one.value))
    from = inventedSituations(persons)
    return next()
  }
  return () => Array.from({ length: chunk }, next)
}

/** All persons have been ruled on once before the first round; how fast that went is a figure of its own. */
export const rulingSide: MakeSide<RulingSetting, RulingFigures> = async (setting, parts) => {
  const { rule } = compileNormBase(await parts.norms())
  const persons = parsedPersons(setting.persons)
  const first: number[] = []
  while (first.length < setting.persons)
    decide(persons().slice(0, setting.persons - first.length), rule, first)
  const firstPerSecond = perSecond(first)
  return { round: async () => [...timeRound(persons, rule, setting.roundMs), firstPerSecond], close }
}

export const jsonLogicSide: MakeSide<RulingSetting, RulingFigures> = async (setting, parts) => {
  const law = jsonLogicLaw(await parts.norms())
  return peerSide([...inventedSituations(setting.persons)], setting, law.evaluate)
}

export const cedarSide: MakeSide<RulingSetting, RulingFigures> = async (setting, parts) => {
  const law = cedarLaw(await parts.norms())
  const situations = [...inventedSituations(setting.persons)]
  return peerSide(situations.map(law.prepare), setting, law.evaluate)
}

function peerSide<Facts>(
  facts: readonly Facts[],
  { roundMs }: RulingSetting,
  evaluate: (one: Facts) => unknown,
) {
  const next = sameAgain(facts)
  const round = async (): Promise<RulingFigures> => {
    const [p50, p99, perSecond] = timeRound(next, evaluate, roundMs)
    return [p50, p99, perSecond, perSecond]
  }
  return { round, close }
}
