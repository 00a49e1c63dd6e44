import type { Day } from '#kernel'
import type { NormBase } from '../normBase.ts'

/** The digits of a day as a number: compares like the day, and much faster. */
export function numberOf(day: Day): number {
  let number = 0
  for (let index = 0; index < 10; index += 1) {
    const digit = day.charCodeAt(index) - 48
    if (digit >= 0) number = number * 10 + digit
  }
  return number
}

/** Time cut wherever a norm begins or has ended: within an epoch the same norms are in force. */
export type Epochs = Int32Array

export function epochsOf({ norms }: NormBase): Epochs {
  const cuts = norms.flatMap(({ from, to }) => [
    numberOf(from),
    // The number after the last day need not be a day: it only has to lie before the next.
    ...(to === null ? [] : [numberOf(to) + 1]),
  ])
  return Int32Array.from([...new Set(cuts)].sort((a, b) => a - b))
}

/** How many cuts lie on the day or before it. */
export function epochOf(epochs: Epochs, day: Day): number {
  const number = numberOf(day)
  let low = 0
  let high = epochs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (epochs[middle]! <= number) low = middle + 1
    else high = middle
  }
  return low
}
