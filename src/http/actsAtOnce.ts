import pLimit from 'p-limit'

/** Acts at once: fewer than the store's connections, so that one is always left for the log. */
const mostActs = 8
/** More than these are told to come again, before their data is looked at. */
const mostWaiting = 256

/** One for the whole server: pages and applications wait in the same line. */
export type ActsAtOnce = {
  /** Undefined: too many wait, and nothing was begun. */
  run<T>(work: () => Promise<T>): Promise<T> | undefined
}

export function boundActs(): ActsAtOnce {
  const limit = pLimit(mostActs)
  return { run: (work) => (limit.pendingCount >= mostWaiting ? undefined : limit(work)) }
}
