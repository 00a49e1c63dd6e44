import type { NormBase } from '#law'

type Norm = NormBase['norms'][number]
type Condition = Norm['when']
type Fact = Extract<Condition, { kind: 'fact' }>
export type Rule = unknown

const fact = (path: string): Rule => ({ var: path })

/** The condition in JSON logic, which has two values: what is absent is null there, and so not equal to anything. */
export function toJsonLogic(condition: Condition): Rule {
  switch (condition.kind) {
    case 'always':
      return true
    case 'all':
      return { and: condition.of.map(toJsonLogic) }
    case 'any':
      return { or: condition.of.map(toJsonLogic) }
    case 'not':
      return { '!': toJsonLogic(condition.of) }
    case 'shown':
      return toJsonLogic(condition.of)
    case 'is':
      return { word: condition.concept }
    case 'granted':
      return { some: [fact('approvals'), grantedOneOf(condition.approvals)] }
    case 'some':
      return { some: [fact(condition.list), toJsonLogic(condition.where)] }
    case 'count': {
      const counted = { filter: [fact(condition.list), toJsonLogic(condition.where)] }
      return { '>=': [heads(counted), condition.atLeast] }
    }
    case 'majority':
      return { '>': [{ '*': [2, fact(condition.votes)] }, sizeOf(condition.of)] }
    case 'fact':
      return testOf(condition)
  }
}

const grantedOneOf = (kinds: readonly string[]): Rule => ({
  and: [{ in: [fact('kind'), kinds] }, { '===': [fact('outcome'), 'granted'] }],
})

/** Persons of a list; an item's `n` says how many it stands for. */
const heads = (list: Rule): Rule => ({
  reduce: [list, { '+': [fact('accumulator'), { if: [fact('current.n'), fact('current.n'), 1] }] }, 0],
})
const sizeOf = (path: string): Rule => ({
  if: [{ '>': [fact(path), 0] }, fact(path), heads(fact(path))],
})

function testOf({ path, test }: Fact): Rule {
  switch (test.kind) {
    case 'none':
      return { '===': [fact(path), null] }
    case 'one-of':
      return { in: [fact(path), test.values] }
    case 'includes':
      return { some: [fact(path), { in: [fact(''), test.values] }] }
    case 'range': {
      const known = { '!==': [fact(path), null] }
      const from = test.atLeast === undefined ? [] : [{ '>=': [fact(path), test.atLeast] }]
      const below = test.below === undefined ? [] : [{ '<': [fact(path), test.below] }]
      return { and: [known, ...from, ...below] }
    }
  }
}

/** A norm: whether it holds, and then every condition of its parts. */
export type NormRules = { readonly norm: Norm; readonly when: Rule; readonly parts: readonly Rule[] }

export function rulesOf(norm: Norm): NormRules {
  const parts = [
    norm.reaches,
    ...(norm.forbids ? [norm.forbids] : []),
    ...norm.exceptions.map(({ when }) => when),
    ...norm.consents.map(({ when }) => when),
    ...norm.duties.flatMap(({ when, met }) => (met.kind === 'facts' ? [when, met.when] : [when])),
  ]
  return { norm, when: toJsonLogic(norm.when), parts: parts.map(toJsonLogic) }
}

/** Named conditions: true where one definition of them is. */
export const wordsOf = ({ concepts }: NormBase): ReadonlyMap<string, Rule> =>
  new Map(
    [...concepts].map(([name, definitions]) => [
      name,
      { or: definitions.map(({ when }) => toJsonLogic(when)) },
    ]),
  )
