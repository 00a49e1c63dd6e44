/** One of two competitors. `round` measures once, in the unit of its line. */
export interface Side {
  round(): Promise<number>
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
  const taken: { readonly ours: number[]; readonly peer: number[] } = { ours: [], peer: [] }
  try {
    for (let round = -plan.warm; round < plan.rounds; round++) {
      plan.onRound?.(Math.max(round + 1, 0))
      const pair = [await ours.round(), await peer.round()] as const
      if (round < 0) continue
      taken.ours.push(pair[0])
      taken.peer.push(pair[1])
    }
  } catch (error) {
    await Promise.all([ours.close(), peer.close()])
    throw error
  }
  const [oursPeak, peerPeak] = [await ours.close(), await peer.close()]
  return { ours: figureOf(taken.ours, oursPeak), peer: figureOf(taken.peer, peerPeak) }
}

function figureOf(values: readonly number[], peakMb: number | null): Figure {
  return { median: median(values), spread: [Math.min(...values), Math.max(...values)], peakMb }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
