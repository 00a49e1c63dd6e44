import { addDays, type Day } from '#kernel'
import { conceptsIn, conditionsOf } from './loadCondition.ts'
import type { Instrument, Norm, NormBase } from './normBase.ts'
import { findWitness } from './witness.ts'

/** A flaw that a base can have although each of its rules can be read; `where` is `file:line` of the norm. */
export type LintFinding = {
  readonly code:
    | 'norms.overlap'
    | 'norms.gap'
    | 'norms.window'
    | 'norms.unreachable'
    | 'norms.unconditional'
    | 'norms.never-together'
    | 'norms.ambiguous'
    | 'norms.unused'
  readonly where: string
  readonly found: string
  readonly expected: string
}

/** Every flaw, in the order of the rules below and of the base. */
export const lintNormBase = (base: NormBase): readonly LintFinding[] => [
  ...versionsOf(base).flatMap(lintVersions),
  ...base.norms.flatMap((norm) => [
    ...lintWindow(norm),
    ...lintCondition(norm, base),
    ...lintOthers(norm, base),
  ]),
  ...lintWords(base),
]

type Version = { readonly instrument: Instrument; readonly where: string }

/** Versions of one text have its title, and may add theirs in brackets. Codes are amended article by article. */
function versionsOf({ norms }: NormBase): readonly (readonly Version[])[] {
  const families = new Map<string, Map<string, Version>>()
  for (const { instrument, where } of norms) {
    const family = instrument.titleZh.replace(/[（(].*$/u, '')
    const members = families.get(family) ?? new Map<string, Version>()
    if (!members.has(instrument.id)) members.set(instrument.id, { instrument, where })
    families.set(family, members)
  }
  return [...families.values()].map((members) =>
    [...members.values()].sort((a, b) => (a.instrument.effectiveFrom < b.instrument.effectiveFrom ? -1 : 1)),
  )
}

function lintVersions(versions: readonly Version[]): readonly LintFinding[] {
  return versions.slice(1).flatMap(({ instrument, where }, index): readonly LintFinding[] => {
    const { id, effectiveTo } = versions[index]!.instrument
    const expected = `${id} to end the day before`
    const found = `${instrument.id} from ${instrument.effectiveFrom}, ${id} to ${effectiveTo ?? 'open'}`
    if (effectiveTo === null || effectiveTo >= instrument.effectiveFrom)
      return instrument.rank === 'code' ? [] : [{ code: 'norms.overlap', where, found, expected }]
    return addDays(effectiveTo, 1) < instrument.effectiveFrom
      ? [{ code: 'norms.gap', where, found, expected }]
      : []
  })
}

function lintWindow({ id, from, to, instrument, where }: Norm): readonly LintFinding[] {
  const end = instrument.effectiveTo
  const late = end !== null && (from > end || (to !== null && to > end))
  if (from >= instrument.effectiveFrom && !late && (to === null || from <= to)) return []
  const found = `${id} from ${from} to ${to ?? 'open'}`
  const expected = `days within ${instrument.effectiveFrom} to ${end ?? 'open'}`
  return [{ code: 'norms.window', where, found, expected }]
}

function lintCondition(norm: Norm, base: NormBase): readonly LintFinding[] {
  const { id, when, where } = norm
  // A rule on conflicts applies wherever there is one.
  if (when.kind === 'always' && norm.settles.length > 0) return []
  if (when.kind === 'always')
    return [
      { code: 'norms.unconditional', where, found: `${id} without a condition`, expected: 'when it applies' },
    ]
  const facts = { jurisdictions: [norm.instrument.jurisdiction] }
  if (daysToTry(norm, base).some((day) => findWitness(when, base, day, facts))) return []
  const expected = 'a condition that some situation meets'
  return [{ code: 'norms.unreachable', where, found: `the condition of ${id}`, expected }]
}

/** A word may be defined later than the norm that uses it. */
function daysToTry(norm: Norm, base: NormBase): readonly Day[] {
  const words = conceptsIn(norm.when).flatMap((name) => base.concepts.get(name) ?? [])
  const definers = words.flatMap(({ norm: id }) => (id === undefined ? [] : (base.byId.get(id)?.from ?? [])))
  const within = definers.filter((day) => day > norm.from && (norm.to === null || day <= norm.to))
  return [norm.from, ...within]
}

const meets = (a: Norm, b: Norm): boolean =>
  (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to)

/** What a norm says of others: they must once be in force beside it, and two must not push each other aside. */
function lintOthers(norm: Norm, base: NormBase): readonly LintFinding[] {
  const { id, where } = norm
  const named = [...norm.exceptions.flatMap(({ by }) => by ?? []), ...norm.displaces.map((rule) => rule.norm)]
  const strangers = [...new Set(named)].filter((other) => !meets(norm, base.byId.get(other)!))
  const mutual = norm.displaces.filter(({ norm: other, of }) =>
    base.byId.get(other)!.displaces.some((back) => back.norm === id && back.of === of),
  )
  return [
    ...strangers.map((other): LintFinding => {
      const found = `${id} names ${other}, which was never in force beside it`
      return { code: 'norms.never-together', where, found, expected: 'norms that meet in time' }
    }),
    ...mutual.map(({ norm: other }): LintFinding => {
      const found = `${id} and ${other} push each other aside`
      return { code: 'norms.ambiguous', where, found, expected: 'one that yields' }
    }),
  ]
}

function lintWords(base: NormBase): readonly LintFinding[] {
  const speakers = [...base.speakers.values()]
    .flat()
    .flatMap(({ when, or }) => [when, ...(or ? [or.when] : [])])
  const concepts = [...base.concepts.values()].flat()
  const read = [...base.norms.flatMap(conditionsOf), ...speakers, ...concepts.map(({ when }) => when)]
  const spoken = new Set(read.flatMap(conceptsIn))
  return concepts
    .filter(({ name }) => !spoken.has(name))
    .map(({ name, norm }) => ({
      code: 'norms.unused',
      where: (norm === undefined ? undefined : base.byId.get(norm)?.where) ?? 'the definitions of the base',
      found: `the word "${name}", which no rule uses`,
      expected: 'a word in use',
    }))
}
