import { type Day, type Instant, isBefore } from '#kernel'
import { share } from '../limits.ts'
import type { Agreement, AgreementEvent, AgreementState, InnerProvision, Provision } from './agreement.ts'
import { draftUntil, isDraft } from './draft.ts'
import { historyOf } from './state.ts'

type Limits = Omit<InnerProvision, 'effect' | 'item'>

/** A permission or a refusal with all its limits, and the place in the agreement that it comes from. */
export type OutwardRule = Limits & { readonly path: string }

/**
 * What an agreement is to those who cannot read its tree: a base, what it permits and what it refuses, where a refusal beats every
 * permission. However the tree is read, nothing is permitted here that it refuses; it may permit more than is said here.
 */
export type Outward = {
  readonly base: Agreement['base']
  readonly permits: readonly OutwardRule[]
  readonly refusals: readonly OutwardRule[]
}

/** Later than every event. */
const ever = '9999-12-31T23:59:59.999Z' as Instant

/** What others are told of how it stands: as far as its own events tell; past its last day on `at`, it is expired. */
export function outwardStateOf(
  agreement: Agreement,
  events: readonly AgreementEvent[],
  at: Day | null,
): AgreementState {
  const { withdrawn, superseded, paused } = historyOf(events, ever)
  if (withdrawn) return 'withdrawn'
  if (superseded) return 'superseded'
  if (at !== null && agreement.until !== null && isBefore(agreement.until, at)) return 'expired'
  if (permitsNothing(agreement)) return paused ? 'paused' : 'refused'
  if (isDraft(agreement)) return at !== null && draftUntil(agreement) < at ? 'expired' : 'draft'
  return paused ? 'paused' : 'given'
}

const permitsNothing = ({ base, provisions }: Agreement): boolean =>
  base === 'refuse' && provisions.flatMap((one) => [one, ...one.within]).every(isRefusal)

const isRefusal = ({ effect }: { readonly effect: 'permit' | 'refuse' }): boolean => effect === 'refuse'

export function outwardOf(agreement: Agreement, events: readonly AgreementEvent[]): Outward {
  const ended = endedItems(events)
  const isEnded = ({ item }: { readonly item: string | null }) => item !== null && ended.has(item)
  const placed = agreement.provisions.map((one, i) => ({ one, path: `$.provisions[${i}]` }))
  // What waits for others permits nothing yet, to whomever it is shown.
  const permits = isDraft(agreement) ? [] : placed.filter(({ one }) => !isRefusal(one) && !isEnded(one))
  return {
    base: isDraft(agreement) ? 'refuse' : agreement.base,
    permits: permits.map(({ one, path }) => permissionOf(one, path)),
    refusals: [...placed.flatMap(({ one, path }) => refusalsOf(one, path, isEnded)), ...wishesOf(agreement)],
  }
}

const endedItems = (events: readonly AgreementEvent[]): ReadonlySet<string> =>
  new Set(events.flatMap((event) => (event.kind === 'withdrawn' ? (event.items ?? []) : [])))

/** What is refused in it and within it, and what was permitted until it was withdrawn. */
function refusalsOf(
  one: Provision,
  path: string,
  isEnded: (choice: InnerProvision) => boolean,
): readonly OutwardRule[] {
  const refuses = (choice: InnerProvision) => isRefusal(choice) || isEnded(choice)
  const within = one.within.flatMap((inner, i) =>
    refuses(inner) ? [ruleOf(inheriting(inner, one), `${path}.within[${i}]`)] : [],
  )
  return refuses(one) ? [ruleOf(one, path), ...within] : within
}

/** What is nested says what the one around it says where it says nothing itself. */
const inheriting = (inner: InnerProvision, outer: Provision): InnerProvision => ({
  ...inner,
  purposes: inner.purposes ?? outer.purposes,
  parties: inner.parties ?? outer.parties,
  activities: inner.activities ?? outer.activities,
  categories: inner.categories ?? outer.categories,
  dataFrom: inner.dataFrom ?? outer.dataFrom,
  dataUntil: inner.dataUntil ?? outer.dataUntil,
  from: inner.from ?? outer.from,
  until: inner.until ?? outer.until,
})

/** Its duties, and those of each permission within it: whichever of them is meant, all are kept. */
function permissionOf(one: Provision, path: string): OutwardRule {
  const all = [one, ...one.within.filter((inner) => !isRefusal(inner))]
  const cohorts = all.flatMap(({ minimumCohort }) => minimumCohort ?? [])
  const codes = new Set(all.flatMap(({ obligations }) => obligations.map(({ code }) => code)))
  return {
    ...ruleOf(one, path),
    minimumCohort: cohorts.length > 0 ? Math.max(...cohorts) : null,
    obligations: [...codes].map((code) => ({ code })),
  }
}

/** A refusal has no duties: one that holds unless something is done is said to hold. */
const ruleOf = (one: InnerProvision, path: string): OutwardRule => ({
  ...everything,
  purposes: one.purposes,
  parties: one.parties,
  activities: one.activities,
  categories: one.categories,
  dataFrom: one.dataFrom,
  dataUntil: one.dataUntil,
  from: one.from,
  until: one.until,
  path,
})

/** A rule without limits. */
export const everything: Limits = {
  ...{ purposes: null, parties: null, activities: null, categories: null },
  ...{ dataFrom: null, dataUntil: null, from: null, until: null, minimumCohort: null },
  obligations: [],
}

/** What was said of relatives and emergencies apart from the choices. */
const wishesOf = ({ family, emergency }: Agreement): readonly OutwardRule[] => [
  ...(family.tellRelatives === 'refuses'
    ? [{ ...everything, purposes: ['family-interest' as const], path: '$.family' }]
    : []),
  ...(emergency.allowed ? [] : [{ ...everything, purposes: ['emergency' as const], path: '$.emergency' }]),
]

/** Whether both can be about one thing; of parties it is never known that they are not. */
export function overlaps(one: OutwardRule, other: OutwardRule): boolean {
  const meet = (from: Day | null, until: Day | null) => from === null || until === null || from <= until
  return (
    share(one.purposes, other.purposes) &&
    share(one.activities, other.activities) &&
    share(one.categories, other.categories) &&
    (
      [
        [one, other],
        [other, one],
      ] as const
    ).every(([a, b]) => meet(a.from, b.until) && meet(a.dataFrom, b.dataUntil))
  )
}
