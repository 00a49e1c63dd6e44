import type { Compared } from './compare.ts'

/** One figure against its peer, both measured in this run. `ratio` is ours divided by the peer's. */
export type Line = {
  readonly bench: string
  readonly ours: number
  readonly peer: number
  readonly peerName: string
  readonly unit: string
  readonly ratio: number
  readonly better: 'more' | 'less'
  readonly clients?: number
  readonly persons?: number
  readonly oursPeakMb: number | null
  readonly peerPeakMb: number | null
  /** Smallest and largest of the rounds whose median is given. */
  readonly spread: { readonly ours: readonly number[]; readonly peer: readonly number[] }
  readonly limit: string
}

type Head = Pick<Line, 'bench' | 'peerName' | 'unit' | 'better' | 'clients' | 'persons' | 'limit'>

export function lineOf({ limit, ...head }: Head, { ours, peer }: Compared): Line {
  return {
    bench: head.bench,
    ours: short(ours.median),
    peer: short(peer.median),
    peerName: head.peerName,
    unit: head.unit,
    ratio: short(ours.median / peer.median),
    better: head.better,
    ...(head.clients === undefined ? {} : { clients: head.clients }),
    ...(head.persons === undefined ? {} : { persons: head.persons }),
    oursPeakMb: ours.peakMb === null ? null : short(ours.peakMb),
    peerPeakMb: peer.peakMb === null ? null : short(peer.peakMb),
    spread: { ours: ours.spread.map(short), peer: peer.spread.map(short) },
    limit,
  }
}

/** Three digits say all that a measurement of seconds can. */
export const short = (value: number): number => Number(value.toPrecision(3))
