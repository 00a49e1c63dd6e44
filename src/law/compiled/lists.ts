import { headsOf, readFact } from '../evaluate.ts'
import type { Situation } from '../situation.ts'
import { type Bits, type FactReader, makeFactReader, noBits, readFacts } from './factReader.ts'
import type { Key } from './key.ts'
import type { ListQuestions, Questions } from './questions.ts'

/** Reads what conditions ask of the items of one list. */
export class ListReader {
  readonly #path: string
  readonly #steps: readonly string[]
  readonly #reader: FactReader
  readonly #bits: Bits
  readonly #counted: boolean
  /** Nothing is asked of an item that needs its place or number, unless some fact of it is not known. */
  readonly #asSet: boolean
  readonly #found: number[] = []

  constructor(path: string, { facts, counted, looksOut }: ListQuestions) {
    this.#path = path
    this.#steps = path.split('.')
    this.#reader = makeFactReader(facts)
    this.#bits = noBits(this.#reader.words)
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
      readFacts(this.#reader, item as object, this.#bits)
      key.pushAll(this.#bits.yes, this.#reader.words)
      key.pushAll(this.#bits.open, this.#reader.words)
      if (this.#counted) key.push(headsOf(item))
    }
  }

  /** Undefined: not known. What is known to be none has no items. */
  #listIn(situation: Situation): readonly unknown[] | undefined {
    if (this.#steps.length === 1) {
      const value = (situation as { readonly [member: string]: unknown })[this.#path]
      if (Array.isArray(value)) return value
    }
    const fact = readFact(situation, this.#path)
    if (fact.kind === 'unknown') return undefined
    return fact.kind === 'known' && Array.isArray(fact.value) ? (fact.value as readonly unknown[]) : []
  }

  #readSet(list: readonly unknown[], key: Key): boolean {
    const found = this.#found
    found.length = 0
    for (const item of list) {
      readFacts(this.#reader, item as object, this.#bits)
      if (this.#bits.open[0] !== 0) return false
      const word = this.#bits.yes[0]!
      if (!found.includes(word)) found.push(word)
    }
    found.sort((a, b) => a - b)
    key.push(-1 - found.length)
    for (const word of found) key.push(word)
    return true
  }
}

/** Whether one number is more than half of another, or which of the two is not known. */
export function readMajorities(majorities: Questions['majorities'], situation: Situation, key: Key): void {
  for (const { votes, of } of majorities.values()) {
    const cast = readFact(situation, votes)
    const all = readFact(situation, of)
    if (cast.kind !== 'known' || all.kind !== 'known') {
      key.push((cast.kind === 'known' ? 0 : 2) | (all.kind === 'known' ? 0 : 4))
      continue
    }
    const size = Array.isArray(all.value)
      ? all.value.reduce((sum: number, item) => sum + headsOf(item), 0)
      : Number(all.value)
    key.push(2 * Number(cast.value) > size ? 1 : 0)
  }
}
