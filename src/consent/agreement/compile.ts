import { addDays, type Day, dayOf, type Instant } from '#kernel'
import { type Activity, activities } from '#vocabulary'
import { clausesOf } from './clause.ts'
import { draftUntil, isDraft } from './draft.ts'
import { type AgreementAnswer, answerOf, inOrder } from './evaluate.ts'
import { askedOf, type LimitMasks, masksOf, permits, refuses } from './limitMasks.ts'
import { makePartyTable, type PartyTable } from './partyTable.ts'
import type { AgreementRequest } from './reach.ts'
import { answers, type RecordedAgreement, type StandingClause, standingClausesOf } from './standingClause.ts'

/** A clause as it counts between two turns of its agreement. */
type Row = StandingClause & {
  readonly permits: boolean
  readonly limits: LimitMasks
  /** Which clause of all it is. */
  readonly number: number
  /** Of a refusal: the clauses that would show a change of mind. */
  readonly answeredBy: readonly number[]
}
type Epoch = { readonly from: Instant; readonly rows: ReadonlyMap<Activity, readonly Row[]> }

/**
 * What `evaluate` answers, with all that does not depend on the request worked out beforehand: an agreement changes only at its
 * signature, its events, its first day and the day after its last, so its clauses are laid out once for each span between these.
 */
export function compileAgreements(
  recorded: readonly RecordedAgreement[],
): (request: AgreementRequest, at: Instant) => AgreementAnswer {
  const parties = makePartyTable()
  const timelines = layOut(inOrder(recorded), parties)
  return (request, at) => {
    const asked = askedOf(request, dayOf(at))
    const among = parties.judge(request.parties)
    const yes: Row[] = []
    const no: Row[] = []
    for (const epochs of timelines)
      for (const row of rowsAt(epochs, at, request.activity)) {
        if (row.permits) {
          if (permits(row.limits, asked, among)) yes.push(row)
        } else if (refuses(row.limits, asked, among)) no.push(row)
      }
    const standing = yes.filter(({ stands }) => stands)
    return answerOf(unanswered(no, standing), standing, yes)
  }
}

const unanswered = (refusals: readonly Row[], standing: readonly Row[]): readonly Row[] =>
  refusals.filter(({ answeredBy }) => !standing.some(({ number }) => answeredBy.includes(number)))

const nothing: readonly Row[] = []
function rowsAt(epochs: readonly Epoch[], at: Instant, activity: Activity): readonly Row[] {
  for (let i = epochs.length - 1; i >= 0; i--)
    if (epochs[i]!.from <= at) return epochs[i]!.rows.get(activity) ?? nothing
  return nothing
}

/** Who asks always says what they want to do: what does not speak of it is not looked at. */
const byActivity = (rows: readonly Row[]): ReadonlyMap<Activity, readonly Row[]> =>
  new Map(
    activities.map((activity) => [
      activity,
      rows.filter(({ clause }) => clause.activities === null || clause.activities.includes(activity)),
    ]),
  )

function layOut(recorded: readonly RecordedAgreement[], parties: PartyTable): readonly (readonly Epoch[])[] {
  const said = recorded.flatMap(({ agreement }) =>
    clausesOf(agreement).map((clause) => ({ clause, agreement })),
  )
  const answering = (refusal: StandingClause): readonly number[] =>
    said.flatMap((one, number) =>
      one.clause.effect === 'permit' && answers(one, refusal, recorded) ? [number] : [],
    )
  let first = 0
  return recorded.map((one) => {
    const start = first
    first += clausesOf(one.agreement).length
    return turnsOf(one).map((from) => {
      const rows = standingClausesOf(one, from).map(
        (standing, i): Row => ({
          ...standing,
          permits: standing.clause.effect === 'permit',
          limits: masksOf(standing.clause, parties),
          number: start + i,
          answeredBy: standing.clause.effect === 'refuse' ? answering(standing) : [],
        }),
      )
      return { from, rows: byActivity(rows) }
    })
  })
}

const midnight = (day: Day): Instant => `${day}T00:00:00.000Z` as Instant

/** When it may begin to count otherwise, from the signature on, each once and in order. */
function turnsOf({ agreement, events }: RecordedAgreement): readonly Instant[] {
  const { signedAt, from, until } = agreement
  const last = [...(until === null ? [] : [until]), ...(isDraft(agreement) ? [draftUntil(agreement)] : [])]
  const days = [midnight(from), ...last.map((day) => midnight(addDays(day, 1)))]
  const turns = [signedAt, ...days, ...events.map(({ at }) => at)]
  return [...new Set(turns.filter((at) => at >= signedAt))].sort()
}
