/** One of two competitors. `round` measures once, in the units of its lines. */
export interface Side<Measured = number> {
  round(): Promise<Measured>
  /** Ends it; the largest amount of memory that it ever held, null where the system does not say. */
  close(): Promise<number | null>
}

type Figure = {
  readonly median: number
  readonly spread: readonly [smallest: number, largest: number]
  readonly peakMb: number | null
}
export type Compared = { readonly ours: Figure; readonly peer: Figure }

type Plan = { readonly rounds: number; readonly warm: number; readonly onRound?: (round: number) => void }

/** Turn by turn, so that whatever else the machine does meets both. Rounds of warming up are thrown away. */
export async function compare(ours: Side, peer: Side, plan: Plan): Promise<Compared> {
  const [compared] = await compareEach(single(ours), [single(peer)], plan)
  return compared![0]!
}

/** A side of one figure as one of several. */
export const single = (side: Side): Side<readonly number[]> => ({
  round: async () => [await side.round()],
  close: () => side.close(),
})

/** The same against several peers, where a round gives several figures: for each peer one comparison a figure. */
export async function compareEach(
  ours: Side<readonly number[]>,
  peers: readonly Side<readonly number[]>[],
  plan: Plan,
): Promise<readonly (readonly Compared[])[]> {
  const sides = [ours, ...peers]
  const taken = sides.map((): (readonly number[])[] => [])
  try {
    for (let round = -plan.warm; round < plan.rounds; round++) {
      plan.onRound?.(Math.max(round + 1, 0))
      const measured: (readonly number[])[] = []
      for (const side of sides) measured.push(await side.round())
      if (round >= 0) for (const [index, figures] of measured.entries()) taken[index]!.push(figures)
    }
  } catch (error) {
    await Promise.all(sides.map((side) => side.close()))
    throw error
  }
  const figures: (readonly Figure[])[] = []
  for (const [index, side] of sides.entries()) figures.push(figuresOf(taken[index]!, await side.close()))
  const [own, ...others] = figures as [readonly Figure[], ...(readonly Figure[])[]]
  return others.map((other) => other.map((peer, at) => ({ ours: own[at]!, peer })))
}

const figuresOf = (rounds: readonly (readonly number[])[], peakMb: number | null): readonly Figure[] =>
  rounds[0]!.map((_, at) =>
    figureOf(
      rounds.map((round) => round[at]!),
      peakMb,
    ),
  )

function figureOf(values: readonly number[], peakMb: number | null): Figure {
  return { median: median(values), spread: [Math.min(...values), Math.max(...values)], peakMb }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
