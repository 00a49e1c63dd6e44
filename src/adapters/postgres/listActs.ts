import { type Permit, requirePermit } from '#decision'
import type { SubjectId } from '#kernel'
import type { ActTransaction, StoredAct } from '#usecases'
import type { Session } from './database.ts'

const columns = `a.act_id as id, a.kind, a.outcome, a.at, a.situation, a.ruling, o.entry_id as entry, o.opening, p.plan
  from habeas.acts a join habeas.openings o using (subject_id, act_id) left join habeas.plans p using (subject_id, act_id)
  where a.subject_id = $1`

type Which = Parameters<ActTransaction['listActs']>[1]

/** For a moment the transaction is the role that may see more than its own act; it goes on as what it was. */
export async function listActs(
  session: Session,
  subject: SubjectId,
  permit: Permit,
  which: Which,
): Promise<readonly StoredAct[]> {
  requirePermit(permit)
  if (permit.act.subject !== subject || permit.act.activity !== 'access-own') {
    throw new Error('only a person’s own look at it lists what was done')
  }
  await session.query(`select set_config('role', 'habeas_account', true)`)
  const rows =
    'only' in which
      ? session.query<StoredAct>(`select ${columns} and a.act_id = $2`, [subject, which.only])
      : session.query<StoredAct>(`select ${columns} order by a.at desc, a.act_id limit $2`, [
          subject,
          which.most,
        ])
  const acts = await rows
  await session.query(`select set_config('role', 'habeas_act', true)`)
  return acts
}
