import type { Day } from '#kernel'
import type { Norm, NormBase } from './normBase.ts'
import { inForce } from './truth.ts'

/** One thing that one norm asks, forbids or allows, with the days of its wording. */
export type MatrixRow = {
  readonly norm: string
  readonly instrument: { readonly id: string; readonly en: string; readonly zh: string }
  readonly jurisdiction: string
  readonly article: string
  readonly wording: { readonly en: string; readonly zh: string }
  readonly kind: 'duty' | 'consent' | 'forbids' | 'burden' | 'allows' | 'principle'
  /** Code of the duty, topic of the consent, fact to be proved; empty for the others. */
  readonly code: string
  readonly forms: readonly string[]
  readonly deadlineDays: number | null
  readonly from: Day
  readonly to: Day | null
  readonly verified: Norm['verified']
  /** In force on each of the days asked about, in their order. */
  readonly on: readonly boolean[]
}

/** Article × duty × day: every norm of the base at least once, by instrument and article as the base has them. */
export const matrixOf = (base: NormBase, days: readonly Day[]): readonly MatrixRow[] =>
  base.norms.flatMap((norm) => partsOf(norm).map((part) => rowOf(norm, part, days)))

type Part = Pick<MatrixRow, 'kind' | 'code'> & Partial<Pick<MatrixRow, 'forms' | 'deadlineDays'>>

function partsOf(norm: Norm): readonly Part[] {
  const parts: Part[] = [
    ...norm.consents.map((rule): Part => ({ kind: 'consent', code: rule.for, forms: rule.forms })),
    ...norm.duties.map(
      (rule): Part => ({ kind: 'duty', code: rule.code, deadlineDays: rule.deadlineDays ?? null }),
    ),
    ...(norm.forbids ? [{ kind: 'forbids' as const, code: '' }] : []),
    ...norm.burdens.map((rule): Part => ({ kind: 'burden', code: rule.fact })),
  ]
  const unlike = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()]
  if (unlike.length > 0) return unlike
  return [{ kind: norm.effect === 'permit' ? 'allows' : 'principle', code: '' }]
}

function rowOf(norm: Norm, part: Part, days: readonly Day[]): MatrixRow {
  const { id, instrument, article, wording, from, to, verified } = norm
  return {
    norm: id,
    instrument: { id: instrument.id, en: instrument.titleEn, zh: instrument.titleZh },
    jurisdiction: instrument.jurisdiction,
    article,
    wording,
    forms: [],
    deadlineDays: null,
    ...part,
    from,
    to,
    verified,
    on: days.map((day) => inForce(norm, day)),
  }
}
