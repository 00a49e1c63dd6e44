import { FaultError, type Result } from '#kernel'
import type { NormBase } from '#law'
import type { Case, FromFile, PlanPorts, Store } from '#usecases'
import type { Measuring } from './sideProcess.ts'

export type Ports = Omit<PlanPorts, 'store' | 'folder'>

/** What the sides are made of; each part is loaded only by a side that asks for it. */
export type Parts = {
  readonly examples: string
  ports(): Promise<Ports>
  norms(): Promise<NormBase>
  /** The store in the database that the environment names. */
  store(dataFolder: string): Promise<Store>
}

export type MakeSide<Setting, Measured = number> = (
  setting: Setting,
  parts: Parts,
) => Promise<Measuring<Measured>>

export function given<T>(result: Result<T, FaultError['fault']>): T {
  if (!result.ok) throw new FaultError(result.error)
  return result.value
}

/** The case of which all benches are made that need a person. */
export const readPermittedCase = async (
  { cases }: Pick<Ports, 'cases'>,
  examples: string,
): Promise<FromFile<Case>> => given(await cases.readCase(`${examples}/permitted`))
