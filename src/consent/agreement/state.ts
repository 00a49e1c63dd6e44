import { dayOf, type Instant } from '#kernel'
import type { Agreement, AgreementEvent, AgreementState } from './agreement.ts'
import { clausesOf } from './clause.ts'
import { draftUntil, isDraft } from './draft.ts'

/** What has become of an agreement by an instant. An event at the very instant of the act counts. */
export type History = {
  readonly withdrawn: boolean
  readonly superseded: boolean
  readonly paused: boolean
  /** By choice: when it was last taken back. */
  readonly items: ReadonlyMap<string, Instant>
}

export function historyOf(events: readonly AgreementEvent[], at: Instant): History {
  const past = events.filter((event) => event.at <= at)
  return {
    withdrawn: past.some((event) => event.kind === 'withdrawn' && event.items === null),
    superseded: past.some(({ kind }) => kind === 'superseded'),
    paused: isPaused(past),
    items: lastTakenBack(past),
  }
}

/** Paused and resumed in the same instant: the order is unknown, and it rests. */
function isPaused(past: readonly AgreementEvent[]): boolean {
  const last = (kind: AgreementEvent['kind']): string =>
    past
      .flatMap((event) => (event.kind === kind ? event.at : []))
      .sort()
      .at(-1) ?? ''
  const paused = last('paused')
  return paused !== '' && paused >= last('resumed')
}

function lastTakenBack(past: readonly AgreementEvent[]): ReadonlyMap<string, Instant> {
  const last = new Map<string, Instant>()
  for (const event of past) {
    if (event.kind !== 'withdrawn') continue
    for (const item of event.items ?? []) {
      const known = last.get(item)
      if (known === undefined || known < event.at) last.set(item, event.at)
    }
  }
  return last
}

/**
 * How an agreement stands. Withdrawal and supersession are final and go before all else. Before its signature and before its
 * first day, and while others must sign it too, it is a `draft`: it permits nothing yet. `refused` is one that has nothing (or, after its choices were taken
 * back one by one, nothing more) to permit.
 */
export function stateOf(
  agreement: Agreement,
  events: readonly AgreementEvent[],
  at: Instant,
): AgreementState {
  const history = historyOf(events, at)
  const day = dayOf(at)
  if (history.withdrawn) return 'withdrawn'
  if (history.superseded) return 'superseded'
  if (agreement.signedAt > at || agreement.from > day) return 'draft'
  if (!permitsAnything(agreement, history)) return 'refused'
  if (isDraft(agreement)) return draftUntil(agreement) < day ? 'expired' : 'draft'
  if (agreement.until !== null && agreement.until < day) return 'expired'
  return history.paused ? 'paused' : 'given'
}

/**
 * Whether its words count as they were said: it does not wait, rest, or end, and was not taken back. One that says no to everything is in
 * force too.
 */
export function isInForce(agreement: Agreement, events: readonly AgreementEvent[], at: Instant): boolean {
  const state = stateOf(agreement, events, at)
  if (state !== 'refused') return state === 'given'
  const { paused, items } = historyOf(events, at)
  const isOver = agreement.until !== null && agreement.until < dayOf(at)
  return !paused && items.size === 0 && !isDraft(agreement) && !isOver
}

const permitsAnything = (agreement: Agreement, { items }: History): boolean =>
  clausesOf(agreement).some(
    (clause) => clause.effect === 'permit' && !clause.items.some((item) => items.has(item)),
  )
