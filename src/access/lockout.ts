import { type Instant, instantOf } from '#kernel'

/** Failures one after another, and when the last one was. */
export type Failures = { readonly count: number; readonly lastAt: Instant }

const free = 4
const firstWaitMs = 30_000
const longestWaitMs = 15 * 60_000

/** Until when nothing is tried, not even what is right: from the fifth failure on 30 s, then twice as long each time, at most 15 min. */
export function lockedUntil({ count, lastAt }: Failures): Instant | null {
  if (count <= free) return null
  const wait = Math.min(firstWaitMs * 2 ** (count - free - 1), longestWaitMs)
  return instantOf(Date.parse(lastAt) + wait)
}

/** How many whole seconds are left to wait; 0: none. */
export function secondsLocked(failures: Failures | undefined, now: Instant): number {
  const until = failures && lockedUntil(failures)
  if (!until || until <= now) return 0
  return Math.ceil((Date.parse(until) - Date.parse(now)) / 1000)
}

export const oneMore = (failures: Failures | undefined, now: Instant): Failures => ({
  count: (failures?.count ?? 0) + 1,
  lastAt: now,
})
