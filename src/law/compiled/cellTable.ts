import type { Key } from './key.ts'

/** One answer of one program; `words` are compared, so that two keys of one hash never share an answer. */
export type Cell<Owner, Answer> = {
  readonly owner: Owner
  readonly hash: number
  readonly words: Int32Array
  readonly answer: Answer
}

/** Remembers up to `size` answers; whoever keeps one more when it is full clears it first. */
export class CellTable<Owner, Answer> {
  readonly #size: number
  readonly #places: (Cell<Owner, Answer> | undefined)[]
  readonly #mask: number
  count = 0

  constructor(size: number) {
    this.#size = Math.max(1, size)
    const places = 2 ** Math.ceil(Math.log2(2 * this.#size))
    this.#places = new Array<Cell<Owner, Answer> | undefined>(places).fill(undefined)
    this.#mask = places - 1
  }

  find(owner: Owner, hash: number, key: Key): Answer | undefined {
    for (let place = hash & this.#mask; ; place = (place + 1) & this.#mask) {
      const cell = this.#places[place]
      if (cell === undefined) return undefined
      if (cell.hash === hash && cell.owner === owner && key.equals(cell.words)) return cell.answer
    }
  }

  keep(owner: Owner, hash: number, key: Key, answer: Answer): void {
    let place = hash & this.#mask
    while (this.#places[place] !== undefined) place = (place + 1) & this.#mask
    this.#places[place] = { owner, hash, words: key.copy(), answer }
    this.count += 1
  }

  get isFull(): boolean {
    return this.count >= this.#size
  }

  clear(): void {
    this.#places.fill(undefined)
    this.count = 0
  }
}
