import { type Fault, type Json, ok, type Result } from '#kernel'
import {
  explainIn,
  type LawLanguage,
  type LintFinding,
  lintNormBase,
  type NormBase,
  type Ruling,
  ruleOn,
  type Situation,
} from '#law'
import { parseSituations } from './ruleSituations.ts'

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
  const parsed = parseSituations(document, where)
  if (!parsed.ok) return parsed
  const explain = (situation: Situation): Explanation => {
    const ruling = ruleOn(situation, base)
    const say = (language: LawLanguage) => explainIn(language, ruling, situation, base)
    return { situation: situation.id, ruling, en: say('en'), zh: say('zh') }
  }
  return ok(parsed.value.map(explain))
}
