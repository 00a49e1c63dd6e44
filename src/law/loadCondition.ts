import { approvalKinds } from '#vocabulary'
import { type FactSchema, factSchemaAt, knownOf, situationFacts } from './factSchema.ts'
import type { Condition, FactTest, Norm } from './normBase.ts'
import type { YamlNode } from './yamlNode.ts'

/** The members of a map are all to hold. Paths are of the situation, or of the items of a list inside `some`. */
export function readCondition(node: YamlNode, within: FactSchema = situationFacts): Condition {
  const parts = node.entries().map(([key, value]) => readPart(key, value, within))
  return parts.length === 1 ? parts[0]! : { kind: 'all', of: parts }
}

export const readOptionalCondition = (node: YamlNode | undefined): Condition =>
  node === undefined ? { kind: 'always' } : readCondition(node)

function readPart(key: string, value: YamlNode, within: FactSchema): Condition {
  switch (key) {
    case 'all':
    case 'any':
      return { kind: key, of: value.list().map((item) => readCondition(item, within)) }
    case 'not':
      return { kind: 'not', of: readCondition(value, within) }
    case 'shown':
      return { kind: 'shown', of: readCondition(value, within) }
    case 'is':
      return value.kind === 'list'
        ? { kind: 'all', of: value.list().map((item) => ({ kind: 'is' as const, concept: item.text() })) }
        : { kind: 'is', concept: value.text() }
    case 'granted':
      return { kind: 'granted', approvals: value.codes(approvalKinds) }
    case 'some':
      return readSome(value)
    case 'count':
      return readCount(value)
    case 'majority':
      return readMajority(value)
    default:
      return { kind: 'fact', path: key, test: readTest(value, factAt(key, value, within)) }
  }
}

function readSome(node: YamlNode): Condition {
  const { in: list, where } = node.members('in', 'where')
  const path = node.need(list, 'in').text()
  const items = factAt(path, node, situationFacts).items
  if (items === undefined) return node.fail('norms.fact', `"${path}"`, 'a list of the situation')
  return { kind: 'some', list: path, where: readCondition(node.need(where, 'where'), knownOf(items)) }
}

function readCount(node: YamlNode): Condition {
  const { in: list, where, atLeast } = node.members('in', 'where', 'atLeast')
  const path = node.need(list, 'in').text()
  const items = factAt(path, node, situationFacts).items
  if (items === undefined) return node.fail('norms.fact', `"${path}"`, 'a list of the situation')
  const counted =
    where === undefined ? readOptionalCondition(undefined) : readCondition(where, knownOf(items))
  return { kind: 'count', list: path, where: counted, atLeast: node.need(atLeast, 'atLeast').amount() }
}

function readMajority(node: YamlNode): Condition {
  const { votes, of } = node.members('votes', 'of')
  const paths = { votes: node.need(votes, 'votes').text(), of: node.need(of, 'of').text() }
  for (const path of Object.values(paths)) factAt(path, node, situationFacts)
  return { kind: 'majority', ...paths }
}

function factAt(path: string, node: YamlNode, within: FactSchema): FactSchema {
  return factSchemaAt(path, within) ?? node.fail('norms.fact', `"${path}"`, 'a fact of the situation')
}

function readTest(node: YamlNode, schema: FactSchema): FactTest {
  if (node.value === null) return { kind: 'none' }
  const fact = knownOf(schema)
  if (node.kind === 'map') return readMapTest(node, fact)
  if (fact.type === 'boolean') return { kind: 'one-of', values: [node.flag()] }
  if (fact.enum) return { kind: 'one-of', values: node.codes(fact.enum) }
  if (fact.type === 'string') return { kind: 'one-of', values: node.list().map((item) => item.text()) }
  return node.fail('norms.fact', `a test of ${fact.type ?? 'this'}`, 'a test that fits the fact')
}

function readMapTest(node: YamlNode, fact: FactSchema): FactTest {
  const { includes, atLeast, below } = node.members('includes', 'atLeast', 'below')
  if (includes !== undefined) {
    return fact.items?.enum
      ? { kind: 'includes', values: includes.codes(fact.items.enum) }
      : node.fail('norms.fact', 'includes', 'a test that fits the fact')
  }
  if (fact.type !== 'integer') return node.fail('norms.fact', 'atLeast or below', 'a test that fits the fact')
  return {
    kind: 'range',
    ...(atLeast ? { atLeast: atLeast.amount() } : {}),
    ...(below ? { below: below.amount() } : {}),
  }
}

/** Every concept that a condition names. */
export function conceptsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(conceptsIn)
    case 'not':
    case 'shown':
      return conceptsIn(condition.of)
    case 'some':
    case 'count':
      return conceptsIn(condition.where)
    case 'is':
      return [condition.concept]
    default:
      return []
  }
}

/** Every condition of a norm. */
export const conditionsOf = (norm: Norm): readonly Condition[] => [
  norm.when,
  norm.reaches,
  ...(norm.forbids ? [norm.forbids] : []),
  ...[...norm.exceptions, ...norm.consents, ...norm.burdens].map(({ when }) => when),
  ...norm.duties.flatMap(({ when, met }) => (met.kind === 'facts' ? [when, met.when] : [when])),
]
