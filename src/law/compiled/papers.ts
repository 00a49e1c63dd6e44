import type { DisclosureElement } from '#vocabulary'
import type { GivenApproval, Situation } from '../situation.ts'
import type { Key } from './key.ts'
import { no, standsNow } from './standing.ts'

/** Reads which of the approvals asked for are there. */
export class ApprovalReader {
  readonly #kinds: ReadonlyMap<string, number>
  readonly #states: Int32Array
  readonly #head: number
  readonly #committee: number

  constructor(kinds: readonly string[]) {
    this.#kinds = new Map(kinds.map((kind, index) => [kind, index]))
    this.#states = new Int32Array(kinds.length)
    this.#head = this.#kinds.get('head-of-institution') ?? -1
    this.#committee = this.#kinds.get('ethics-review') ?? -1
  }

  /** Of each kind whether it is granted; where that is not known, which approvals leave it open. */
  read({ approvals, at }: Situation, key: Key): void {
    const states = this.#states.fill(approvals === undefined ? 1 : 0)
    if (states.length === 0) return
    key.push(approvals === undefined ? 0 : 1)
    if (approvals === undefined) return
    for (const approval of approvals) {
      const kind = this.#kinds.get(approval.kind)
      if (kind !== undefined) states[kind] = Math.max(states[kind]!, stateOf(approval, at))
    }
    let packed = 0
    let unsure = false
    for (let index = 0; index < states.length; index += 1) {
      packed = (packed << 2) | states[index]!
      if (states[index] === 1) unsure = true
      if (index % 16 === 15 || index === states.length - 1) {
        key.push(packed)
        packed = 0
      }
    }
    if (unsure) this.#writeUnsure(approvals, key)
  }

  #writeUnsure(approvals: readonly GivenApproval[], key: Key): void {
    key.push(approvals.length)
    for (const { kind, outcome } of approvals)
      key.push(outcome === 'unknown' ? (this.#kinds.get(kind) ?? -1) : -1)
  }

  get head(): number {
    return this.#head < 0 ? 0 : this.#states[this.#head]!
  }

  get committee(): number {
    return this.#committee < 0 ? 0 : this.#states[this.#committee]!
  }
}

/** 0 no, 1 not known, 2 granted and running. */
function stateOf({ outcome, on, expires }: GivenApproval, at: string): number {
  if (outcome === 'unknown') return 1
  const running = (on === undefined || on <= at) && (expires === undefined || at <= expires)
  return outcome === 'granted' && running ? 2 : 0
}

/** Reads which of up to 31 sets of things to tell a standing consent says were told. */
export class ToldReader {
  readonly #lows: Int32Array
  readonly #highs: Int32Array
  readonly #places: ReadonlyMap<string, number>

  constructor(sets: readonly (readonly DisclosureElement[])[]) {
    const named = [...new Set(sets.flat())]
    if (named.length > 62) throw new RangeError(`${named.length} elements do not fit two masks`)
    this.#places = new Map(named.map((element, index) => [element, index]))
    this.#lows = Int32Array.from(sets, (set) => this.#maskOf(set, 0))
    this.#highs = Int32Array.from(sets, (set) => this.#maskOf(set, 31))
  }

  #maskOf(elements: readonly string[], from: number): number {
    let mask = 0
    for (const element of elements) {
      const place = (this.#places.get(element) ?? -1) - from
      if (place >= 0 && place < 31) mask |= 1 << place
    }
    return mask
  }

  /** `place`: where the two words stand in the key. */
  read(situation: Situation, key: Key, place: number): void {
    const { consents } = situation
    if (consents === undefined) {
      key.words[place] = 3
      return
    }
    let told = 0
    let standing = 0
    for (const given of consents) {
      if (standsNow(given, situation) === no) continue
      standing |= given.told === undefined ? 2 : 1
      if (given.told !== undefined) told |= this.#setsIn(given.told)
    }
    // None that stands, or one that does not say, leaves every set open that no other tells.
    key.words[place] = standing === 1 ? 1 : 0
    key.words[place + 1] = told
  }

  #setsIn(elements: readonly string[]): number {
    let low = 0
    let high = 0
    for (let index = 0; index < elements.length; index += 1) {
      const place = this.#places.get(elements[index]!)
      if (place === undefined) continue
      if (place < 31) low |= 1 << place
      else high |= 1 << (place - 31)
    }
    let mask = 0
    for (let index = 0; index < this.#lows.length; index += 1)
      if ((this.#lows[index]! & ~low) === 0 && (this.#highs[index]! & ~high) === 0) mask |= 1 << index
    return mask
  }
}
