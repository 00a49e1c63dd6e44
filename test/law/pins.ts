import { sha256Hex, utf8 } from '#kernel'
import { type NormBase, type Ruling, ruleOn, type Situation } from '#law'
import { decidingCases } from './decidingCases.ts'
import { situation } from './situations.ts'
import { variationsOf } from './variations.ts'

export const pinsFile = 'test/law/pins.json'
export type Pins = Readonly<Record<string, string>>

/** By norm, the situations that its pin speaks of; made from the base as it is committed. */
export const pinnedSituations = (base: NormBase): ReadonlyMap<string, readonly Situation[]> =>
  new Map(
    [...decidingCases].map(([id, { situation: facts }]) => {
      const about = situation({ id: 'pinned', ...facts })
      return [id, variationsOf(base.byId.get(id)!, about, base)] as const
    }),
  )

/** One number for everything that is said of these situations but the wording. */
export function pinOf(situations: readonly Situation[], base: NormBase): string {
  const said = situations.map((one) => {
    const { explanation: _, ...ruling }: Ruling = ruleOn(one, base)
    return ruling
  })
  return sha256Hex(utf8(JSON.stringify(said))).slice(0, 16)
}
