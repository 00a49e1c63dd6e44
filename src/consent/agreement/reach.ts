import { type Day, dayOf, type Instant } from '#kernel'
import type { Activity, Category, Purpose } from '#vocabulary'
import type { Party } from './agreement.ts'
import type { Clause } from './clause.ts'

/** What somebody asks. Null: not known; what is listed is complete. */
export type AgreementRequest = {
  readonly purpose: Purpose | null
  /** Who asks, in each respect: person, roles, organisation, kind of organisation, country. */
  readonly parties: readonly Party[] | null
  readonly activity: Activity
  readonly categories: readonly Category[] | null
  /** The day that the data are from. */
  readonly dataOn: Day | null
  /** How many people the answer would be about. */
  readonly cohort: number | null
}

/** What is unknown does not reach a permit. All categories must be allowed by one and the same choice: linking is more than each alone. */
export const reachesPermit = (limits: Clause, request: AgreementRequest, at: Instant): boolean =>
  runs(limits, at) &&
  isNamed(limits.purposes, request.purpose) &&
  isNamed(limits.activities, request.activity) &&
  (limits.categories === null ||
    (request.categories?.every((one) => limits.categories?.includes(one)) ?? false)) &&
  (limits.parties === null || isAmong(limits.parties, request.parties ?? [])) &&
  (limits.dataFrom === null || (request.dataOn !== null && limits.dataFrom <= request.dataOn)) &&
  (limits.dataUntil === null || (request.dataOn !== null && request.dataOn <= limits.dataUntil)) &&
  (limits.minimumCohort === null || (request.cohort !== null && request.cohort >= limits.minimumCohort))

/** What is unknown reaches a refusal, and so does any one category of several. How many it is about does not matter here. */
export const reachesRefusal = (limits: Clause, request: AgreementRequest, at: Instant): boolean =>
  runs(limits, at) &&
  (request.purpose === null || isNamed(limits.purposes, request.purpose)) &&
  isNamed(limits.activities, request.activity) &&
  (limits.categories === null ||
    request.categories === null ||
    request.categories.some((one) => limits.categories?.includes(one))) &&
  (limits.parties === null || mayBeAmong(limits.parties, request.parties)) &&
  (limits.dataFrom === null || request.dataOn === null || limits.dataFrom <= request.dataOn) &&
  (limits.dataUntil === null || request.dataOn === null || request.dataOn <= limits.dataUntil)

/**
 * Whether a permit is at least as specific as a refusal in every respect: whoever then says yes knew what they had said no to.
 * Null is the broadest.
 */
export const isAsSpecific = (permit: Clause, refusal: Clause): boolean =>
  isPart(permit.purposes, refusal.purposes) &&
  isPart(permit.activities, refusal.activities) &&
  isPart(permit.categories, refusal.categories) &&
  isPart(keysOf(permit.parties), keysOf(refusal.parties)) &&
  isWithin(permit.dataFrom, permit.dataUntil, refusal.dataFrom, refusal.dataUntil) &&
  isWithin(permit.from, permit.until, refusal.from, refusal.until)

/** Its own term, both days included. */
export const runs = ({ from, until }: Clause, at: Instant): boolean =>
  (from === null || from <= dayOf(at)) && (until === null || dayOf(at) <= until)

/** A missing purpose never matches a permit that is limited to some. */
const isNamed = <Code>(limits: readonly Code[] | null, asked: Code | null): boolean =>
  limits === null || (asked !== null && limits.includes(asked))

export const keyOf = ({ kind, id }: Party): string => `${kind}:${id}`
const keysOf = (parties: readonly Party[] | null): readonly string[] | null => parties?.map(keyOf) ?? null

const isAmong = (limits: readonly Party[], asking: readonly Party[]): boolean =>
  limits.some((limit) => asking.some((one) => keyOf(one) === keyOf(limit)))

/** Who does not say from which country they ask may be from the one that is refused. */
const mayBeAmong = (limits: readonly Party[], asking: readonly Party[] | null): boolean =>
  asking === null ||
  isAmong(limits, asking) ||
  limits.some((limit) => !asking.some(({ kind }) => kind === limit.kind))

const isPart = <Code>(some: readonly Code[] | null, all: readonly Code[] | null): boolean =>
  all === null || (some?.every((one) => all.includes(one)) ?? false)

const isWithin = (from: Day | null, until: Day | null, first: Day | null, last: Day | null): boolean =>
  (first === null || (from !== null && from >= first)) && (last === null || (until !== null && until <= last))
