/** So many bytes are cut at once: little enough for the nearest memory of the processor, and each may be a line of its own. */
export const stretchLength = 1 << 16

const newline = 10
/** What a byte adds to the tabs of its line: a NUL takes away more than a stretch can have. */
const nul = -(1 << 20)
const weights = new Int32Array(256)
weights[9] = 1
weights[0] = nul

/**
 * Cuts bytes into lines in one pass that looks at each byte once and does nothing else: where each line ends, and how many
 * tabs it has. What it finds stands in arrays that are used again, so that a line costs no object.
 */
export class LineCutter {
  /** Of each line, where its newline stands. */
  readonly ends = new Int32Array(stretchLength)
  /** Of each line, how many tabs; below 0 where it has a NUL byte. */
  readonly tabs = new Int32Array(stretchLength)
  /** Tabs behind the last newline so far. */
  rest = 0

  /** How many lines end in `from` to `to` (excluded), at most a stretch apart. */
  cut(bytes: Uint8Array, from: number, to: number): number {
    const { ends, tabs } = this
    let sum = this.rest
    let count = 0
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!
      sum += weights[byte]!
      if (byte === newline) {
        ends[count] = i
        tabs[count] = sum
        count++
        sum = 0
      }
    }
    this.rest = sum
    return count
  }
}
