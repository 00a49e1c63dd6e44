import type { PersonFacts } from '#consent'
import type { Day } from '#kernel'
import type { Situation } from '#law'

/** The day that is so many years before; 29 February becomes the 28th, which no year lacks. */
const yearsBefore = (day: Day, years: number): Day =>
  `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4).replace('02-29', '02-28')}` as Day

/**
 * What is known of somebody who signs. Of whom only the age is known is taken to be as young as that age can be. Undefined: neither is
 * known, so nobody can tell whether they may.
 */
export function signingPerson({ subject, at }: Situation): PersonFacts | undefined {
  const { bornOn, age, capacity, deceased } = subject ?? {}
  const born = bornOn ?? (age === undefined ? undefined : yearsBefore(at, age))
  return born && { bornOn: born, capacity: capacity ?? null, deceased: deceased ?? false }
}
