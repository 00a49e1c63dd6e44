import { headsOf } from '../evaluate.ts'
import type { Situation } from '../situation.ts'
import { type FactReader, makeFactReader, readFacts, stepsOf, valueAt } from './factReader.ts'
import type { Key } from './key.ts'
import type { ListQuestions, Majority } from './questions.ts'

/** Reads what conditions ask of the items of one list. */
export class ListReader {
  readonly #steps: readonly string[]
  readonly #reader: FactReader
  readonly #bits: Int32Array
  readonly #counted: boolean
  /** Nothing is asked of an item that needs its place or number, unless some fact of it is not known. */
  readonly #asSet: boolean
  readonly #found: number[] = []

  constructor(path: string, { facts, counted, looksOut }: ListQuestions) {
    this.#steps = stepsOf(path)
    this.#reader = makeFactReader(facts)
    this.#bits = new Int32Array(2 * this.#reader.words)
    this.#counted = counted
    this.#asSet = !counted && !looksOut && this.#reader.words === 1
  }

  read(situation: Situation, key: Key): void {
    const list = this.#listIn(situation)
    if (list === undefined) {
      key.push(-1)
      return
    }
    if (list.length === 0) {
      key.push(0)
      return
    }
    if (this.#asSet && this.#readSet(list, key)) return
    key.push(list.length)
    for (const item of list) {
      key.pushAll(this.#readItem(item), 2 * this.#reader.words)
      if (this.#counted) key.push(headsOf(item))
    }
  }

  /** Undefined: not known. What is known to be none has no items. */
  #listIn(situation: Situation): readonly unknown[] | undefined {
    const value = valueAt(situation, this.#steps)
    return Array.isArray(value) ? value : value === undefined ? undefined : []
  }

  #readItem(item: unknown): Int32Array {
    const bits = this.#bits.fill(0)
    readFacts(this.#reader, item as object, bits, 0, this.#reader.words)
    return bits
  }

  #readSet(list: readonly unknown[], key: Key): boolean {
    const found = this.#found
    found.length = 0
    for (const item of list) {
      const bits = this.#readItem(item)
      if (bits[1] !== 0) return false
      const word = bits[0]!
      if (!found.includes(word)) found.push(word)
    }
    if (found.length > 1) found.sort((a, b) => a - b)
    key.push(-1 - found.length)
    for (const word of found) key.push(word)
    return true
  }
}

/** Reads whether one number is more than half of another. */
export class MajorityReader {
  readonly #votes: readonly string[]
  readonly #of: readonly string[]

  constructor({ votes, of }: Majority) {
    this.#votes = stepsOf(votes)
    this.#of = stepsOf(of)
  }

  /** 0 or 1, or from 2 on which of the two is not known. */
  read(situation: Situation): number {
    const cast = valueAt(situation, this.#votes) ?? undefined
    const all = valueAt(situation, this.#of) ?? undefined
    if (cast === undefined || all === undefined)
      return (cast === undefined ? 2 : 0) | (all === undefined ? 4 : 0)
    const size = Array.isArray(all) ? all.reduce((sum: number, item) => sum + headsOf(item), 0) : Number(all)
    return 2 * Number(cast) > size ? 1 : 0
  }
}
