import { amountIn, type Exposure } from '#person'
import { rankOf, refusingFrom } from './action.ts'
import type { Truth } from './context.ts'
import type { Drug } from './drug.ts'
import { type Finding, type Gap, plainStatement, ruleSource, type Statement } from './finding.ts'
import type { Frame } from './frame.ts'
import type { ExposureRow, ExposureTest } from './knowledge.ts'

export type ExposureFindings = { readonly findings: readonly Finding[]; readonly gaps: readonly Gap[] }

/** What smoking, food, herbs, alcohol, air and work mean for one drug. */
export function exposureFindings(frame: Frame, drug: Drug): ExposureFindings {
  const findings: Finding[] = []
  const gaps: Gap[] = []
  for (const row of frame.knowledge.exposures.filter(({ drugs }) => drugs.includes(drug.name))) {
    for (const exposure of frame.input.exposures.filter(({ factor }) => factor === row.when.factor)) {
      const meets = meetsTest(row.when, exposure, frame.age)
      if (meets === false) continue
      const says = row.says.filter(({ action }) => action !== 'standard')
      const gap = meets === null ? gapOf(row, exposure) : null
      if (gap) gaps.push(gap)
      findings.push(...says.map((statement) => findingOf(row, exposure, statement, gap)))
    }
  }
  return { findings, gaps }
}

/** Null: it takes place, but whether as much as the row asks for is not told or not comparable. */
export function meetsTest(when: ExposureTest, exposure: Exposure, age: number | null): Truth {
  if (exposure.state === 'absent') return false
  if (when.ageFrom !== null && age !== null && age < when.ageFrom) return false
  if (when.stopped) return exposure.state === 'stopped' ? hasStoppedLately(when, exposure) : false
  if (exposure.state === 'stopped') return false
  const least = when.atLeast ?? when.over
  if (least === null) return exposure.state === 'unclear' ? null : true
  const amount = when.unit === null ? null : amountIn(exposure, when.unit)
  if (amount === null) return null
  return when.atLeast === null ? amount > least : amount >= least
}

/** Induction fades within about a week of stopping; after a month the new level is the level. */
const fadedAfterDays = 30

function hasStoppedLately({ before }: ExposureTest, exposure: Exposure): Truth {
  if (exposure.daysSince !== null && exposure.daysSince > fadedAfterDays) return false
  if (before !== null && exposure.before !== null) return exposure.before >= before
  return before === null && exposure.daysSince !== null ? true : null
}

const gapOf = ({ when }: ExposureRow, exposure: Exposure): Gap => ({
  what: when.stopped
    ? `${exposure.factor}: how much before and days since stopping`
    : `${exposure.factor}: amount${when.unit ? ` in ${when.unit}` : ''}`,
  why: 'whether the amount reaches the limit of the source is not told',
})

function findingOf(row: ExposureRow, exposure: Exposure, statement: Statement, gap: Gap | null): Finding {
  const refusing = rankOf(statement.action) >= refusingFrom
  const amount = exposure.amount ? ` ${exposure.amount.value} ${exposure.amount.unit}` : ''
  const finding = {
    kind: 'exposure' as const,
    of: exposure.factor,
    text: `${exposure.factor}${exposure.state === 'stopped' ? ' stopped' : amount}: ${row.target}, ${row.effect}`,
    says: removableOf(statement),
    level: row.level,
    source: row.source,
    gap: null,
    removable: refusing ? exposure.factor : null,
  }
  if (gap === null || !refusing) return finding
  return {
    ...finding,
    says: { ...plainStatement('insufficient-data'), test: [gap.what] },
    source: ruleSource('a missing amount is never small'),
    gap,
  }
}

/** "Avoid" of a food, herb or drink means that the drug is fine once it is gone. */
const removableOf = (statement: Statement): Statement =>
  statement.action === 'avoid' ? { ...statement, action: 'stop-or-switch-interacting' } : statement
