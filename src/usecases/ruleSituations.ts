import { type Fault, type Json, ok, type Result } from '#kernel'
import { parseSituation, type Ruling, type Situation } from '#law'
import type { Lawbook } from './world.ts'

export type RulingsAnswer = { readonly batch: boolean; readonly rulings: readonly Ruling[] }

/** One ruling per situation, in order. All must be well formed before any is answered. */
export function ruleSituations(
  lawbook: Lawbook,
  document: Json,
  where: string,
): Result<RulingsAnswer, Fault> {
  const parsed = parseSituations(document, where)
  if (!parsed.ok) return parsed
  return ok({ batch: Array.isArray(document), rulings: parsed.value.map(lawbook.rule) })
}

/** One situation, or each of an array. */
export function parseSituations(document: Json, where: string): Result<readonly Situation[], Fault> {
  const batch = Array.isArray(document)
  const situations: Situation[] = []
  for (const [i, item] of (batch ? document : [document]).entries()) {
    const parsed = parseSituation(item, batch ? `${where} $[${i}]` : `${where} $`)
    if (!parsed.ok) return parsed
    situations.push(parsed.value)
  }
  return ok(situations)
}
