import type { Day, Fault, Json, Result } from '#kernel'
import { ok } from '#kernel'
import {
  type BaseComparison,
  compareBases,
  explainIn,
  type InstrumentReview,
  type LintFinding,
  lintNormBase,
  type MatrixRow,
  matrixOf,
  type NormBase,
  parseSituation,
  type ReviewRecord,
  type Ruling,
  reviewsOf,
  ruleOn,
} from '#law'

export type { BaseComparison, InstrumentReview, LintFinding, MatrixRow, NormBase, ReviewRecord }

/** What a lawyer asks of the base itself; nothing here touches a person. */
export type LintReport = {
  readonly sha256: string
  readonly norms: number
  readonly findings: readonly LintFinding[]
}
export type Explanation = {
  readonly situation: string
  readonly ruling: Ruling
  readonly en: readonly string[]
  readonly zh: readonly string[]
}

export const lintLaw = (base: NormBase): LintReport => ({
  sha256: base.sha256,
  norms: base.norms.length,
  findings: lintNormBase(base),
})

export function explainSituations(
  base: NormBase,
  document: Json,
  where: string,
): Result<readonly Explanation[], Fault> {
  const batch = Array.isArray(document)
  const explained: Explanation[] = []
  for (const [i, item] of (batch ? document : [document]).entries()) {
    const parsed = parseSituation(item, batch ? `${where} $[${i}]` : `${where} $`)
    if (!parsed.ok) return parsed
    const ruling = ruleOn(parsed.value, base)
    const say = (language: 'en' | 'zh') => explainIn(language, ruling, parsed.value, base)
    explained.push({ situation: parsed.value.id, ruling, en: say('en'), zh: say('zh') })
  }
  return ok(explained)
}

export const drawMatrix = (base: NormBase, days: readonly Day[]): readonly MatrixRow[] => matrixOf(base, days)
export const compareLaw = (before: NormBase, after: NormBase): BaseComparison => compareBases(before, after)
export const reviewLaw = (base: NormBase, records: readonly ReviewRecord[]): readonly InstrumentReview[] =>
  reviewsOf(base, records)
