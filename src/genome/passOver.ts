import type { LineCutter } from './lines.ts'

/** Where a scan stands: what the next records must be to say nothing of a wanted position. */
export type Quiet = {
  /** The contig of the last record, with the tab behind it. */
  readonly contig: Uint8Array
  /** Tabs of a whole record. */
  readonly tabs: number
  /** Where the next wanted position was last looked for; a record before it is out of order. */
  readonly from: number
  /** The next wanted position of the contig; Infinity: there is none. */
  readonly until: number
  /** A record without ALT may be a block of reference. */
  readonly hasBlocks: boolean
}

const tab = 9
const dot = 46
const zero = 48
const lessThan = 60

/**
 * The first line from `first` on that has to be looked at, `count` when there is none. Those before it are records as they
 * should be that end before the next wanted position: a REF is no longer than its line, and only a symbol reaches further.
 * Nearly every line of a genome is passed over here, so it is one function without calls, and an array is touched once a byte.
 */
export function passOver(
  bytes: Uint8Array,
  { ends, tabs }: LineCutter,
  { contig, tabs: wanted, from, until, hasBlocks }: Quiet,
  [first, count, firstStart]: readonly [first: number, count: number, firstStart: number],
): number {
  let start = firstStart
  for (let k = first; k < count; k++) {
    const end = ends[k]!
    if (tabs[k] !== wanted) return k
    let i = 0
    while (i < contig.length && bytes[start + i] === contig[i]) i++
    if (i < contig.length) return k
    i += start
    const posStart = i
    let pos = 0
    for (let digit = bytes[i]! - zero; digit >= 0 && digit <= 9; digit = bytes[++i]! - zero)
      pos = pos * 10 + digit
    if (bytes[i] !== tab || i === posStart || i - posStart > 10) return k
    if (pos < from || pos + (end - start) > until) return k
    for (let column = 0; column < 3; ) if (bytes[i++] === tab) column++
    if (hasBlocks && bytes[i] === dot) return k
    for (let byte = bytes[i]; byte !== tab; byte = bytes[++i]) if (byte === lessThan) return k
    start = end + 1
  }
  return count
}
