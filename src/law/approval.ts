import type { Situation } from './situation.ts'
import { anyTrue, no, type Truth, truth, unknown } from './truth.ts'

/** Granted, begun and not run out on the day of the act. */
export function isGranted(kind: string, { approvals, at }: Situation): Truth {
  if (approvals === undefined) return unknown('approvals')
  return anyTrue(
    approvals.map((approval, index) => {
      if (approval.kind !== kind) return no
      if (approval.outcome === 'unknown') return unknown(`approvals[${index}].outcome`)
      const running =
        (approval.on === undefined || approval.on <= at) &&
        (approval.expires === undefined || at <= approval.expires)
      return truth(approval.outcome === 'granted' && running)
    }),
  )
}
