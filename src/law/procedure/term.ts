import { addDays, type Day, laterOf, parseDay } from '#kernel'
import type { TermStart } from '#vocabulary'
import type { Duty } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import type { Place } from './places.ts'
import type { Term } from './step.ts'

/**
 * The term of a duty. The day from which it runs is not counted; working days leave out weekends only, so that a holiday nobody told
 * us of makes our day too early and never too late.
 */
export function termOf(duty: Duty, place: Place, situation: Situation): Term | null {
  if (duty.deadlineDays === undefined) return null
  // A term that our reading of the duty does not know has no beginning here.
  const { from, is } = place.term ?? { from: 'end', is: 'until' }
  const start = startOf(from, situation)
  const working = duty.workingDays === true
  const days = Math.floor(duty.deadlineDays)
  const on = start && (is === 'at-least-until' ? keptFor : working ? addWorkingDays : addDays)(start, days)
  return { days: duty.deadlineDays, working, from, is, on: on ?? null }
}

/** What is kept is kept for so many days, and for the months that they stand for where those are longer. */
function keptFor(from: Day, days: number): Day {
  const months = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + Math.round(days / 30.4375)
  const month = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
  const sameDay = parseDay(`${month}-${from.slice(8)}`)
  const afterMonth = addDays(`${month}-28` as Day, 4)
  return laterOf(addDays(from, days), sameDay ?? (`${afterMonth.slice(0, 8)}01` as Day))
}

function startOf(from: TermStart, { at, request, incident, data, approvals }: Situation): Day | undefined {
  switch (from) {
    case 'act':
      return at
    case 'request':
      return request?.receivedOn
    case 'discovery':
      return incident?.discoveredOn
    case 'collection':
      return data?.collectedOn
    case 'approval':
      return lastOf(
        (approvals ?? []).flatMap(({ kind, outcome, on }) =>
          kind === 'ethics-review' && outcome === 'granted' && on !== undefined ? [on] : [],
        ),
      )
    case 'contract':
    case 'end':
      return undefined
  }
}

const lastOf = ([first, ...rest]: readonly Day[]): Day | undefined =>
  first === undefined ? undefined : rest.reduce(laterOf, first)

function addWorkingDays(from: Day, days: number): Day {
  let on = from
  for (let left = days; left > 0; ) {
    on = addDays(on, 1)
    if (!isWeekend(on)) left -= 1
  }
  return on
}

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
