import type { Agreement, InnerProvision, ObligationCode, Provision } from './agreement.ts'

/** One provision by itself: what it does not say is filled in from the one around it. Null limits nothing. */
export type Clause = Omit<InnerProvision, 'obligations'> & {
  readonly obligations: readonly ObligationCode[]
  /** Its own choice and the one around it: whoever takes back either takes this back. */
  readonly items: readonly string[]
  /** What is permitted because nothing else was said. */
  readonly isBase: boolean
}

/** Base `refuse` makes no clause: what nobody permits is not permitted, and a blanket refusal would bury the choices beside it. */
export const clausesOf = (agreement: Agreement): readonly Clause[] => [
  ...(agreement.base === 'permit' ? [base] : []),
  ...agreement.provisions.flatMap(flatten),
]

/** As if it had been refused. Nobody takes something back only until a yes would have ended: its term falls away. */
export const takenBack = (clause: Clause): Clause => ({
  ...clause,
  effect: 'refuse',
  from: null,
  until: null,
})

const base: Clause = {
  effect: 'permit',
  item: null,
  purposes: null,
  parties: null,
  activities: null,
  categories: null,
  dataFrom: null,
  dataUntil: null,
  from: null,
  until: null,
  minimumCohort: null,
  obligations: [],
  items: [],
  isBase: true,
}

function flatten({ within, ...provision }: Provision): readonly Clause[] {
  const outer = alone(provision)
  return [outer, ...within.map((inner) => nested(outer, alone(inner)))]
}

const alone = (provision: InnerProvision): Clause => ({
  ...provision,
  obligations: provision.obligations.map(({ code }) => code),
  items: provision.item === null ? [] : [provision.item],
  isBase: false,
})

/**
 * The word of the inner one goes before that of the outer one. In time, and in how few are shown, a permit goes no further
 * than the one around it; a refusal is not cut short by it.
 */
function nested(outer: Clause, inner: Clause): Clause {
  const clause = {
    ...inner,
    item: inner.item ?? outer.item,
    items: [...inner.items, ...outer.items],
    purposes: inner.purposes ?? outer.purposes,
    parties: inner.parties ?? outer.parties,
    activities: inner.activities ?? outer.activities,
    categories: inner.categories ?? outer.categories,
    dataFrom: inner.dataFrom ?? outer.dataFrom,
    dataUntil: inner.dataUntil ?? outer.dataUntil,
  }
  return inner.effect === 'refuse' ? clause : { ...clause, ...narrower(outer, inner) }
}

const narrower = (outer: Clause, inner: Clause) => ({
  dataFrom: later(outer.dataFrom, inner.dataFrom),
  dataUntil: earlier(outer.dataUntil, inner.dataUntil),
  from: later(outer.from, inner.from),
  until: earlier(outer.until, inner.until),
  minimumCohort: later(outer.minimumCohort, inner.minimumCohort),
  obligations: [...new Set([...outer.obligations, ...inner.obligations])],
})

const later = <T extends string | number>(a: T | null, b: T | null): T | null =>
  a === null || (b !== null && b > a) ? b : a
const earlier = <T extends string>(a: T | null, b: T | null): T | null =>
  a === null || (b !== null && b < a) ? b : a
