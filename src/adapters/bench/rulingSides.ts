import { readdir } from 'node:fs/promises'
import { ruleOn, type Situation } from '#law'
import { jsonLogicLaw } from './jsonLogicLaw.ts'
import { given, type MakeSide, type Parts } from './parts.ts'
import { repeat } from './repeat.ts'

export type PureSetting = { readonly roundMs: number }

/** The situations of all example cases. */
export async function readSituations({ ports, examples }: Parts): Promise<readonly Situation[]> {
  const { cases } = await ports()
  const names = (await readdir(examples)).sort()
  const read = await Promise.all(names.map((name) => cases.readCase(`${examples}/${name}`)))
  return read.map((one) => given(one).value.situation)
}

export const rulingSide: MakeSide<PureSetting> = async ({ roundMs }, parts) => {
  const [base, situations] = [await parts.norms(), await readSituations(parts)]
  const pass = () => {
    for (const situation of situations) ruleOn(situation, base)
  }
  return { round: async () => repeat(roundMs, situations.length, pass), close: async () => {} }
}

export const jsonLogicSide: MakeSide<PureSetting> = async ({ roundMs }, parts) => {
  const [base, situations] = [await parts.norms(), await readSituations(parts)]
  const law = jsonLogicLaw(base)
  const pass = () => {
    for (const situation of situations) law.evaluate(situation)
  }
  return { round: async () => repeat(roundMs, situations.length, pass), close: async () => {} }
}
