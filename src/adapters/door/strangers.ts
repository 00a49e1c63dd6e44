import type { Strangers } from '#usecases'

const mostNames = 10_000
type Failures = NonNullable<ReturnType<Strangers['read']>>

/** Names that nobody has, as long as this process runs; the oldest are forgotten first. */
export function countStrangers(): Strangers {
  const known = new Map<string, Failures>()
  return {
    read: (signInName) => known.get(signInName),
    write(signInName, failures) {
      known.delete(signInName)
      known.set(signInName, failures)
      const [oldest] = known.keys()
      if (known.size > mostNames && oldest !== undefined) known.delete(oldest)
    },
  }
}
