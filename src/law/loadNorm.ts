import {
  activities,
  burdenFacts,
  categories,
  conflictPrinciples,
  consentForms,
  consentTopics,
  disclosureElements,
  duties,
  parties,
} from '#vocabulary'
import { readOptionalCondition } from './loadCondition.ts'
import {
  type BurdenRule,
  type Condition,
  type ConsentRule,
  type DisplacesRule,
  type DutyRule,
  type Exception,
  type Instrument,
  jurisdictionsOfNorms,
  type Norm,
  type Relation,
  ranks,
} from './normBase.ts'
import type { YamlNode } from './yamlNode.ts'

const normParts = ['all', 'consents', 'duties', 'prohibition'] as const
const authority = /^(CN|EU|FR|US)-[A-Z-]+$/
const normId = /^(CN|EU|FR|US)-[A-Za-z0-9.-]+$/

export function readInstrument(node: YamlNode): Instrument {
  const m = node.members(
    'id',
    'jurisdiction',
    'titleZh',
    'titleEn',
    'rank',
    'issuer',
    'promulgated',
    'effectiveFrom',
    'effectiveTo',
  )
  const instrument: Instrument = {
    id: node.need(m.id, 'id').text(),
    jurisdiction: node.need(m.jurisdiction, 'jurisdiction').code(jurisdictionsOfNorms),
    titleZh: node.need(m.titleZh, 'titleZh').text(),
    titleEn: node.need(m.titleEn, 'titleEn').text(),
    rank: node.need(m.rank, 'rank').code(ranks),
    issuer: node.need(m.issuer, 'issuer').text(),
    promulgated: node.need(m.promulgated, 'promulgated').day(),
    effectiveFrom: node.need(m.effectiveFrom, 'effectiveFrom').day(),
    effectiveTo: node.need(m.effectiveTo, 'effectiveTo').dayOrOpen(),
  }
  if (instrument.effectiveTo !== null && instrument.effectiveTo < instrument.effectiveFrom)
    m.effectiveTo?.fail('norms.date', instrument.effectiveTo, 'a day from effectiveFrom on')
  return instrument
}

const normMembers = [
  'id',
  'article',
  'effectiveFrom',
  'effectiveTo',
  'verified',
  'source',
  'en',
  'zh',
  'effect',
  'when',
  'forbids',
  'exceptions',
  'consents',
  'duties',
  'burdens',
  'notRequired',
  'relation',
  'displaces',
  'supports',
  'settles',
  'reaches',
  'defines',
] as const

/** One rule of an instrument; its own dates, where its wording has them, narrow those of the instrument. */
export function readNorm(node: YamlNode, instrument: Instrument): Norm {
  const m = node.members(...normMembers)
  const each = <T>(list: YamlNode | undefined, read: (item: YamlNode) => T) => list?.list().map(read) ?? []
  const consents = each(m.consents, readConsentRule)
  const effect = node.need(m.effect, 'effect').code(['permit', 'forbid', 'require'])
  return {
    id: readId(node.need(m.id, 'id')),
    instrument,
    article: String(node.need(m.article, 'article').value),
    from: m.effectiveFrom?.day() ?? instrument.effectiveFrom,
    to: m.effectiveTo?.dayOrOpen() ?? instrument.effectiveTo,
    verified: node.need(m.verified, 'verified').code(['text-seen', 'from-memory']),
    source: node.need(m.source, 'source').text(),
    wording: { en: node.need(m.en, 'en').text(), zh: node.need(m.zh, 'zh').text() },
    effect,
    when: readOptionalCondition(m.when),
    ...(m.forbids || effect === 'forbid' ? { forbids: readOptionalCondition(m.forbids) } : {}),
    exceptions: each(m.exceptions, readException),
    consents,
    duties: each(m.duties, readDutyRule),
    burdens: each(m.burdens, readBurdenRule),
    notRequired: m.notRequired?.codes(duties) ?? [],
    relation: readRelation(m.relation),
    displaces: each(m.displaces, readDisplaces),
    supports: m.supports?.codes(parties) ?? [],
    settles: m.settles?.codes(conflictPrinciples) ?? [],
    reaches: readReach(m.reaches, effect === 'permit' || consents.length > 0),
    where: node.where,
  }
}

const never: Condition = { kind: 'any', of: [] }

function readReach(node: YamlNode | undefined, otherwise: boolean): Condition {
  if (node?.kind === 'map') return readOptionalCondition(node)
  return (node?.flag() ?? otherwise) ? { kind: 'always' } : never
}

const readId = (node: YamlNode): string =>
  normId.test(node.text())
    ? node.text()
    : node.fail('norms.shape', JSON.stringify(node.text()), 'the id of a norm')

function readRelation(node: YamlNode | undefined): Norm['relation'] {
  const entries = node?.entries() ?? []
  return Object.fromEntries(
    entries.map(([topic, value]): [string, Relation] => {
      if (!(consentTopics as readonly string[]).includes(topic))
        value.fail('norms.code', `"${topic}"`, `one of ${consentTopics.join(', ')}`)
      return [topic, value.code(['floor', 'full', 'opening'])]
    }),
  )
}

function readConsentRule(node: YamlNode): ConsentRule {
  const m = node.members('by', 'for', 'rule', 'forms', 'when', 'activities', 'categories')
  return {
    speaker: node.need(m.by, 'by').text(),
    for: node.need(m.for, 'for').code(consentTopics),
    rule: m.rule?.code(['all-of', 'one-of']) ?? 'all-of',
    forms: m.forms?.codes(consentForms) ?? [],
    when: readOptionalCondition(m.when),
    activities: m.activities?.codes(activities) ?? [],
    categories: m.categories?.codes(categories) ?? [],
  }
}

function readDutyRule(node: YamlNode): DutyRule {
  const m = node.members('code', 'when', 'prior', 'met', 'tell', 'deadlineDays', 'workingDays', 'authority')
  const body = m.authority?.text()
  if (body !== undefined && !authority.test(body))
    m.authority?.fail('norms.code', `"${body}"`, 'the id of a regulator')
  return {
    code: node.need(m.code, 'code').code(duties),
    when: readOptionalCondition(m.when),
    prior: m.prior?.flag() ?? false,
    met: readMet(m.met),
    tell: m.tell?.codes(disclosureElements) ?? [],
    ...(m.deadlineDays ? { deadlineDays: m.deadlineDays.amount() } : {}),
    ...(m.workingDays ? { workingDays: m.workingDays.flag() } : {}),
    ...(body === undefined ? {} : { authority: body }),
  }
}

function readMet(node: YamlNode | undefined): DutyRule['met'] {
  if (node === undefined) return { kind: 'not-shown' }
  return node.kind === 'map'
    ? { kind: 'facts', when: readOptionalCondition(node) }
    : { kind: node.code(['told', 'not-shown']) }
}

function readException(node: YamlNode): Exception {
  const m = node.members('of', 'by', 'when')
  if (m.by === undefined && m.when === undefined) node.fail('norms.shape', 'nothing', 'by or when')
  return {
    of: m.of?.code(normParts) ?? 'all',
    ...(m.by ? { by: m.by.text() } : {}),
    when: readOptionalCondition(m.when),
  }
}

function readDisplaces(node: YamlNode): DisplacesRule {
  const m = node.members('norm', 'of', 'duty', 'principle')
  return {
    norm: node.need(m.norm, 'norm').text(),
    of: m.of?.code(normParts) ?? 'all',
    ...(m.duty ? { duty: m.duty.code(duties) } : {}),
    ...(m.principle ? { principle: m.principle.code(conflictPrinciples) } : {}),
  }
}

function readBurdenRule(node: YamlNode): BurdenRule {
  const m = node.members('fact', 'party', 'when', 'presumption')
  return {
    fact: node.need(m.fact, 'fact').code(burdenFacts),
    party: node.need(m.party, 'party').code(parties),
    when: readOptionalCondition(m.when),
    presumption: m.presumption?.flag() ?? false,
  }
}
