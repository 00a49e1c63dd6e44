import type { OrganisationId } from '#access'
import type { HouseRule, RuleInForce, Signed } from '#houserules'
import type { Instant } from '#kernel'
import type { DoorTransaction } from '#usecases'
import type { Session } from '../database.ts'

/** An act holds it shared from when it has read the rules until it is committed; a change holds it alone. */
const houseLock = `hashtextextended('habeas.house/' || $1, 0)`

const standing = 'confirmed_at is not null and ended_at is null'

/** What stands now, for an act; the server reads when it has the lock, and sees what was committed by then. */
export async function readStanding(
  session: Session,
  organisation: OrganisationId,
): Promise<readonly RuleInForce[]> {
  const [, rows] = await Promise.all([
    session.query(`select pg_advisory_xact_lock_shared(${houseLock})`, [organisation]),
    session.query<RuleInForce>(
      `select rule_id as id, content, sha256, replaces, confirmed_at as since from habeas_door.house_rules
       where organisation = $1 and ${standing} order by confirmed_at, rule_id`,
      [organisation],
    ),
  ])
  return rows
}

const signed = (what: string): string => `r.${what}_by as "${what}Account", ${what}.name as "${what}Name",
  r.${what}_at as "${what}At", r.${what}_because as "${what}Because"`
const account = (what: string): string =>
  `left join habeas_door.accounts ${what} on ${what}.account_id = r.${what}_by`

const steps = ['proposed', 'confirmed', 'ended'] as const
type Step = (typeof steps)[number]
type FlatRow = Omit<HouseRule, Step> & Readonly<Record<string, unknown>>

function signedOf(row: FlatRow, what: Step): Signed | null {
  const at = row[`${what}At`] as Instant | null
  if (at === null) return null
  const [account, name, because] = ['Account', 'Name', 'Because'].map((part) => row[what + part] as string)
  return { account: account!, name: name!, at, because: because! }
}

const ruleOf = (row: FlatRow): HouseRule => ({
  id: row.id,
  organisation: row.organisation,
  content: row.content,
  sha256: row.sha256,
  replaces: row.replaces,
  proposed: signedOf(row, 'proposed')!,
  confirmed: signedOf(row, 'confirmed'),
  ended: signedOf(row, 'ended'),
})

async function readRules(
  session: Session,
  organisation: OrganisationId,
  which: string,
): Promise<readonly HouseRule[]> {
  const rows = await session.query<FlatRow>(
    `select r.rule_id as id, r.organisation, r.content, r.sha256, r.replaces,
       ${steps.map(signed).join(', ')}
     from habeas_door.house_rules r ${steps.map(account).join(' ')}
     where r.organisation = $1 and ${which} order by r.proposed_at desc, r.rule_id`,
    [organisation],
  )
  return rows.map(ruleOf)
}

/** What hospitals laid down for themselves. */
export const houseRulesIn = (
  session: Session,
): Pick<
  DoorTransaction,
  | 'holdHouseRules'
  | 'listHouseRules'
  | 'listStandingRules'
  | 'addHouseRule'
  | 'confirmHouseRule'
  | 'endHouseRule'
> => ({
  async holdHouseRules(organisation) {
    await session.query(`select pg_advisory_xact_lock(${houseLock})`, [organisation])
  },
  listHouseRules: (organisation) => readRules(session, organisation, 'true'),
  listStandingRules: (organisation) => readRules(session, organisation, standing),
  async addHouseRule({ id, organisation, content, sha256, replaces, proposed, confirmed }) {
    await session.query(
      `insert into habeas_door.house_rules (rule_id, organisation, content, sha256, replaces,
         proposed_by, proposed_at, proposed_because, confirmed_by, confirmed_at, confirmed_because)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, organisation, JSON.stringify(content), sha256, replaces],
        ...[proposed.account, proposed.at, proposed.because],
        ...[confirmed?.account ?? null, confirmed?.at ?? null, confirmed?.because ?? null],
      ],
    )
  },
  async confirmHouseRule(id, { account, at, because }) {
    await session.query(
      `update habeas_door.house_rules set confirmed_by = $2, confirmed_at = $3, confirmed_because = $4
       where rule_id = $1 and confirmed_at is null and ended_at is null`,
      [id, account, at, because],
    )
  },
  async endHouseRule(id, { account, at, because }) {
    await session.query(
      `update habeas_door.house_rules set ended_by = $2, ended_at = $3, ended_because = $4
       where rule_id = $1 and ended_at is null`,
      [id, account, at, because],
    )
  },
})
