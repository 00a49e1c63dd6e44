import type { Brand } from './brand.ts'

/** A calendar day, `2026-11-20`. Laws are ordered by day. */
export type Day = Brand<string, 'Day'>
/** A point in time in UTC with milliseconds, `2026-11-20T08:15:00.000Z`. Acts and withdrawals are ordered by it. */
export type Instant = Brand<string, 'Instant'>

const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/

/** Exists in the calendar: `2026-02-30` does not. */
export function parseDay(text: string): Day | undefined {
  if (!dayPattern.test(text)) return undefined
  const date = new Date(`${text}T00:00:00.000Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) return undefined
  return text as Day
}

export function parseInstant(text: string): Instant | undefined {
  if (!instantPattern.test(text) || !parseDay(text.slice(0, 10))) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : (date.toISOString() as Instant)
}

export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant
export const dayOf = (instant: Instant): Day => instant.slice(0, 10) as Day

/** The last day of which any part is in a term that ends before this instant. */
export const lastDayOf = (until: Instant): Day => dayOf(instantOf(Date.parse(until) - 1))

/** Fixed width, so text order is time order. */
export const isBefore = <T extends Day | Instant>(a: T, b: T): boolean => a < b

export const laterOf = <T extends Day | Instant>(a: T, b: T): T => (a > b ? a : b)

/** Completed years between two days; someone born on 29 February completes a year on 1 March. */
export function yearsBetween(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

const day = 86_400_000
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day)

/** So many calendar days on; below zero, back. */
export const addDays = (from: Day, days: number): Day =>
  new Date(Date.parse(`${from}T00:00:00Z`) + days * day).toISOString().slice(0, 10) as Day
