import type { Instant, SubjectId } from '#kernel'
import type { ActScope, ActTransaction, AttendanceRecord, Store } from '#usecases'
import type { Session } from './database.ts'

type Row = AttendanceRecord & { readonly subject: SubjectId; readonly confirmedAt: Instant | null }

const columns = `a.subject_id as subject, a.attendance_id as id, a.at, a.part, a.account, a.agreement_id as agreement, a.case_id as "caseId",
  c.at as "confirmedAt" from habeas.attendances a
  left join habeas.attendance_confirmations c on c.subject_id = a.subject_id and c.attendance_id = a.attendance_id`

/** What one act sees and writes of who stood by when its person signed. */
export const attendancesIn = (
  session: Session,
  { act, subject }: ActScope,
): Pick<ActTransaction, 'listAttendances' | 'recordAttendance' | 'recordConfirmation'> => ({
  async listAttendances() {
    const rows = await session.query<Row>(
      `select ${columns} where a.subject_id = $1 order by a.at, a.attendance_id`,
      [subject],
    )
    return rows.map(({ subject: _, ...one }) => one)
  },
  async recordAttendance({ id, at, part, account, agreement, caseId }) {
    await session.query(
      `insert into habeas.attendances (subject_id, attendance_id, act_id, at, part, account, agreement_id, case_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [subject, id, act, at, part, account, agreement, caseId],
    )
  },
  async recordConfirmation(attendance, at) {
    const written = await session.query(
      `insert into habeas.attendance_confirmations (subject_id, attendance_id, act_id, at)
         values ($1, $2, $3, $4) on conflict do nothing returning act_id`,
      [subject, attendance, act, at],
    )
    return written.length === 1
  },
})

/** All that the database shows to whoever was named. */
export const listAttendances = (session: Session): ReturnType<Store['listAttendancesOf']> =>
  session.query<Row>(`select ${columns} order by a.at, a.attendance_id`)
