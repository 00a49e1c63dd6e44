import {
  exposureTests,
  indicationAliases,
  labelLimits,
  moreCandidates,
  moreOrganRows,
  organReview,
} from './clinicalReview.ts'
import { canonicalName } from './drugs.ts'
import { byStrength, conditionRows, conditions, pairs, sameEffect, substrates } from './interactionReview.ts'
import { readSharedJson, rowsJson } from './rows.ts'
import { parseStatements, type StatementRow } from './statement.ts'
import type { KnowledgeTable } from './table.ts'

type Citation = {
  readonly source: string
  readonly year?: number
  readonly section?: string
  readonly url?: string
}
type Confidence = 'source-seen' | 'general-knowledge'
type SourceRow = {
  readonly body: string
  readonly title: string
  readonly year: number | null
  readonly url: string | null
  readonly confidence: Confidence
}

const bodyPatterns: readonly (readonly [body: string, pattern: RegExp])[] = [
  ['FDA', /^FDA|US label|US prescribing|PREDICT/],
  ['AGS', /^AGS Beers/],
  ['MHRA', /^MHRA/],
  ['WHO', /^WHO/],
  ['EMA', /^EMA|BfArM|Advagraf/],
  ['Swissmedic', /^Swiss/],
  ['ESC', /^ESC/],
]

function sourceOf({ source, year, section, url }: Citation, confidence: Confidence): SourceRow {
  const named = source.replace(/, local file$/, '')
  const body = bodyPatterns.find(([, pattern]) => pattern.test(named))?.[0] ?? 'literature'
  return {
    body,
    title: section && section !== 'n/a' ? `${named}, ${section}` : named,
    year: year ?? null,
    url: url ?? null,
    confidence,
  }
}

const label: SourceRow = {
  body: 'FDA',
  title: 'prescribing information (recalled)',
  year: null,
  url: null,
  confidence: 'general-knowledge',
}
const head = (title: string) => ({
  version: '2026-11-23',
  title,
  sources:
    'facts with citations; confidence general-knowledge: recalled, to be confirmed before clinical use',
  madeBy: 'npm run knowledge (tools/knowledge/clinical.ts)',
})
const cited = (row: { readonly citation: Citation; readonly confidence: Confidence }) =>
  sourceOf(row.citation, row.confidence)
const levelOf = (says: readonly StatementRow[]): number =>
  Math.max(
    ...says.map(({ action }) =>
      ['contraindicated', 'avoid'].includes(action) ? 3 : action === 'standard' ? 1 : 2,
    ),
  )

type Indication = {
  readonly id: string
  readonly name: string
  readonly icd10: string
  readonly citation: Citation
  readonly confidence: Confidence
  readonly candidates: readonly {
    readonly name: string
    readonly efficacyRank: string
    readonly efficacyRankMeaning: string
    readonly mainAdverseReactions: string
  }[]
}

const rankWords: { readonly [rank: string]: string } = {
  A: 'guideline first line',
  B: 'guideline alternative',
  C: 'later line or special case',
}

async function makeIndications(shared: string): Promise<string> {
  const { indications } = await readSharedJson<{ readonly indications: readonly Indication[] }>(
    shared,
    'clinical/indications.json',
  )
  const rows = indications.map((row) => {
    const listed = row.candidates.map((one) => ({
      drug: canonicalName(one.name),
      rank: one.efficacyRank,
      place: one.efficacyRankMeaning,
      reactions: one.mainAdverseReactions,
    }))
    const more = moreCandidates
      .filter(([id, drug]) => id === row.id && !listed.some((one) => one.drug === drug))
      .map(([, drug, rank]) => ({ drug, rank, place: rankWords[rank]!, reactions: '', unlisted: true }))
    return {
      id: row.id,
      name: row.name,
      aliases: indicationAliases[row.id] ?? [],
      icd10: row.icd10,
      source: cited(row),
      candidates: [...listed, ...more],
    }
  })
  return rowsJson(head('Indications and the place of their drugs in therapy'), { rows })
}

type Modifier = {
  readonly target: string
  readonly role: string
  readonly strength: string
  readonly agent: { readonly name: string }
  readonly note?: string | null
  readonly citation: Citation
  readonly confidence: Confidence
  readonly gradeConflict?: readonly string[]
}
const strengths = ['weak', 'moderate', 'clinically relevant', 'strong']

async function makeInteractions(shared: string): Promise<string> {
  const { rows } = await readSharedJson<{ readonly rows: readonly Modifier[] }>(
    shared,
    'clinical/phenoconversion.json',
  )
  const modifiers = rows.map((row) => ({
    target: row.target,
    role: row.role,
    // Where the sources disagree the stronger grade is acted on, and the doubt is shown.
    strength: [row.strength, ...(row.gradeConflict ?? [])].sort(
      (a, b) => strengths.indexOf(b) - strengths.indexOf(a),
    )[0],
    agent: canonicalName(row.agent.name),
    ...(row.gradeConflict ? { doubt: row.gradeConflict } : {}),
    source: cited(row),
  }))
  const sourceLike = ([target, agent]: readonly [string, string]) => {
    const found = modifiers.find((row) => row.target === target && row.agent === agent)
    if (found === undefined) throw new Error(`no modifier ${target} ${agent}`)
    return found.source
  }
  const pairRows = pairs.map(({ drugs, with: others, says, effect, like }) => {
    const statements = parseStatements(says)
    return {
      drugs,
      with: others,
      level: levelOf(statements),
      says: statements,
      effect,
      source: like ? sourceLike(like) : label,
    }
  })
  const strengthRows = Object.entries(byStrength).flatMap(([key, says]) =>
    says === 'none' ? [] : [{ key, says: parseStatements(says) }],
  )
  const lists = {
    modifiers,
    pairs: pairRows,
    substrates: Object.entries(substrates).map(([target, drugs]) => ({ target, drugs })),
    byStrength: strengthRows,
    sameEffect: sameEffect.map(([effect, members]) => ({ effect, members })),
  }
  return rowsJson(head('Inhibitors, inducers, named pairs and drugs of one effect'), lists)
}

type OrganRow = {
  readonly drug: { readonly name: string }
  readonly kind: string
  readonly condition: {
    readonly measure: string
    readonly op?: string
    readonly value?: number
    readonly in?: readonly string[]
    readonly is?: boolean
  }
  readonly action: string | readonly string[]
  readonly text: string
  readonly citation: Citation
  readonly confidence: Confidence
}

const conditionText = ({ measure, op, value, in: classes }: OrganRow['condition']): string =>
  classes ? `${measure} ${classes.join()}` : op ? `${measure}${op}${value}` : measure

function whenOf({ measure, op, value, in: classes, is }: OrganRow['condition']): object {
  if (classes) return { measure, in: classes }
  if (is !== undefined) return { measure, is }
  const limits: { readonly [op: string]: object } = {
    '<': { below: value },
    '>=': { from: value },
    '>': { above: value },
  }
  const limit = limits[op ?? '']
  if (limit === undefined) throw new Error(`operator ${op} is not known`)
  return { measure, ...limit }
}

/** Several actions of one row are different labels' words on it: all are kept, and the plan shows the conflict. */
const statementsOf = (action: string | readonly string[]): StatementRow[] =>
  (typeof action === 'string' ? [action] : action).flatMap((code) =>
    parseStatements(code === 'monitor' ? 'monitor side effects' : code),
  )

async function makeOrgan(shared: string): Promise<string> {
  const { rows } = await readSharedJson<{ readonly rows: readonly OrganRow[] }>(
    shared,
    'clinical/organ-function.json',
  )
  const used = new Set<string>()
  const sources = new Map<string, SourceRow>()
  const made = rows.flatMap((row) => {
    const drug = canonicalName(row.drug.name)
    const key = `${drug}|${row.kind}|${conditionText(row.condition)}`
    sources.set(key, cited(row))
    const reviewed = organReview[key]
    if (reviewed !== undefined) used.add(key)
    if (reviewed === 'drop') return []
    const says = reviewed === undefined ? statementsOf(row.action) : parseStatements(reviewed)
    return [
      {
        drug,
        kind: row.kind,
        when: whenOf(row.condition),
        level: levelOf(says),
        says,
        note: row.text,
        source: cited(row),
      },
    ]
  })
  const unused = Object.keys(organReview).filter((key) => !used.has(key))
  if (unused.length > 0) throw new Error(`organ rows that are not there: ${unused.join('; ')}`)
  const more = moreOrganRows.map(({ drug, kind, when, says: text, like }) => {
    const source = sources.get(like)
    if (source === undefined) throw new Error(`no organ row ${like}`)
    const says = parseStatements(text)
    return { drug, kind, when, level: levelOf(says), says, note: '', source }
  })
  const limits = labelLimits.map(({ drug, kind, when, says: text }) => {
    const says = parseStatements(text)
    return { drug, kind, when, level: levelOf(says), says, note: '', source: label }
  })
  return rowsJson(head('Kidney, liver, age, pregnancy and lactation'), {
    rows: [...made, ...more, ...limits],
  })
}

type ExposureRow = {
  readonly factor: string
  readonly measure: string
  readonly threshold: string
  readonly target: string
  readonly drugs: readonly { readonly name: string }[]
  readonly direction: string
  readonly action: string | readonly string[]
  readonly citation: Citation
  readonly confidence: Confidence
}

const planLevel = ['exposure-avoidance', 'preventive-drug']

function exposureStatements({ action, direction }: ExposureRow): StatementRow[] {
  const codes = (typeof action === 'string' ? [action] : action).filter((code) => !planLevel.includes(code))
  const monitors = codes.includes('monitor') ? [direction] : []
  const others = codes.filter((code) => code !== 'monitor')
  if (others.length === 0)
    return [{ action: 'monitor', monitor: monitors.length > 0 ? monitors : [direction] }]
  return others.map((code) => ({ action: code, ...(monitors.length > 0 ? { monitor: monitors } : {}) }))
}

async function makeExposures(shared: string): Promise<string> {
  const { rows } = await readSharedJson<{ readonly rows: readonly ExposureRow[] }>(
    shared,
    'clinical/environment.json',
  )
  const made = rows.map((row) => {
    const when = exposureTests[`${row.factor}|${row.measure}|${row.threshold}`]
    if (when === undefined)
      throw new Error(`exposure ${row.factor}, ${row.measure}, ${row.threshold} is not reviewed`)
    const prevention = (typeof row.action === 'string' ? [row.action] : row.action).filter((code) =>
      planLevel.includes(code),
    )
    const says = row.drugs.length === 0 ? [] : exposureStatements(row)
    return {
      when,
      target: row.target,
      drugs: row.drugs.map(({ name }) => canonicalName(name)),
      effect: row.direction,
      level: says.length === 0 ? 2 : levelOf(says),
      says,
      ...(prevention.length > 0 ? { prevention } : {}),
      source: cited(row),
    }
  })
  return rowsJson(head('Smoking, food, alcohol, herbs, air and work'), { rows: made })
}

async function makeConditions(): Promise<string> {
  const rows = conditionRows.map(([drugs, condition, says]) => {
    const statements = parseStatements(says)
    return { drugs, condition, level: levelOf(statements), says: statements, source: label }
  })
  return rowsJson(head('Conditions: how they are recognised and what they mean for a drug'), {
    conditions,
    rows,
  })
}

export const clinicalTables: readonly KnowledgeTable[] = [
  { path: 'knowledge/clinical/indications.json', make: makeIndications },
  { path: 'knowledge/clinical/interactions.json', make: makeInteractions },
  { path: 'knowledge/clinical/organ.json', make: makeOrgan },
  { path: 'knowledge/clinical/exposures.json', make: makeExposures },
  { path: 'knowledge/clinical/conditions.json', make: makeConditions },
]
