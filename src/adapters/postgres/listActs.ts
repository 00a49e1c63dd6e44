import { type Permit, requirePermit } from '#decision'
import type { Json, SubjectId } from '#kernel'
import type { ActTransaction, Disclosure, StoredAct } from '#usecases'
import type { Session } from './database.ts'

const columns = `a.act_id as id, a.kind, a.outcome, a.at, a.situation, a.ruling, o.entry_id as entry, o.opening, p.plan
  from habeas.acts a join habeas.openings o using (subject_id, act_id) left join habeas.plans p using (subject_id, act_id)
  where a.subject_id = $1`

type Which = Parameters<ActTransaction['listActs']>[1]

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
  return asAccount(session, () =>
    'only' in which
      ? session.query<StoredAct>(`select ${columns} and a.act_id = $2`, [subject, which.only])
      : session.query<StoredAct>(`select ${columns} order by a.at desc, a.act_id limit $2`, [
          subject,
          which.most,
        ]),
  )
}

/** What a person ends by: a withdrawal, or a signature, which is an act on what is theirs. */
const endings: ReadonlySet<string> = new Set(['withdraw', 'access-own'])

/** Whoever was given something, by an act that was permitted: those who must hear of a withdrawal, or of a no that is signed. */
export async function listDisclosures(
  session: Session,
  subject: SubjectId,
  permit: Permit,
): Promise<readonly Disclosure[]> {
  requirePermit(permit)
  if (permit.act.subject !== subject || !endings.has(permit.act.activity)) {
    throw new Error('only a person who ends something lists who was given what')
  }
  return asAccount(session, () =>
    session.query<Disclosure>(
      `select act_id as act, at, situation -> 'recipient' as recipient, situation ->> 'purpose' as purpose,
         situation -> 'data' -> 'categories' as categories
       from habeas.acts where subject_id = $1 and outcome = 'permitted' and json_typeof(situation -> 'recipient') = 'object'
       order by at, act_id`,
      [subject],
    ),
  )
}

/** What was made of the person's genes and record last. Its reader must be let at both. */
export async function readNewestPlan(
  session: Session,
  subject: SubjectId,
  permit: Permit,
): Promise<Json | null> {
  requirePermit(permit, 'genetic', 'health')
  if (permit.act.subject !== subject) throw new Error('only an act on the person reads their plan')
  const rows = await asAccount(session, () =>
    session.query<{ readonly plan: Json }>(
      `select p.plan from habeas.plans p join habeas.acts a using (subject_id, act_id)
       where p.subject_id = $1 order by a.at desc, a.act_id limit 1`,
      [subject],
    ),
  )
  return rows[0]?.plan ?? null
}

/** For a moment the transaction is the role that may see more than its own act; it goes on as what it was. */
async function asAccount<T>(session: Session, ask: () => Promise<T>): Promise<T> {
  await session.query(`select set_config('role', 'habeas_account', true)`)
  const answer = await ask()
  await session.query(`select set_config('role', 'habeas_act', true)`)
  return answer
}
