/** Whose turn it is next, some at a time; what it takes to make them ready is not measured. */
export type Chunks<Facts> = () => readonly Facts[]

/** Adds how long each decision took, in microseconds. */
export function decide<Facts>(
  chunk: readonly Facts[],
  evaluate: (one: Facts) => unknown,
  taken: number[],
  until = Infinity,
): number {
  let spent = 0
  for (const one of chunk) {
    const from = process.hrtime.bigint()
    evaluate(one)
    const microseconds = Number(process.hrtime.bigint() - from) / 1000
    taken.push(microseconds)
    spent += microseconds
    if (spent >= until) break
  }
  return spent
}

/** Decisions until so much time has gone into them: the median, the 99th percentile (both in microseconds) and how many a second. */
export function timeRound<Facts>(
  next: Chunks<Facts>,
  evaluate: (one: Facts) => unknown,
  roundMs: number,
): readonly [p50: number, p99: number, perSecond: number] {
  const taken: number[] = []
  let left = 1000 * roundMs
  while (left > 0) left -= decide(next(), evaluate, taken, left)
  const sorted = Float64Array.from(taken).sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  return [at(0.5), at(0.99), perSecond(taken)]
}

export const perSecond = (taken: readonly number[]): number =>
  (1e6 * taken.length) / taken.reduce((sum, one) => sum + one, 0)

/** One after another without end, from a list that is ready. */
export function sameAgain<Facts>(list: readonly Facts[]): Chunks<Facts> {
  let at = 0
  return () => [list[at++ % list.length]!]
}
