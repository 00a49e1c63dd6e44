import { type Day, isRecord, yearsBetween } from '#kernel'
import type { FactTest } from '../normBase.ts'
import type { FactQuestions } from './questions.ts'

/** One bit per test: `yes` where it holds, `open` where the fact is not known. A no is neither. */
export type Bits = { readonly yes: Int32Array; readonly open: Int32Array }
export const noBits = (words: number): Bits => ({ yes: new Int32Array(words), open: new Int32Array(words) })

/** Up to 32 tests of one fact, all in one word. */
type Column = {
  readonly name: string
  readonly word: number
  readonly all: number
  readonly none: number
  readonly values: ReadonlyMap<unknown, number>
  readonly members: ReadonlyMap<unknown, number>
  readonly ranges: readonly { readonly from: number; readonly below: number; readonly bit: number }[]
}
/** The columns of one object of the situation; `steps` lead to it. */
type Group = {
  readonly steps: readonly string[]
  readonly columns: readonly Column[]
  readonly words: Int32Array
  readonly all: Int32Array
  readonly none: Int32Array
}
export type FactReader = {
  readonly words: number
  readonly groups: readonly Group[]
  /** Where the bit of a test stands. */
  readonly bitOf: (path: string, test: FactTest) => number
}

export function makeFactReader(questions: FactQuestions): FactReader {
  const bits = new Map<string, number>()
  const parents = new Map<string, Column[]>()
  let word = 0
  let free = 0
  for (const [path, tests] of questions) {
    const steps = path.split('.')
    const parent = steps.slice(0, -1).join('.')
    const columns = parents.get(parent) ?? []
    parents.set(parent, columns)
    const list = [...tests]
    for (let first = 0; first < list.length; first += 32) {
      const some = list.slice(first, first + 32)
      if (free + some.length > 32) {
        word += 1
        free = 0
      }
      const placed = some.map(([key, test], index) => ({ key, test, at: free + index }))
      for (const { key, at } of placed) bits.set(`${path} ${key}`, word * 32 + at)
      columns.push(makeColumn(steps.at(-1)!, word, placed))
      free += some.length
    }
  }
  return {
    words: word + 1,
    groups: [...parents].map(([parent, columns]) => makeGroup(parent, columns)),
    bitOf: (path, test) => bits.get(`${path} ${JSON.stringify(test)}`)!,
  }
}

type Placed = { readonly test: FactTest; readonly at: number }

function makeColumn(name: string, word: number, placed: readonly Placed[]): Column {
  const values = new Map<unknown, number>()
  const members = new Map<unknown, number>()
  const ranges: Column['ranges'][number][] = []
  let all = 0
  let none = 0
  for (const { test, at } of placed) {
    const bit = 1 << at
    all |= bit
    if (test.kind === 'none') none |= bit
    else if (test.kind === 'range')
      ranges.push({ from: test.atLeast ?? -Infinity, below: test.below ?? Infinity, bit })
    else {
      const map = test.kind === 'one-of' ? values : members
      for (const value of test.values) map.set(value, (map.get(value) ?? 0) | bit)
    }
  }
  return { name, word, all, none, values, members, ranges }
}

function makeGroup(parent: string, columns: readonly Column[]): Group {
  const words = [...new Set(columns.map(({ word }) => word))]
  const masks = (of: 'all' | 'none') =>
    Int32Array.from(words, (word) =>
      columns.reduce((mask, column) => (column.word === word ? mask | column[of] : mask), 0),
    )
  return {
    steps: parent === '' ? [] : parent.split('.'),
    columns,
    words: Int32Array.from(words),
    all: masks('all'),
    none: masks('none'),
  }
}

/** Sets the bits of every test, from word `at` on; what was there is lost. */
export function readFacts(reader: FactReader, root: object, { yes, open }: Bits, at: number): void {
  for (let word = at; word < at + reader.words; word += 1) {
    yes[word] = 0
    open[word] = 0
  }
  for (const group of reader.groups) {
    let parent: unknown = root
    for (const step of group.steps) {
      parent = isRecord(parent) ? parent[step] : undefined
      if (parent === null || parent === undefined) break
    }
    if (parent === null) spread(group.words, group.none, yes, at)
    else if (!isRecord(parent)) spread(group.words, group.all, open, at)
    else for (const column of group.columns) readColumn(column, parent, root, yes, open, at)
  }
}

function spread(words: Int32Array, masks: Int32Array, into: Int32Array, at: number): void {
  for (let index = 0; index < words.length; index += 1) into[at + words[index]!]! |= masks[index]!
}

function readColumn(
  column: Column,
  parent: { readonly [member: string]: unknown },
  root: object,
  yes: Int32Array,
  open: Int32Array,
  at: number,
): void {
  let value = parent[column.name]
  const word = at + column.word
  if (value === undefined && column.name === 'age' && typeof parent['bornOn'] === 'string')
    value = yearsBetween(parent['bornOn'] as Day, (root as { readonly at: Day }).at)
  if (value === undefined) open[word]! |= column.all
  else if (value === null) yes[word]! |= column.none
  else if (typeof value === 'string' || typeof value === 'boolean')
    yes[word]! |= column.values.get(value) ?? 0
  else if (typeof value === 'number') {
    let found = column.values.size > 0 ? (column.values.get(value) ?? 0) : 0
    for (const { from, below, bit } of column.ranges) if (value >= from && value < below) found |= bit
    yes[word]! |= found
  } else if (Array.isArray(value)) {
    let found = 0
    for (const item of value) found |= column.members.get(item) ?? 0
    yes[word]! |= found
  }
}
