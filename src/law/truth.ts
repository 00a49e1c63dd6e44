import type { Day } from '#kernel'
import type { Finding, NormId } from './ruling.ts'

/** An answer in three values; `needs` are the unknown facts it hangs on, `cites` the norms that defined its words. */
export type Truth = {
  readonly value: Finding
  readonly needs: readonly string[]
  readonly cites: readonly NormId[]
}

export const yes: Truth = { value: true, needs: [], cites: [] }
export const no: Truth = { value: false, needs: [], cites: [] }
export const unknown = (...needs: readonly string[]): Truth => ({ value: 'unknown', needs, cites: [] })
export const truth = (value: boolean): Truth => (value ? yes : no)

/** Kleene's conjunction: one no decides; else every unknown part counts. */
export function allTrue(parts: readonly Truth[]): Truth {
  const refuting = parts.find(({ value }) => value === false)
  if (refuting) return refuting
  const open = parts.filter(({ value }) => value === 'unknown')
  const cites = parts.flatMap((part) => part.cites)
  return open.length > 0
    ? { value: 'unknown', needs: open.flatMap(({ needs }) => needs), cites }
    : { ...yes, cites }
}

export const notTrue = ({ value, needs, cites }: Truth): Truth => ({
  value: value === 'unknown' ? value : !value,
  needs,
  cites,
})

/** One yes decides; all the norms that say so are cited. */
export function anyTrue(parts: readonly Truth[]): Truth {
  const proving = parts.filter(({ value }) => value === true)
  if (proving.length > 0) return { ...yes, cites: proving.flatMap(({ cites }) => cites) }
  const open = parts.filter(({ value }) => value === 'unknown')
  return open.length > 0
    ? {
        value: 'unknown',
        needs: open.flatMap(({ needs }) => needs),
        cites: open.flatMap(({ cites }) => cites),
      }
    : no
}

/** Inclusive at both ends. */
export const inForce = ({ from, to }: { readonly from: Day; readonly to: Day | null }, day: Day): boolean =>
  from <= day && (to === null || day <= to)
