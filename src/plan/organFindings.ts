import { clearanceOf, eGfrOf } from '#person'
import { rankOf, refusingFrom } from './action.ts'
import { contextTruth } from './context.ts'
import type { Drug } from './drug.ts'
import { type Finding, type Gap, plainStatement, ruleSource, type Statement } from './finding.ts'
import type { Frame } from './frame.ts'
import type { Limit, OrganRow } from './knowledge.ts'

export type OrganFindings = { readonly findings: readonly Finding[]; readonly gaps: readonly Gap[] }

/** A measured value in words, whether the limit is met, or null when the value is not known. */
type Reading = {
  readonly meets: boolean
  readonly words: string
  readonly of: string
  /** A number that was compared: said also where it changes nothing, so that one sees that it was. */
  readonly measured: boolean
} | null

/** Limits of kidney, liver, age, pregnancy and weight that a label or list sets for this drug. */
export function organFindings(frame: Frame, drug: Drug): OrganFindings {
  const truth = contextTruth(frame, drug)
  const findings: Finding[] = []
  const gaps = new Map<string, Gap>()
  for (const row of frame.knowledge.organ.filter((one) => one.drug === drug.name)) {
    const says = row.says.filter(({ contexts }) => contexts.every((context) => truth(context) !== false))
    if (says.length === 0) continue
    const reading = readMeasure(frame, row.when)
    if (reading === null)
      for (const found of unknownOf(frame, row, says))
        'says' in found ? findings.push(found) : gaps.set(found.what, found)
    else if (reading.meets) findings.push(...says.map((statement) => findingOf(row, statement, reading)))
    else if (reading.measured) findings.push(findingOf(row, plainStatement('no-guidance'), reading))
  }
  return { findings, gaps: [...gaps.values()] }
}

const findingOf = (row: OrganRow, says: Statement, { words, of }: NonNullable<Reading>): Finding => ({
  kind: row.kind,
  of,
  text: words,
  says,
  level: row.level,
  source: row.source,
  gap: null,
  removable: null,
})

function readMeasure(frame: Frame, when: Limit): Reading {
  const { record, at } = frame.input
  switch (when.measure) {
    case 'age':
      return numberReading(when, frame.age, 'age', 'years')
    case 'eGFR':
    case 'CrCl': {
      const kidney = when.measure === 'eGFR' ? eGfrOf(record, at) : clearanceOf(record, at)
      return kidney && numberReading(when, kidney.value, 'kidney function', `${kidney.unit}, ${kidney.how}`)
    }
    case 'childPugh':
      return (
        record.childPugh && {
          meets: (when.in ?? []).includes(record.childPugh.class),
          words: `Child–Pugh ${record.childPugh.class}`,
          of: 'liver function',
          measured: false,
        }
      )
    case 'pregnant':
      return (
        record.pregnant && {
          meets: record.pregnant.value,
          words: 'pregnancy',
          of: 'pregnancy',
          measured: false,
        }
      )
    case 'lactating':
      return (
        record.lactating && {
          meets: record.lactating.value,
          words: 'breastfeeding',
          of: 'lactation',
          measured: false,
        }
      )
    default: {
      const quantity = record.observations.find(({ measure }) => measure === when.measure)
      return numberReading(when, quantity?.value ?? null, when.measure, quantity?.unit ?? '')
    }
  }
}

const round = (value: number): number => Math.round(value * 10) / 10

/** Compared unrounded; shown with one decimal. */
function numberReading(
  { below, from, above }: Limit,
  value: number | null,
  of: string,
  unit: string,
): Reading {
  if (value === null) return null
  const meets =
    (below === null || value < below) && (from === null || value >= from) && (above === null || value > above)
  const limit = [
    from === null ? '' : `from ${from}`,
    above === null ? '' : `above ${above}`,
    below === null ? '' : `below ${below}`,
  ].filter(Boolean)
  return {
    meets,
    words: `${of} ${round(value)} ${unit} (limit: ${limit.join(', ')})${meets ? '' : ', not reached'}`,
    of,
    measured: true,
  }
}

/** What to ask for when a limit cannot be compared; a refusing limit also holds the drug back until it is known. */
function unknownOf(frame: Frame, { when }: OrganRow, says: readonly Statement[]): readonly (Finding | Gap)[] {
  const ask = questionOf(frame, when.measure)
  if (ask === null) return []
  const worst = Math.max(...says.map(({ action }) => rankOf(action)))
  if (worst < ask.from) return worst >= rankOf('start-low') ? [ask.gap] : []
  return [
    {
      kind: ask.kind,
      of: ask.gap.what,
      text: ask.gap.why,
      says: { ...plainStatement(ask.action), test: [ask.gap.what] },
      level: 3,
      source: ruleSource('a missing value is never normal'),
      gap: ask.gap,
      removable: null,
    },
  ]
}

type Question = {
  readonly gap: Gap
  readonly kind: Finding['kind']
  readonly action: 'insufficient-data' | 'test-first'
  readonly from: number
}

function questionOf(frame: Frame, measure: string): Question | null {
  const { record } = frame.input
  switch (measure) {
    case 'eGFR':
    case 'CrCl':
      return {
        gap: { what: 'eGFR or creatinine', why: 'kidney function is not known' },
        kind: 'organ',
        action: 'insufficient-data',
        from: refusingFrom,
      }
    case 'age':
      return {
        gap: { what: 'age', why: 'the age is not known' },
        kind: 'age',
        action: 'insufficient-data',
        from: refusingFrom,
      }
    case 'childPugh':
      // Nobody is asked for a Child–Pugh score without a sign of liver disease.
      if (!frame.hasCondition('liver disease')) return null
      return {
        gap: { what: 'Child–Pugh class', why: 'a liver disease is known, its degree is not' },
        kind: 'organ',
        action: 'insufficient-data',
        from: refusingFrom,
      }
    case 'pregnant':
      if (record.sex === 'male' || frame.hasCondition('menopause', { past: true })) return null
      if (frame.age !== null && (frame.age < 12 || frame.age >= 55)) return null
      return {
        gap: { what: 'pregnancy test', why: 'whether there is a pregnancy is not known' },
        kind: 'pregnancy',
        action: 'test-first',
        from: rankOf('contraindicated'),
      }
    default:
      return null
  }
}
