import { demandsAtMost } from './consentMasks.ts'
import type { FactReader } from './factReader.ts'
import type { Questions } from './questions.ts'

/**
 * Where the answers to the questions of a program stand in the key of a cell. First words of which each has its place, then
 * segments of any length: one for each list, one for approvals, one for the consents of each judge.
 */
export type Layout = {
  readonly yes: number
  readonly open: number
  /** Two words for each judge: demands that are answered, and those of which it is not known. */
  readonly judges: number
  readonly consents: number
  /** Two words for each reader. */
  readonly told: number
  readonly majorities: number
  /** So many words have their place. */
  readonly fixed: number
  readonly segments: { readonly approvals: number; readonly judges: number; readonly count: number }
}

/** Before all others: the number of the program, and the purpose. */
export const [programAt, purposeAt] = [0, 1]
const before = 2

export function layoutOf(questions: Questions, facts: FactReader): Layout {
  const judges = chunksOf(questions.consents)
  const yes = before
  const open = yes + facts.words
  const judgesAt = open + facts.words
  const consents = judgesAt + 2 * judges
  const told = consents + 1
  const majorities = told + 2 * chunksOf(questions.told)
  const approvals = questions.lists.size
  return {
    yes,
    open,
    judges: judgesAt,
    consents,
    told,
    majorities,
    fixed: majorities + questions.majorities.size,
    segments: { approvals, judges: approvals + 1, count: approvals + 1 + judges },
  }
}

const chunksOf = ({ size }: ReadonlyMap<string, unknown>): number => Math.ceil(size / demandsAtMost)
