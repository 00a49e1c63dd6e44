import type { Session } from '../database.ts'
import type { Found } from './found.ts'

/** Every act has its opening, and every opening its entry. Answers how many acts there are. */
export async function checkActs(session: Session, found: Found): Promise<number> {
  const [row] = await session.query<{ acts: number; unopened: number; lost: number }>(`select
    (select count(*) from habeas.acts) as acts,
    (select count(*) from habeas.acts a where not exists (select from habeas.openings o
      where (o.subject_id, o.act_id) = (a.subject_id, a.act_id))) as unopened,
    (select count(*) from (select entry_id from habeas.openings
      union all select entry_id from habeas_door.events) o where not exists (select from habeas_log.entries e
      where e.entry_id = o.entry_id) and not exists (select from habeas_log.pending p
      where p.entry_id = o.entry_id)) as lost`)
  if (row && row.unopened > 0) found('act.no-opening', `${row.unopened} acts`)
  if (row && row.lost > 0) found('opening.no-entry', `${row.lost} openings`)
  return row?.acts ?? 0
}
