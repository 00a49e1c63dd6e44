import { addDays, type Day, dayOf, type Instant, instantOf, type Result } from '#kernel'
import { checkPlainWords } from '../plainWords.ts'

/**
 * Why somebody cannot be asked while their life is in danger: they are unconscious; they are awake and can neither say nor decide it;
 * the time that asking takes is not there. Anything less is no emergency here, and goes the ordinary way.
 */
export const emergencyReasons = ['unconscious', 'cannot-say', 'no-time'] as const
export type EmergencyReason = (typeof emergencyReasons)[number]

/**
 * What may be looked at. `record`: allergies, medications, conditions and measures. `warnings`: medicines that the last plan advises
 * against, without the genes behind it.
 */
export const emergencyParts = ['record', 'warnings'] as const
export type EmergencyPart = (typeof emergencyParts)[number]

export const emergencyFindings = ['justified', 'not-justified'] as const
export type EmergencyFinding = (typeof emergencyFindings)[number]

export type EmergencyFlaw =
  /** Nothing but a code, or blanks. */
  | 'emergency.no-words'
  /** Too long, or with what could be taken for markup. */
  | 'emergency.text'

export const checkEmergencyWords = (words: string): Result<string, EmergencyFlaw> =>
  checkPlainWords('emergency', words)

export const mostEmergencyMinutes = 240

/** What happened after it was opened, each by an act. */
export type EmergencyEvent = { readonly at: Instant } & (
  | { readonly kind: 'look'; readonly part: EmergencyPart }
  | { readonly kind: 'ended' }
  | {
      readonly kind: 'finding'
      readonly account: string
      readonly name: string
      readonly finding: EmergencyFinding
      readonly words: string
    }
)
export type FindingEvent = Extract<EmergencyEvent, { readonly kind: 'finding' }>

/** What was opened; never changed. `until`: the first instant at which it is over. `reviewBy`: the last day in time (UTC). */
export type OpenedEmergency = {
  readonly at: Instant
  readonly until: Instant
  readonly reviewBy: Day
}

/**
 * When it ends by itself. `minutes`: as the hospital set it; `allowed`: the longest that the person let it be, in each agreement that
 * says so. The shortest counts.
 */
export function emergencyEnd(at: Instant, minutes: number, allowed: readonly number[]): Instant {
  const shortest = Math.min(minutes, mostEmergencyMinutes, ...allowed)
  return instantOf(Date.parse(at) + shortest * 60_000)
}

export const reviewDayOf = (at: Instant, days: number): Day => addDays(dayOf(at), days)

export type EmergencyStanding = {
  /** When it was over, or null while it is open. */
  readonly endedAt: Instant | null
  /** The review began when it was opened, and only a finding closes it. */
  readonly review: 'waiting' | 'overdue' | 'closed'
  readonly finding: FindingEvent | null
}

/** How it stands at an instant: open from its own instant on, up to but not including its end. */
export function emergencyStandingOf(
  { until, reviewBy }: OpenedEmergency,
  events: readonly EmergencyEvent[],
  now: Instant,
): EmergencyStanding {
  const ended = events.find(({ kind }) => kind === 'ended')?.at ?? until
  const end = ended < until ? ended : until
  const finding = events.find((event) => event.kind === 'finding') ?? null
  const waits = dayOf(now) > reviewBy ? 'overdue' : 'waiting'
  return { endedAt: end <= now ? end : null, review: finding ? 'closed' : waits, finding }
}
