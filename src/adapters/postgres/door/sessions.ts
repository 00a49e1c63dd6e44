import type { DoorTransaction, ProviderRecord, Session as SignedIn } from '#usecases'
import type { Session } from '../database.ts'
import { type AccountRow, accountColumns, accountOf, withHoldings } from './accounts.ts'

type Sessions = Pick<
  DoorTransaction,
  | 'beginSession'
  | 'findSession'
  | 'seeSession'
  | 'endSession'
  | 'endSessions'
  | 'listSessions'
  | 'putRecord'
  | 'findRecord'
  | 'takeRecord'
  | 'removeGrant'
  | 'sweep'
>

const sessionColumns = 's.method, s.begun_at as "begunAt", s.seen_at as "seenAt", s.expires_at as "expiresAt"'

type SignedInRow = AccountRow & Omit<SignedIn, 'account'>

export const sessionsIn = (session: Session): Sessions => ({
  async beginSession({ hash, account, method, begunAt, seenAt, expiresAt }) {
    await session.query(
      `insert into habeas_door.sessions (hash, account_id, method, begun_at, seen_at, expires_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [hash, account, method, begunAt, seenAt, expiresAt],
    )
  },
  async findSession(hash) {
    const rows = await session.query<SignedInRow>(
      `select s.hash, ${sessionColumns}, ${accountColumns}
       from habeas_door.sessions s join habeas_door.accounts a on a.account_id = s.account_id ${withHoldings}
       where s.hash = $1 order by h.position`,
      [hash],
    )
    const [first] = rows
    if (first === undefined) return undefined
    const { id, method, begunAt, seenAt, expiresAt } = first
    return {
      session: { hash, account: id, method, begunAt, seenAt, expiresAt },
      account: accountOf(rows),
    }
  },
  async seeSession(hash, at) {
    await session.query('update habeas_door.sessions set seen_at = $2 where hash = $1', [hash, at])
  },
  async endSession(hash) {
    await session.query('delete from habeas_door.sessions where hash = $1', [hash])
  },
  async endSessions(account) {
    await session.query('delete from habeas_door.sessions where account_id = $1', [account])
  },
  listSessions: (account) =>
    session.query<SignedIn>(
      `select s.hash, s.account_id as account, ${sessionColumns} from habeas_door.sessions s
       where s.account_id = $1 order by s.seen_at desc, s.begun_at desc, s.hash`,
      [account],
    ),
  ...recordsIn(session),
})

const recordColumns = `kind, record_id as id, payload, expires_at as "expiresAt", grant_id as grant, uid
  from habeas_door.records`

const recordsIn = (
  session: Session,
): Pick<Sessions, 'putRecord' | 'findRecord' | 'takeRecord' | 'removeGrant' | 'sweep'> => ({
  async putRecord({ kind, id, payload, expiresAt, grant, uid }) {
    await session.query(
      `insert into habeas_door.records (kind, record_id, payload, expires_at, grant_id, uid) values ($1, $2, $3, $4, $5, $6)
       on conflict (kind, record_id) do update set payload = excluded.payload, expires_at = excluded.expires_at,
         grant_id = excluded.grant_id, uid = excluded.uid`,
      [kind, id, payload, expiresAt, grant, uid],
    )
  },
  async findRecord(kind, by) {
    const column = 'id' in by ? 'record_id' : 'uid'
    const value = 'id' in by ? by.id : by.uid
    const rows = await session.query<ProviderRecord>(
      `select ${recordColumns} where kind = $1 and ${column} = $2`,
      [kind, value],
    )
    return rows[0]
  },
  async takeRecord(kind, id) {
    const rows = await session.query<ProviderRecord>(
      `delete from habeas_door.records where kind = $1 and record_id = $2
       returning kind, record_id as id, payload, expires_at as "expiresAt", grant_id as grant, uid`,
      [kind, id],
    )
    return rows[0]
  },
  async removeGrant(grant) {
    await session.query('delete from habeas_door.records where grant_id = $1', [grant])
  },
  async sweep(now) {
    for (const table of ['records', 'codes', 'sessions'])
      await session.query(`delete from habeas_door.${table} where expires_at <= $1`, [now])
  },
})
