import { type Day, yearsBetween } from '#kernel'
import type { FactTest } from '../normBase.ts'
import type { FactQuestions } from './questions.ts'

/** Up to 32 tests of one fact, all in one word. */
type Column = {
  readonly name: string
  readonly word: number
  readonly all: number
  readonly none: number
  readonly isAge: boolean
  readonly ifTrue: number
  readonly ifFalse: number
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
  /** Where the bit of a test stands: word and bit. */
  readonly places: ReadonlyMap<string, readonly [word: number, bit: number]>
}
/** The name of a test among `places`; `test` as it is named among the questions. */
export const placeName = (path: string, test: string): string => `${path} ${test}`

export function makeFactReader(questions: FactQuestions): FactReader {
  const parents = new Map<string, Column[]>()
  const places = new Map<string, readonly [word: number, bit: number]>()
  let word = 0
  let free = 0
  for (const [path, tests] of questions) {
    const steps = stepsOf(path)
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
      columns.push(
        makeColumn(
          steps.at(-1)!,
          word,
          some.map(([, test], index) => ({ test, at: free + index })),
        ),
      )
      some.forEach(([name], index) => {
        places.set(placeName(path, name), [word, 1 << (free + index)])
      })
      free += some.length
    }
  }
  return {
    words: word + 1,
    groups: [...parents].map(([parent, columns]) => makeGroup(parent, columns)),
    places,
  }
}

/** The engine finds members by names that it has met as names; a piece of a text it would look up each time anew. */
const asMember = (name: string): string => Object.keys({ [name]: 0 })[0]!
export const stepsOf = (path: string): readonly string[] => path.split('.').map(asMember)

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
  const [ifTrue, ifFalse] = [values.get(true) ?? 0, values.get(false) ?? 0]
  return { name, isAge: name === 'age', word, all, none, ifTrue, ifFalse, values, members, ranges }
}

function makeGroup(parent: string, columns: readonly Column[]): Group {
  const words = [...new Set(columns.map(({ word }) => word))]
  const masks = (of: 'all' | 'none') =>
    Int32Array.from(words, (word) =>
      columns.reduce((mask, column) => (column.word === word ? mask | column[of] : mask), 0),
    )
  return {
    steps: parent === '' ? [] : stepsOf(parent),
    columns,
    words: Int32Array.from(words),
    all: masks('all'),
    none: masks('none'),
  }
}

/**
 * Writes from `yes` on one bit per test where it holds, from `open` on where the fact is not known; a no is neither. The
 * words there must be 0.
 */
export function readFacts(
  { groups }: FactReader,
  root: object,
  into: Int32Array,
  yes: number,
  open: number,
): void {
  for (let index = 0; index < groups.length; index += 1) {
    const group = groups[index]!
    const parent = objectAt(root, group.steps)
    if (parent === null) spread(group.words, group.none, into, yes)
    else if (parent === undefined) spread(group.words, group.all, into, open)
    else {
      const { columns } = group
      for (let place = 0; place < columns.length; place += 1) {
        const column = columns[place]!
        const value = parent[column.name]
        if (value === undefined && column.isAge) readColumn(column, ageOf(parent, root), into, yes, open)
        else readColumn(column, value, into, yes, open)
      }
    }
  }
}

type Facts = { readonly [member: string]: unknown }

/** Null where it is known to be none, undefined where it is not known. */
export function valueAt(root: object, steps: readonly string[]): unknown {
  let at: unknown = root
  for (let index = 0; index < steps.length; index += 1) {
    if (typeof at !== 'object') return undefined
    at = (at as Facts)[steps[index]!]
    if (at === null || at === undefined) return at
  }
  return at
}

function objectAt(root: object, steps: readonly string[]): Facts | null | undefined {
  const at = valueAt(root, steps)
  return typeof at === 'object' ? (at as Facts | null) : undefined
}

function spread(words: Int32Array, masks: Int32Array, into: Int32Array, from: number): void {
  for (let index = 0; index < words.length; index += 1) into[from + words[index]!]! |= masks[index]!
}

/** An age follows from the day of birth. */
const ageOf = ({ bornOn }: Facts, root: object): number | undefined =>
  typeof bornOn === 'string' ? yearsBetween(bornOn as Day, (root as { readonly at: Day }).at) : undefined

function readColumn(column: Column, value: unknown, into: Int32Array, yes: number, open: number): void {
  if (value === undefined) into[open + column.word]! |= column.all
  else into[yes + column.word]! |= bitsOf(column, value)
}

function bitsOf(column: Column, value: unknown): number {
  if (value === true) return column.ifTrue
  if (value === false) return column.ifFalse
  if (typeof value === 'string') return column.values.get(value) ?? 0
  if (value === null) return column.none
  if (typeof value === 'number') return bitsOfNumber(column, value)
  return Array.isArray(value) ? bitsOfList(column, value) : 0
}

function bitsOfNumber({ values, ranges }: Column, value: number): number {
  let found = values.size === 0 ? 0 : (values.get(value) ?? 0)
  for (let index = 0; index < ranges.length; index += 1) {
    const { from, below, bit } = ranges[index]!
    if (value >= from && value < below) found |= bit
  }
  return found
}

function bitsOfList({ members }: Column, list: readonly unknown[]): number {
  let found = 0
  for (let index = 0; index < list.length; index += 1) found |= members.get(list[index]) ?? 0
  return found
}
