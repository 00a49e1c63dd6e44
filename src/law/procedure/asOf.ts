import type { Day } from '#kernel'
import type { Norm, NormBase } from '../normBase.ts'
import { inForce } from '../truth.ts'

/**
 * The base as it would be if the law of that day had stayed: exactly its norms, in force always. Facts keep their own day, so that what
 * differs is the law and not a birthday.
 */
export function lawOf(day: Day, base: NormBase): NormBase {
  const norms = base.norms
    .filter((norm) => inForce(norm, day))
    .map((norm): Norm => ({ ...norm, from: firstDay, to: null }))
  const stayed = new Set(norms.map(({ id }) => id))
  const concepts = [...base.concepts].map(
    ([name, list]) => [name, list.filter(({ norm }) => norm === undefined || stayed.has(norm))] as const,
  )
  return {
    ...base,
    norms,
    byId: new Map(norms.map((norm) => [norm.id, norm])),
    concepts: new Map(concepts),
  }
}

const firstDay = '0001-01-01' as Day

/** Norms that are in force on one of the days and not on the other. */
export const changedBetween = (a: Day, b: Day, base: NormBase): ReadonlySet<string> =>
  new Set(base.norms.filter((norm) => inForce(norm, a) !== inForce(norm, b)).map(({ id }) => id))
