import type { Care, Holding, Kinship, PaperKind } from '#access'
import type { SubjectId } from '#kernel'
import type { DoorAccount, DoorTransaction } from '#usecases'
import type { Session } from '../database.ts'

/** An account beside one of its holdings; without a role, it has none. */
export type AccountRow = Omit<DoorAccount, 'outside' | 'holdings'> & {
  readonly issuer: string | null
  readonly issuerId: string | null
  readonly role: Holding['role'] | null
  readonly subject: string | null
  readonly organisation: string | null
  readonly papers: PaperKind | null
  readonly kinship: Kinship | null
} & Pick<Holding, 'from' | 'until' | 'evidence'>

/** Columns of `accounts a` and its `holdings h`. */
export const accountColumns = `a.account_id as id, a.sign_in_name as "signInName", a.name, a.language,
  a.disabled_at as "disabledAt", a.issuer, a.issuer_id as "issuerId",
  h.role, h.subject, h.organisation, h.begins_at as from, h.ends_at as until, h.evidence, h.papers, h.kinship`
export const withHoldings = 'left join habeas_door.holdings h on h.account_id = a.account_id'

/** Accounts with their holdings, in the order of names; a single question, since it is asked at every request. */
async function readAccounts(
  session: Session,
  where: string,
  values: readonly unknown[],
): Promise<readonly DoorAccount[]> {
  const rows = await session.query<AccountRow>(
    `select ${accountColumns} from habeas_door.accounts a ${withHoldings} where ${where}
     order by a.sign_in_name, h.position`,
    values,
  )
  const byAccount = new Map<string, AccountRow[]>()
  for (const row of rows) byAccount.set(row.id, [...(byAccount.get(row.id) ?? []), row])
  return [...byAccount.values()].map(accountOf)
}

/** All rows of one account. */
export function accountOf(rows: readonly AccountRow[]): DoorAccount {
  const { id, signInName, name, language, disabledAt, issuer, issuerId } = rows[0]!
  const outside = issuer === null || issuerId === null ? null : { issuer, subject: issuerId }
  const holdings = rows.filter(({ role }) => role !== null).map(holdingOf)
  return { id, signInName, name, language, disabledAt, outside, holdings }
}

function holdingOf(row: AccountRow): Holding {
  const { role, subject, organisation, papers, kinship, from, until, evidence } = row
  const shown = { ...(papers !== null && { papers }), ...(kinship !== null && { kinship }) }
  const term = { from, until, evidence, ...shown }
  return (subject === null ? { role, organisation, ...term } : { role, subject, ...term }) as Holding
}

type Accounts = Pick<
  DoorTransaction,
  'findAccount' | 'listAccounts' | 'addAccount' | 'disableAccount' | 'chooseLanguage' | 'addCare' | 'listCare'
>

export const accountsIn = (session: Session): Accounts => ({
  async findAccount(by) {
    const [account] = await readAccounts(session, ...whereOf(by))
    return account
  },
  listAccounts: () => readAccounts(session, '$1', [true]),
  addAccount: (account) => addAccount(session, account),
  async disableAccount(account, at) {
    await session.query(
      'update habeas_door.accounts set disabled_at = coalesce(disabled_at, $2) where account_id = $1',
      [account, at],
    )
  },
  async chooseLanguage(account, language) {
    await session.query('update habeas_door.accounts set language = $2 where account_id = $1', [
      account,
      language,
    ])
  },
  async addCare({ account, organisation, subject, from, until, evidence }) {
    await session.query(
      `insert into habeas_door.care (subject_id, account_id, organisation, begins_at, ends_at, evidence)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [subject, account, organisation, from, until, evidence],
    )
  },
  listCare: (subject) => listCare(session, subject),
})

function whereOf(by: Parameters<DoorTransaction['findAccount']>[0]): [string, unknown[]] {
  if ('id' in by) return ['a.account_id = $1', [by.id]]
  if ('signInName' in by) return ['a.sign_in_name = $1', [by.signInName]]
  return ['a.issuer = $1 and a.issuer_id = $2', [by.outside.issuer, by.outside.subject]]
}

async function addAccount(session: Session, account: DoorAccount): Promise<boolean> {
  const { id, signInName, name, language, disabledAt, outside, holdings } = account
  const added = await session.query(
    `insert into habeas_door.accounts (account_id, sign_in_name, name, language, disabled_at, issuer, issuer_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning account_id`,
    [id, signInName, name, language, disabledAt, outside?.issuer ?? null, outside?.subject ?? null],
  )
  if (added.length === 0) return false
  for (const [position, holding] of holdings.entries()) {
    const subject = 'subject' in holding ? holding.subject : null
    const organisation = 'organisation' in holding ? holding.organisation : null
    const { role, from, until, evidence } = holding
    const shown = holding.role === 'representative' ? holding : undefined
    const kinship = shown?.kinship ?? null
    const papers = shown?.kinship === undefined ? (shown?.papers ?? null) : null
    await session.query(
      `insert into habeas_door.holdings (account_id, position, role, subject, organisation, begins_at, ends_at, evidence, papers, kinship)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, position, role, subject, organisation, from, until, evidence, papers, kinship],
    )
  }
  return true
}

const listCare = (session: Session, subject: SubjectId): Promise<readonly Care[]> =>
  session.query<Care>(
    `select account_id as account, organisation, subject_id as subject, begins_at as from, ends_at as until, evidence
     from habeas_door.care where subject_id = $1 order by begins_at, account_id`,
    [subject],
  )
