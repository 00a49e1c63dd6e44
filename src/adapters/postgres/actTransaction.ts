import type { Agreement } from '#consent'
import type { Instant, Sha256Hex } from '#kernel'
import type { ActScope, ActTransaction, AgreementSignature, EntryId, Hold } from '#usecases'
import { attendancesIn } from './attendances.ts'
import type { Session } from './database.ts'
import { readStanding } from './door/houseRules.ts'
import { emergenciesIn } from './emergencies.ts'
import { listActs, listDisclosures, readNewestPlan } from './listActs.ts'
import { recallsIn } from './recalls.ts'
import { relativesIn } from './relatives.ts'

/**
 * Acts on one person hold this lock shared, from when they have read the withdrawals until they are committed; a withdrawal
 * holds it alone, before it reads the clock. So a withdrawal is either seen by an act or comes after it, by its instant too.
 */
const personLock = `hashtextextended('habeas.subject/' || $1, 0)`

type WithdrawalRow = {
  readonly id: string
  readonly at: Instant
  readonly purposes: readonly string[] | null
}

type AgreementRow = { readonly agreement: Agreement; readonly sha256: Sha256Hex }

/** The port's transaction over one database transaction that carries `scope`. */
export function actTransaction(
  session: Session,
  scope: ActScope,
  onHandIn: (entry: EntryId) => void,
): ActTransaction {
  const { act, subject } = scope
  let held: Hold | undefined
  const lock = async (how: string): Promise<void> => {
    await session.query(`select ${how}(${personLock})`, [subject])
  }
  const hold = async (wanted: Hold): Promise<void> => {
    if (held === 'alone' || held === wanted) return
    // Two that each held on to a shared lock would wait for each other for ever.
    const letGo = held === 'shared' ? lock('pg_advisory_unlock_shared') : undefined
    held = wanted
    await Promise.all([letGo, lock(wanted === 'alone' ? 'pg_advisory_lock' : 'pg_advisory_lock_shared')])
  }
  const holdAlone = () => hold('alone')
  return {
    async listWithdrawals(wanted) {
      const locked = hold(wanted)
      // The server takes one statement after the other: it reads when it has the lock, and sees what was committed by then.
      const [rows] = await Promise.all([
        session.query<WithdrawalRow>(
          'select withdrawal_id as id, at, purposes from habeas.withdrawals where subject_id = $1 order by at, withdrawal_id',
          [subject],
        ),
        locked,
      ])
      return rows
    },
    listHouseRules: (organisation) => readStanding(session, organisation),
    listActs: (permit, which) => listActs(session, subject, permit, which),
    listDisclosures: (permit) => listDisclosures(session, subject, permit),
    readNewestPlan: (permit) => readNewestPlan(session, subject, permit),
    async recordAct({ kind, outcome, at, situation, ruling }) {
      const values = [subject, act, kind, outcome, at, JSON.stringify(situation), JSON.stringify(ruling)]
      await session.query(
        'insert into habeas.acts (subject_id, act_id, kind, outcome, at, situation, ruling) values ($1, $2, $3, $4, $5, $6, $7)',
        values,
      )
    },
    async recordWithdrawal({ id, at, purposes }) {
      await holdAlone()
      await session.query(
        'insert into habeas.withdrawals (subject_id, withdrawal_id, act_id, at, purposes) values ($1, $2, $3, $4, $5)',
        [subject, id, act, at, purposes],
      )
    },
    ...agreementsIn(session, scope, holdAlone),
    ...besideActs(session, scope),
    async recordPlan({ indication, plan, sha256 }) {
      await session.query(
        'insert into habeas.plans (subject_id, act_id, indication, plan, sha256) values ($1, $2, $3, $4, $5)',
        [subject, act, indication, JSON.stringify(plan), sha256],
      )
    },
    async appendEntry({ id, leaf, opening }) {
      await session.query(
        `with opened as (
           insert into habeas.openings (subject_id, entry_id, act_id, opening) values ($1, $2, $3, $4)
         ) insert into habeas_log.pending (entry_id, leaf) values ($2, $5)`,
        [subject, id, act, opening, leaf],
      )
      onHandIn(id)
    },
  }
}

/** What becomes of a person's acts among others. */
const besideActs = (session: Session, scope: ActScope) => ({
  ...recallsIn(session, scope),
  ...emergenciesIn(session, scope),
  ...relativesIn(session, scope),
  ...attendancesIn(session, scope),
})

/** What a person signed; `holdAlone` before it is written, because what it refuses binds the very next act, as a withdrawal does. */
const agreementsIn = (
  session: Session,
  { act, subject }: ActScope,
  holdAlone: () => Promise<void>,
): Pick<ActTransaction, 'listAgreements' | 'listSignatures' | 'recordAgreement'> => ({
  listAgreements: () =>
    session.query<AgreementRow>(
      'select agreement, sha256 from habeas.agreements where subject_id = $1 order by at, agreement_id',
      [subject],
    ),
  listSignatures: () =>
    session.query<AgreementSignature>(
      `select agreement_id as agreement, signature from habeas.agreements
       where subject_id = $1 and signature is not null order by at, agreement_id`,
      [subject],
    ),
  async recordAgreement({ agreement, sha256 }, signature) {
    await holdAlone()
    const { id, signedAt, supersedes, read } = agreement
    const written = await session.query(
      `insert into habeas.agreements (subject_id, agreement_id, act_id, at, agreement, form, sha256, supersedes, signature)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning agreement_id`,
      [
        ...[subject, id, act, signedAt, JSON.stringify(agreement), read.form, sha256, supersedes],
        signature === undefined ? null : JSON.stringify(signature),
      ],
    )
    return written.length === 1
  },
})
