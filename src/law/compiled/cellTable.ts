import { type Key, twice } from './key.ts'

/** Of an entry in `#words`: its hash, the length of its key, which answer it has; then the key. */
const head = 3

/**
 * Remembers answers by their keys, all words compared, so that two keys of one hash never share an answer. At most `size`
 * answers, with `wordsEach` for their keys on the average: whoever keeps one more when it is full clears it first. The keys
 * lie side by side in one array, because a look-up among many costs what it reads from far memory.
 */
export class CellTable<Answer> {
  readonly #size: number
  readonly #mostWords: number
  /** By twos: a hash, and where the entry begins; 0 where there is none. Half of them stay empty. */
  #places = new Int32Array(2 * 64)
  #words = new Int32Array(1024)
  #used = 1
  readonly #answers: Answer[] = []

  constructor(size: number, wordsEach: number) {
    this.#size = Math.max(1, size)
    this.#mostWords = wordsEach * Math.max(64, this.#size)
  }

  find(hash: number, key: Key): Answer | undefined {
    const places = this.#places
    const mask = (places.length >> 1) - 1
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const entry = places[2 * place + 1]!
      if (entry === 0) return undefined
      if (places[2 * place] === hash && this.#holds(entry, key)) return this.#answers[this.#words[entry + 2]!]
    }
  }

  #holds(entry: number, { words, length }: Key): boolean {
    const kept = this.#words
    if (kept[entry + 1] !== length) return false
    const first = entry + head
    for (let index = 0; index < length; index += 1) if (kept[first + index] !== words[index]) return false
    return true
  }

  /** A key that is longer than all the room is not kept. */
  keep(hash: number, { words, length }: Key, answer: Answer): void {
    if (this.#used + head + length > this.#mostWords) return
    const entry = this.#used
    this.#used += head + length
    while (this.#used > this.#words.length) this.#words = twice(this.#words)
    this.#words[entry] = hash
    this.#words[entry + 1] = length
    this.#words[entry + 2] = this.count
    this.#words.set(words.subarray(0, length), entry + head)
    this.#answers.push(answer)
    if (4 * this.count > this.#places.length) this.#replace()
    else this.#place(hash, entry)
  }

  #place(hash: number, entry: number): void {
    const places = this.#places
    const mask = (places.length >> 1) - 1
    let place = hash & mask
    while (places[2 * place + 1] !== 0) place = (place + 1) & mask
    places[2 * place] = hash
    places[2 * place + 1] = entry
  }

  #replace(): void {
    this.#places = new Int32Array(2 * this.#places.length)
    for (let entry = 1; entry < this.#used; entry += head + this.#words[entry + 1]!)
      this.#place(this.#words[entry]!, entry)
  }

  get count(): number {
    return this.#answers.length
  }

  isFullFor({ length }: Key): boolean {
    return this.count >= this.#size || this.#used + head + length > this.#mostWords
  }

  clear(): void {
    this.#places.fill(0)
    this.#used = 1
    this.#answers.length = 0
  }
}
