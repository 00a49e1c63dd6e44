import { addDays, type Day, dayOf, err, type Instant, ok, parseDay, type Result } from '#kernel'
import { isPlain, isSaid } from '../plainWords.ts'

/** What a recipient says became of what they had. */
export type RecallAnswer =
  | { readonly kind: 'deleted' }
  /** Kept until then, and used for nothing else, because a law says so. The last day is one of it. */
  | { readonly kind: 'locked'; readonly until: Day; readonly basis: string }
  | { readonly kind: 'not-recallable'; readonly because: string }

/** As somebody claims it; null: not said. */
export type RecallClaim = {
  readonly answer: RecallAnswer['kind']
  readonly until: string | null
  readonly basis: string | null
  readonly because: string | null
}

export type RecallFlaw =
  | 'recall.no-date'
  | 'recall.date-past'
  | 'recall.no-basis'
  | 'recall.no-reason'
  /** It holds what does not belong to such an answer, so that nobody can tell which was meant. */
  | 'recall.too-much'
  /** Too long, or with what could be taken for markup. */
  | 'recall.text'

/** An answer that says all that it must and nothing beside it, or the first thing that is wrong with it. */
export function checkRecallAnswer(claim: RecallClaim, today: Day): Result<RecallAnswer, RecallFlaw> {
  const { answer, until, basis, because } = claim
  if ([basis, because].some((text) => text !== null && !isPlain(text))) return err('recall.text')
  switch (answer) {
    case 'deleted':
      return (until ?? basis ?? because) ? err('recall.too-much') : ok({ kind: answer })
    case 'locked':
      return because === null ? checkLock(until, basis, today) : err('recall.too-much')
    case 'not-recallable':
      if (until ?? basis) return err('recall.too-much')
      return isSaid(because) ? ok({ kind: answer, because }) : err('recall.no-reason')
  }
}

function checkLock(until: string | null, basis: string | null, today: Day): Result<RecallAnswer, RecallFlaw> {
  const day = until === null ? undefined : parseDay(until)
  if (day === undefined) return err('recall.no-date')
  if (day < today) return err('recall.date-past')
  return isSaid(basis) ? ok({ kind: 'locked', until: day, basis }) : err('recall.no-basis')
}

/** Members that the other does not have differ by being undefined. */
export const isSameAnswer = (a: RecallAnswer, b: RecallAnswer): boolean => wordsOf(a) === wordsOf(b)

const wordsOf = (answer: RecallAnswer): string => {
  switch (answer.kind) {
    case 'deleted':
      return JSON.stringify([answer.kind])
    case 'locked':
      return JSON.stringify([answer.kind, answer.until, answer.basis])
    case 'not-recallable':
      return JSON.stringify([answer.kind, answer.because])
  }
}

/** `lock-ended`: the last day of the lock is over, and nobody has said that it was deleted. */
export type RecallState = 'waiting' | 'overdue' | 'answered' | 'lock-ended'
export type RecallStanding = { readonly state: RecallState; readonly dueOn: Day }

/** How a recall stands at an instant; answers oldest first, of which the last counts. Days are those of UTC. */
export function recallStandingOf(
  { at, answers }: { readonly at: Instant; readonly answers: readonly RecallAnswer[] },
  now: Instant,
  days: number,
): RecallStanding {
  const today = dayOf(now)
  const dueOn = addDays(dayOf(at), days)
  const last = answers.at(-1)
  if (last === undefined) return { state: today > dueOn ? 'overdue' : 'waiting', dueOn }
  const isOver = last.kind === 'locked' && last.until < today
  return { state: isOver ? 'lock-ended' : 'answered', dueOn }
}
