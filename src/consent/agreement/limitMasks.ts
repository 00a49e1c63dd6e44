import { categories, purposes } from '#vocabulary'
import type { Clause } from './clause.ts'
import type { PartyTable } from './partyTable.ts'
import type { AgreementRequest } from './reach.ts'

/** One bit for each code of a vocabulary. */
const bitsOf = <Code extends string>(codes: readonly Code[]): Readonly<Record<string, number>> =>
  Object.fromEntries(codes.map((code, i) => [code, 1 << i]))
const bits = { purposes: bitsOf(purposes), categories: bitsOf(categories) }

/** All bits, also those that no code has: null limits nothing. */
const everything = -1
const maskOf = (limits: readonly string[] | null, table: Readonly<Record<string, number>>): number =>
  limits === null ? everything : limits.reduce((mask, code) => mask | (table[code] ?? 0), 0)

/** The limits of a clause but its activities, ready to be held against a request. Days compare as text; these are before and after all of them. */
export type LimitMasks = {
  readonly purposes: number
  readonly categories: number
  /** Its list in the table of parties, or -1. */
  readonly parties: number
  readonly dataFrom: string
  readonly dataUntil: string
  readonly ofDays: boolean
  readonly from: string
  readonly until: string
  readonly cohort: number
}
const never = ''
const always = '~'

export const masksOf = (clause: Clause, parties: PartyTable): LimitMasks => ({
  purposes: maskOf(clause.purposes, bits.purposes),
  categories: maskOf(clause.categories, bits.categories),
  parties: clause.parties === null ? -1 : parties.add(clause.parties),
  dataFrom: clause.dataFrom ?? never,
  dataUntil: clause.dataUntil ?? always,
  ofDays: clause.dataFrom !== null || clause.dataUntil !== null,
  from: clause.from ?? never,
  until: clause.until ?? always,
  cohort: clause.minimumCohort ?? 0,
})

/** A request in the same bits. What is unknown is all bits for a refusal; for a permit it is a bit that no limit but null has. */
export type AskedMasks = {
  readonly day: string
  readonly purpose: number
  readonly categories: number
  readonly someCategory: number
  readonly dataOn: string | null
  readonly cohort: number
}
const unknownBit = 1 << 31

export const askedOf = (request: AgreementRequest, day: string): AskedMasks => ({
  day,
  purpose: request.purpose === null ? unknownBit : bits.purposes[request.purpose]!,
  categories: request.categories === null ? unknownBit : maskOf(request.categories, bits.categories),
  someCategory: request.categories === null ? everything : maskOf(request.categories, bits.categories),
  dataOn: request.dataOn,
  cohort: request.cohort ?? 0,
})

const runs = (limits: LimitMasks, { day }: AskedMasks): boolean => limits.from <= day && day <= limits.until
const ofDay = ({ dataFrom, dataUntil }: LimitMasks, day: string): boolean =>
  dataFrom <= day && day <= dataUntil

export const permits = (limits: LimitMasks, asked: AskedMasks, among: readonly number[]): boolean =>
  (limits.purposes & asked.purpose) !== 0 &&
  (asked.categories & ~limits.categories) === 0 &&
  limits.cohort <= asked.cohort &&
  runs(limits, asked) &&
  (limits.parties < 0 || among[limits.parties] === 2) &&
  (!limits.ofDays || (asked.dataOn !== null && ofDay(limits, asked.dataOn)))

export const refuses = (limits: LimitMasks, asked: AskedMasks, among: readonly number[]): boolean =>
  ((limits.purposes & asked.purpose) !== 0 || asked.purpose === unknownBit) &&
  (limits.categories === everything || (asked.someCategory & limits.categories) !== 0) &&
  runs(limits, asked) &&
  (limits.parties < 0 || among[limits.parties] !== 0) &&
  (asked.dataOn === null || ofDay(limits, asked.dataOn))
