import { isRecord, type Json, kindOf } from '#kernel'

/** What is wrong with a table, by its path in it. Thrown while reading and made a fault that names the file. */
export class TableFlaw extends Error {
  readonly path: string
  readonly found: string
  readonly expected: string
  constructor(path: string, found: string, expected: string) {
    super(`${path}: ${found}`)
    this.path = path
    this.found = found
    this.expected = expected
  }
}

/** A value of a table with its path; each accessor gives the true type or says what is wrong where. */
export class Cell {
  readonly value: unknown
  readonly path: string
  constructor(value: Json | unknown, path: string) {
    this.value = value
    this.path = path
  }

  wrong(expected: string): TableFlaw {
    return new TableFlaw(this.path, kindOf(this.value), expected)
  }
  at(name: string): Cell {
    if (!isRecord(this.value)) throw this.wrong('an object')
    return new Cell(this.value[name], `${this.path}.${name}`)
  }
  get absent(): boolean {
    return this.value === undefined || this.value === null
  }
  text(): string {
    if (typeof this.value !== 'string') throw this.wrong('text')
    return this.value
  }
  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) throw this.wrong('a number')
    return this.value
  }
  oneOf<T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value)
    if (found === undefined) throw this.wrong(`one of ${choices.join(', ')}`)
    return found
  }
  /** Null when absent. */
  maybe<T>(read: (cell: Cell) => T): T | null {
    return this.absent ? null : read(this)
  }
  /** Empty when absent. */
  list<T>(read: (cell: Cell) => T): readonly T[] {
    if (this.value === undefined) return []
    if (!Array.isArray(this.value)) throw this.wrong('an array')
    return this.value.map((item, i) => read(new Cell(item, `${this.path}[${i}]`)))
  }
  /** Like `list`, but an empty or missing list is a damaged table. */
  rows<T>(read: (cell: Cell) => T): readonly T[] {
    const found = this.list(read)
    if (found.length === 0) throw this.wrong('an array with rows')
    return found
  }
  texts(): readonly string[] {
    return this.list((cell) => cell.text())
  }
}
