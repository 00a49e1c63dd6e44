import type { EmergencyEvent, EmergencyFinding, EmergencyPart } from '#consent'
import type { Instant, SubjectId } from '#kernel'
import type { ActScope, ActTransaction, EmergencyRecord, Store, StoredEmergency } from '#usecases'
import type { Session } from './database.ts'

type Row = EmergencyRecord & { readonly subject: SubjectId }
type EventRow = {
  readonly emergency: string
  readonly at: Instant
  readonly kind: EmergencyEvent['kind']
  readonly part: EmergencyPart | null
  readonly account: string | null
  readonly name: string | null
  readonly finding: EmergencyFinding | null
  readonly words: string | null
}

const columns = `subject_id as subject, emergency_id as id, at, ends_at as until, review_by as "reviewBy", case_id as "caseId",
  account, name, organisation, reason, words, situation from habeas.emergencies`
const eventColumns = `emergency_id as emergency, at, kind, part, account, name, finding, words from habeas.emergency_events`

/** What one act sees and writes of the emergencies of its person. */
export const emergenciesIn = (
  session: Session,
  { act, subject }: ActScope,
): Pick<ActTransaction, 'listEmergencies' | 'recordEmergency' | 'recordEmergencyEvent'> => ({
  async listEmergencies() {
    const rows = await session.query<Row>(
      `select ${columns} where subject_id = $1 order by at, emergency_id`,
      [subject],
    )
    const events = await session.query<EventRow>(
      `select ${eventColumns} where subject_id = $1 order by at, kind`,
      [subject],
    )
    return rows.map(({ subject: _, ...emergency }) => withEvents(emergency, events))
  },
  async recordEmergency(opened) {
    const { id, at, until, reviewBy, caseId, account, name, organisation, reason, words, situation } = opened
    await session.query(
      `insert into habeas.emergencies (subject_id, emergency_id, act_id, at, ends_at, review_by, case_id, account, name, organisation,
         reason, words, situation) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[subject, id, act, at, until, reviewBy, caseId, account, name, organisation],
        ...[reason, words, JSON.stringify(situation)],
      ],
    )
  },
  async recordEmergencyEvent(emergency, event) {
    const written = await session.query(
      `insert into habeas.emergency_events (subject_id, emergency_id, act_id, at, kind, part, account, name, finding, words)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning act_id`,
      [subject, emergency, act, event.at, event.kind, ...partsOf(event)],
    )
    return written.length === 1
  },
})

/** All that the database shows at this task. */
export async function listEmergencies(session: Session): ReturnType<Store['listEmergenciesAt']> {
  const rows = await session.query<Row>(`select ${columns} order by at, emergency_id`)
  const events = await session.query<EventRow>(`select ${eventColumns} order by at, kind`)
  return rows.map((row) => withEvents(row, events))
}

const withEvents = <Emergency extends EmergencyRecord>(
  emergency: Emergency,
  events: readonly EventRow[],
): Emergency & Pick<StoredEmergency, 'events'> => ({
  ...emergency,
  events: events.filter((row) => row.emergency === emergency.id).map(eventOf),
})

/** The table lets in no row that lacks what its kind needs. */
function eventOf({ at, kind, part, account, name, finding, words }: EventRow): EmergencyEvent {
  switch (kind) {
    case 'look':
      return { at, kind, part: part! }
    case 'ended':
      return { at, kind }
    case 'finding':
      return { at, kind, account: account!, name: name!, finding: finding!, words: words! }
  }
}

function partsOf(event: EmergencyEvent): readonly (string | null)[] {
  switch (event.kind) {
    case 'look':
      return [event.part, null, null, null, null]
    case 'ended':
      return [null, null, null, null, null]
    case 'finding':
      return [null, event.account, event.name, event.finding, event.words]
  }
}
