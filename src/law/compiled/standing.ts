import type { GivenConsent, Situation } from '../situation.ts'

/** The three-valued states of the small judgements here. */
export const no = 0
export const open = 1
export const yes = 2

/** Whether a consent stands on the day, as `stands` says it. */
export function standsNow({ on, withdrawnOn }: GivenConsent, { at }: Situation): number {
  if (on !== undefined && on > at) return no
  if (withdrawnOn === undefined) return open
  return withdrawnOn === null || withdrawnOn > at ? yes : no
}
