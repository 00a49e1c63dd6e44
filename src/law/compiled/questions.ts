import type { DisclosureElement, Party } from '#vocabulary'
import type { Wanted } from '../coverage.ts'
import { conditionsOf } from '../loadCondition.ts'
import type { Condition, ConsentRule, FactTest, Norm, SpeakerLine } from '../normBase.ts'
import type { Slice } from './slice.ts'

/** The tests that conditions put to the facts: of the situation itself, or of the items of one list. */
export type FactQuestions = Map<string, Map<string, FactTest>>
export type ListQuestions = {
  readonly facts: FactQuestions
  /** Whether items are counted, by heads. */
  counted: boolean
  /** Whether a test of an item also looks at facts beyond it. */
  looksOut: boolean
}
export type Majority = Extract<Condition, { kind: 'majority' }>

/** Everything that the norms, words and roles of some slices can ask of a situation. */
export type Questions = {
  readonly facts: FactQuestions
  readonly lists: Map<string, ListQuestions>
  readonly majorities: Map<string, Majority>
  readonly approvals: Set<string>
  readonly consents: Map<string, Wanted>
  readonly told: Map<string, readonly DisclosureElement[]>
}

/** Gathered from the conditions themselves, so that no norm can ask what a program does not look at. */
export function questionsOf(slices: readonly Slice[]): Questions {
  const questions: Questions = {
    facts: new Map(),
    lists: new Map(),
    majorities: new Map(),
    approvals: new Set(),
    consents: new Map(),
    told: new Map(),
  }
  for (const slice of slices) {
    const seen = new Set<string>()
    const ask = (condition: Condition) => askCondition(condition, slice, questions, seen, questions.facts)
    for (const condition of slice.holds) ask(condition)
    for (const norm of slice.base.norms) askNorm(norm, slice, questions, ask)
  }
  return questions
}

function askNorm(norm: Norm, slice: Slice, questions: Questions, ask: (condition: Condition) => void): void {
  for (const condition of conditionsOf(norm)) ask(condition)
  for (const { met, tell } of norm.duties) {
    if (met.kind === 'told') questions.told.set(tell.join(), tell)
  }
  for (const rule of norm.consents) {
    const lines = slice.base.speakers.get(rule.speaker)
    for (const { when, or } of lines ?? []) for (const one of or ? [when, or.when] : [when]) ask(one)
    for (const party of partiesOf(rule, lines)) askConsent(rule, party, questions)
  }
}

const partiesOf = ({ speaker }: ConsentRule, lines: readonly SpeakerLine[] | undefined): readonly Party[] =>
  lines?.flatMap(({ party, or }) => (or ? [party, or.party] : [party])) ?? [speaker as Party]

function askConsent(rule: ConsentRule, party: Party, { consents, approvals }: Questions): void {
  const { for: topic, forms, activities, categories } = rule
  const wanted: Wanted = { for: topic, forms, activities, categories, party }
  consents.set(JSON.stringify([party, topic, forms, activities, categories]), wanted)
  if (party === 'head-or-authorised-person') approvals.add('head-of-institution')
  if (party === 'ethics-committee') approvals.add('ethics-review')
}

function askCondition(
  condition: Condition,
  slice: Slice,
  questions: Questions,
  seen: Set<string>,
  facts: FactQuestions,
): void {
  const inner = (part: Condition) => askCondition(part, slice, questions, seen, facts)
  switch (condition.kind) {
    case 'always':
      return
    case 'all':
    case 'any':
      condition.of.forEach(inner)
      return
    case 'not':
    case 'shown':
      inner(condition.of)
      return
    case 'is':
      if (seen.has(condition.concept)) return
      seen.add(condition.concept)
      for (const { when } of slice.base.concepts.get(condition.concept) ?? [])
        askCondition(when, slice, questions, seen, questions.facts)
      return
    case 'granted':
      for (const kind of condition.approvals) questions.approvals.add(kind)
      return
    case 'some':
    case 'count': {
      const list = listAsked(condition.list, questions)
      if (condition.kind === 'count') list.counted = true
      if (!isOfItem(condition.where)) list.looksOut = true
      askCondition(condition.where, slice, questions, seen, list.facts)
      return
    }
    case 'majority':
      questions.majorities.set(`${condition.votes} ${condition.of}`, condition)
      return
    case 'fact':
      addTest(facts, condition.path, condition.test)
  }
}

function listAsked(path: string, { lists }: Questions): ListQuestions {
  const list = lists.get(path) ?? { facts: new Map(), counted: false, looksOut: false }
  lists.set(path, list)
  return list
}

function addTest(facts: FactQuestions, path: string, test: FactTest): void {
  const tests = facts.get(path) ?? new Map<string, FactTest>()
  facts.set(path, tests.set(nameOf(test), test))
}

/** Every program and every norm of one asks the tests of the base again. */
const names = new WeakMap<FactTest, string>()
function nameOf(test: FactTest): string {
  const name = names.get(test) ?? JSON.stringify(test)
  names.set(test, name)
  return name
}

function isOfItem(condition: Condition): boolean {
  switch (condition.kind) {
    case 'always':
    case 'fact':
      return true
    case 'all':
    case 'any':
      return condition.of.every(isOfItem)
    case 'not':
    case 'shown':
      return isOfItem(condition.of)
    default:
      return false
  }
}
