import { type Action, directionOf, type Level, protectiveFrom, rankOf } from './action.ts'
import type { Finding, Source, Statement } from './finding.ts'

/** Something to do beside the winning action: watch, or take away the other drug or factor. */
export type Also = {
  readonly action: 'monitor' | 'stop-or-switch-interacting'
  readonly what: readonly string[]
  readonly when: string | null
}

export type Disagreement = { readonly source: Source; readonly action: Action }

/** What follows from all findings on one drug (section 3 of actions.md). */
export type Verdict = {
  readonly action: Action
  readonly says: Statement
  readonly level: Level
  /** Strongest first; losers included. */
  readonly findings: readonly Finding[]
  readonly also: readonly Also[]
  readonly disagreements: readonly Disagreement[]
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const keyOf = ({ kind, of, source, text, says }: Finding): string =>
  [kind, of, source.body, source.title, text, JSON.stringify(says)].join('|')

/** Most protective first, then the stronger source, then a fixed order, so that the order of the input does not matter. */
const compareFindings = (a: Finding, b: Finding): number =>
  rankOf(b.says.action) - rankOf(a.says.action) || b.level - a.level || compareText(keyOf(a), keyOf(b))

/** Rule 4: the most protective wins; rule 5 where several change the dose. Needs at least one finding. */
export function combine(all: readonly Finding[]): Verdict {
  const findings = [...new Map(all.map((finding) => [keyOf(finding), finding])).values()].sort(
    compareFindings,
  )
  const deciding = findings.filter(({ says }) => says.action !== 'monitor' && says.action !== 'no-guidance')
  const top = deciding[0] ?? findings[0]!
  const winner = top.says.action === 'reduce-dose' ? smallestDose(deciding) : top
  const also = alsoOf(findings)
  const watched = also.some(({ action }) => action === 'monitor')
  const action = watched && rankOf(winner.says.action) < rankOf('monitor') ? 'monitor' : winner.says.action
  return {
    action,
    says: winner.says,
    level: levelOf(findings, winner),
    findings,
    also,
    disagreements: disagreementsOf(findings),
  }
}

/** Rule 5a: of several reductions the smaller factor; they are multiplied only where a source has a row of its own for it. */
function smallestDose(findings: readonly Finding[]): Finding {
  const reductions = findings.filter(({ says }) => says.action === 'reduce-dose')
  const smaller = (a: Finding, b: Finding) => {
    const [one, other] = [a.says.factor ?? [1, 1], b.says.factor ?? [1, 1]]
    return other[1] < one[1] || (other[1] === one[1] && other[0] < one[0]) ? b : a
  }
  const smallest = reductions.reduce(smaller)
  const limits = reductions.find(({ says }) => says.max !== null)?.says
  return smallest.says.max === null && limits
    ? { ...smallest, says: { ...smallest.says, max: limits.max } }
    : smallest
}

const levelOf = (findings: readonly Finding[], winner: Finding): Level => {
  const levels = findings.filter(({ says }) => says.action === winner.says.action).map(({ level }) => level)
  return winner.says.action === 'no-guidance' ? 0 : (levels.sort((a, b) => b - a)[0] ?? winner.level)
}

function alsoOf(findings: readonly Finding[]): readonly Also[] {
  const watched = [...new Set(findings.flatMap(({ says }) => says.monitor))].sort(compareText)
  const gone = [...new Set(findings.flatMap((one) => (isRemovable(one) ? [one.removable!] : [])))].sort(
    compareText,
  )
  return [
    ...(watched.length > 0 ? [{ action: 'monitor' as const, what: watched, when: null }] : []),
    ...gone.map((what) => ({
      action: 'stop-or-switch-interacting' as const,
      what: [what],
      when: 'the drug may do once it is gone; the effect can last for days to weeks',
    })),
  ]
}

/** Rule 5f. Also where the other drug only matters if a candidate is chosen. */
const isRemovable = ({ removable, says, kind }: Finding): boolean =>
  removable !== null &&
  (rankOf(says.action) >= rankOf('stop-or-switch-interacting') ||
    (says.action === 'no-guidance' && kind === 'drug'))

/**
 * Rule 6: sources that point in different directions on the same finding; rule 5b: a reduction beside an increase.
 * Silence of a source is a disagreement only beside another's protective word.
 */
function disagreementsOf(findings: readonly Finding[]): readonly Disagreement[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings.filter(isAdvice)) {
    const subjects = finding.kind === 'gene' ? finding.of.split(', ') : [finding.of]
    for (const subject of subjects) {
      const key = `${finding.kind} ${subject}`
      groups.set(key, [...(groups.get(key) ?? []), finding])
    }
  }
  const split = [...groups.values()].flatMap((group) => (isSplit(group) ? group : []))
  const doses = findings.filter(
    ({ says }) => says.action === 'reduce-dose' || says.action === 'increase-dose',
  )
  const opposed = new Set(doses.map(({ says }) => says.action)).size > 1 ? doses : []
  const shown = [...new Set([...split, ...opposed])].map(({ source, says }) => ({
    source,
    action: says.action,
  }))
  return [...new Map(shown.map((one) => [JSON.stringify(one), one])).values()]
}

/** A gap is no source's word, and a label's remark on drug levels alone is no advice. */
const isAdvice = ({ gap, says, level, source }: Finding): boolean =>
  gap === null && !(source.body === 'FDA' && says.action === 'monitor' && level <= 1)

function isSplit(group: readonly Finding[]): boolean {
  const spoken = group.filter(({ says }) => says.action !== 'no-guidance')
  if (new Set(spoken.map(({ says }) => directionOf(says.action))).size > 1) return true
  const silent = group.some(({ says, kind }) => says.action === 'no-guidance' && kind === 'gene')
  if (silent && spoken.some(({ says }) => rankOf(says.action) >= protectiveFrom)) return true
  const factors = spoken.flatMap(({ says }) =>
    says.action === 'reduce-dose' && says.factor ? [says.factor] : [],
  )
  return factors.some((a) => factors.some((b) => a[1] + 0.1 <= b[0]))
}
