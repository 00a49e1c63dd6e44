import {
  type ConditionEntry,
  type ConditionRow,
  type DrugEntry,
  type ExposureRow,
  type GuidanceRow,
  type Indication,
  isAction,
  type Level,
  type Modifier,
  type OrganRow,
  type Pair,
  reasonKinds,
  type Source,
  type Statement,
} from '#plan'
import type { Cell } from './tableJson.ts'

const parts = ['start', 'maintenance', 'loading'] as const
const strengths = ['strong', 'moderate', 'weak', 'clinically relevant'] as const

function readLevel(cell: Cell): Level {
  const level = cell.number()
  if (level !== 0 && level !== 1 && level !== 2 && level !== 3) throw cell.wrong('a level from 0 to 3')
  return level
}

function readFactor(cell: Cell): readonly [number, number] {
  const [min, max, more] = cell.list((one) => one.number())
  if (min === undefined || max === undefined || more !== undefined || min > max || min < 0)
    throw cell.wrong('a range [min, max]')
  return [min, max]
}

export function readStatement(cell: Cell): Statement {
  const code = cell.at('action').text()
  if (!isAction(code)) throw cell.at('action').wrong('a code of the closed vocabulary')
  return {
    action: code,
    contexts: cell.at('contexts').texts(),
    factor: cell.at('factor').maybe(readFactor),
    max: cell.at('max').maybe((one) => one.text()),
    start: cell.at('start').maybe((one) => one.text()),
    appliesTo: cell.at('appliesTo').maybe((one) => one.oneOf(parts)),
    suggest: cell.at('suggest').texts(),
    test: cell.at('test').texts(),
    monitor: cell.at('monitor').texts(),
  }
}

export const readSource = (cell: Cell): Source => ({
  body: cell.at('body').text(),
  title: cell.at('title').text(),
  year: cell.at('year').maybe((one) => one.number()),
  url: cell.at('url').maybe((one) => one.text()),
  confidence:
    cell.at('confidence').maybe((one) => one.oneOf(['source-seen', 'general-knowledge'])) ?? 'source-seen',
})

export const readDrug = (cell: Cell): DrugEntry => ({
  name: cell.at('name').text(),
  synonyms: cell.at('synonyms').texts(),
  atc: cell.at('atc').texts(),
  rxnorm: cell.at('rxnorm').texts(),
})

export const readGuidance =
  (guidelines: ReadonlyMap<string, Source>) =>
  (cell: Cell): GuidanceRow => {
    const source = guidelines.get(cell.at('guideline').text())
    if (source === undefined) throw cell.at('guideline').wrong('the id of a guideline of this file')
    const genes = cell.at('genes').rows((one) => one.text())
    const keys = cell.at('keys').rows((one) => one.texts())
    if (keys.some((key) => key.length !== genes.length))
      throw cell.at('keys').wrong('as many values as genes')
    const says = cell.at('says').rows(readStatement)
    const population = cell.at('population').texts()
    return {
      source,
      drug: cell.at('drug').text(),
      population,
      level: readLevel(cell.at('level')),
      says,
      genes,
      keys,
    }
  }

export const readIndication = (cell: Cell): Indication => ({
  id: cell.at('id').text(),
  name: cell.at('name').text(),
  aliases: cell.at('aliases').texts(),
  source: readSource(cell.at('source')),
  candidates: cell.at('candidates').rows((one) => ({
    drug: one.at('drug').text(),
    rank: one.at('rank').oneOf(['A', 'B', 'C']),
    place: one.at('place').text(),
    unlisted: one.at('unlisted').value === true,
  })),
})

export const readModifier = (cell: Cell): Modifier => ({
  target: cell.at('target').text(),
  role: cell.at('role').oneOf(['inhibitor', 'inducer']),
  strength: cell.at('strength').oneOf(strengths),
  agent: cell.at('agent').text(),
  doubt: cell.at('doubt').texts(),
  source: readSource(cell.at('source')),
})

const sayings = (cell: Cell) => ({
  level: readLevel(cell.at('level')),
  says: cell.at('says').list(readStatement),
  source: readSource(cell.at('source')),
})

export const readPair = (cell: Cell): Pair => ({
  drugs: cell.at('drugs').texts(),
  with: cell.at('with').texts(),
  effect: cell.at('effect').text(),
  ...sayings(cell),
})

const organKinds: { readonly [kind: string]: OrganRow['kind'] } = {
  renal: 'organ',
  hepatic: 'organ',
  lactation: 'pregnancy',
}

export function readOrgan(cell: Cell): OrganRow {
  const kind = cell.at('kind').text()
  const when = cell.at('when')
  const limit = (name: string) => when.at(name).maybe((one) => one.number())
  const known = organKinds[kind] ?? cell.at('kind').oneOf(reasonKinds)
  return {
    drug: cell.at('drug').text(),
    kind: known,
    when: {
      measure: when.at('measure').text(),
      below: limit('below'),
      from: limit('from'),
      above: limit('above'),
      in: when.at('in').maybe((one) => one.texts()),
    },
    ...sayings(cell),
  }
}

export function readExposure(cell: Cell): ExposureRow {
  const when = cell.at('when')
  const limit = (name: string) => when.at(name).maybe((one) => one.number())
  return {
    when: {
      factor: when.at('factor').text(),
      atLeast: limit('atLeast'),
      over: limit('over'),
      unit: when.at('unit').maybe((one) => one.text()),
      stopped: when.at('stopped').value === true,
      before: limit('before'),
      ageFrom: limit('ageFrom'),
      needs: when.at('needs').maybe((one) => one.text()),
    },
    target: cell.at('target').text(),
    drugs: cell.at('drugs').texts(),
    effect: cell.at('effect').text(),
    prevention: cell.at('prevention').texts(),
    ...sayings(cell),
  }
}

export const readConditionEntry = (cell: Cell): ConditionEntry => ({
  id: cell.at('id').text(),
  words: cell.at('words').texts(),
  icd10: cell.at('icd10').texts(),
  snomed: cell.at('snomed').texts(),
  indications: cell.at('indications').texts(),
})

export const readConditionRow = (cell: Cell): ConditionRow => ({
  drugs: cell.at('drugs').texts(),
  condition: cell.at('condition').text(),
  ...sayings(cell),
})
