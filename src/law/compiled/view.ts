import { demandsAtMost } from './consentMasks.ts'
import type { Encoder } from './encoder.ts'
import { placeName } from './factReader.ts'
import type { Key } from './key.ts'
import type { Questions } from './questions.ts'

/** What of the key of a cell answers the questions of one norm. A segment counts where `ifMask` is 0 or the word has a bit of it. */
export type View = {
  /** The same for views of the same. */
  readonly name: string
  readonly places: Int32Array
  readonly masks: Int32Array
  readonly segments: readonly { readonly segment: number; readonly ifAt: number; readonly ifMask: number }[]
}

/** `own`: the questions of the norm, which are among `all` those of the program. */
export function viewOf(own: Questions, all: Questions, { facts, layout }: Encoder): View {
  const words = new Map<number, number>()
  const see = (place: number, mask: number) => words.set(place, (words.get(place) ?? 0) | mask)
  const segments: View['segments'][number][] = []
  for (const [path, tests] of own.facts)
    for (const test of tests.keys()) {
      const [word, bit] = facts.places.get(placeName(path, test))!
      see(layout.yes + word, bit)
      see(layout.open + word, bit)
    }
  for (const [index, name] of [...all.majorities.keys()].entries())
    if (own.majorities.has(name)) see(layout.majorities + index, -1)
  for (const [index, name] of [...all.told.keys()].entries())
    if (own.told.has(name)) {
      const place = layout.told + 2 * Math.floor(index / demandsAtMost)
      see(place, -1)
      see(place + 1, 1 << (index % demandsAtMost))
    }
  for (const [index, path] of [...all.lists.keys()].entries())
    if (own.lists.has(path)) segments.push({ segment: index, ifAt: 0, ifMask: 0 })
  if (own.approvals.size > 0) segments.push({ segment: layout.segments.approvals, ifAt: 0, ifMask: 0 })
  const asked = new Map<number, number>()
  for (const [index, name] of [...all.consents.keys()].entries())
    if (own.consents.has(name)) {
      const judge = Math.floor(index / demandsAtMost)
      asked.set(judge, (asked.get(judge) ?? 0) | (1 << (index % demandsAtMost)))
    }
  for (const [judge, mask] of asked) {
    const place = layout.judges + 2 * judge
    see(layout.consents, -1)
    see(place, mask)
    see(place + 1, mask)
    // Only an open demand names the consents that leave it open.
    segments.push({ segment: layout.segments.judges + judge, ifAt: place + 1, ifMask: mask })
  }
  const seen = [...words].sort(([a], [b]) => a - b)
  const places = Int32Array.from(seen, ([place]) => place)
  const masks = Int32Array.from(seen, ([, mask]) => mask)
  return { name: JSON.stringify([seen, segments]), places, masks, segments }
}

/** The answers to what one norm asks, out of those to all. */
export function look({ places, masks, segments }: View, cell: Key, marks: Int32Array, into: Key): void {
  for (let index = 0; index < places.length; index += 1)
    into.push(cell.words[places[index]!]! & masks[index]!)
  for (const { segment, ifAt, ifMask } of segments)
    if (ifMask === 0 || (cell.words[ifAt]! & ifMask) !== 0)
      for (let index = marks[segment]!; index < marks[segment + 1]!; index += 1) into.push(cell.words[index]!)
}
