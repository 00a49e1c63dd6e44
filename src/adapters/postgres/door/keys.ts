import type { Failures } from '#access'
import type { DoorTransaction, OneTimeCode, Passkey } from '#usecases'
import type { Session } from '../database.ts'

type Keys = Pick<
  DoorTransaction,
  | 'addCode'
  | 'takeCode'
  | 'endCodes'
  | 'listPasskeys'
  | 'findPasskey'
  | 'addPasskey'
  | 'notePasskeyUse'
  | 'removePasskey'
  | 'readFailures'
  | 'writeFailures'
  | 'holdAccount'
>

const passkeyColumns = `passkey_id as id, account_id as account, public_key as "publicKey", counter, transports, label,
  added_at as "addedAt", used_at as "usedAt" from habeas_door.passkeys`

/** Codes, passkeys, and how often somebody failed with them. */
export const keysIn = (session: Session): Keys => ({
  async addCode({ hash, account, kind, expiresAt }) {
    await session.query(
      'insert into habeas_door.codes (hash, account_id, kind, expires_at) values ($1, $2, $3, $4)',
      [hash, account, kind, expiresAt],
    )
  },
  async takeCode(hash) {
    const rows = await session.query<OneTimeCode>(
      `delete from habeas_door.codes where hash = $1
       returning hash, account_id as account, kind, expires_at as "expiresAt"`,
      [hash],
    )
    return rows[0]
  },
  async endCodes(account) {
    await session.query('delete from habeas_door.codes where account_id = $1', [account])
  },
  listPasskeys: (account) =>
    session.query<Passkey>(`select ${passkeyColumns} where account_id = $1 order by added_at, passkey_id`, [
      account,
    ]),
  async findPasskey(id) {
    const rows = await session.query<Passkey>(`select ${passkeyColumns} where passkey_id = $1 for update`, [
      id,
    ])
    return rows[0]
  },
  async addPasskey({ id, account, publicKey, counter, transports, label, addedAt, usedAt }) {
    const added = await session.query(
      `insert into habeas_door.passkeys (passkey_id, account_id, public_key, counter, transports, label, added_at, used_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning passkey_id`,
      [id, account, Buffer.from(publicKey), counter, transports, label, addedAt, usedAt],
    )
    return added.length === 1
  },
  async notePasskeyUse(id, counter, at) {
    await session.query('update habeas_door.passkeys set counter = $2, used_at = $3 where passkey_id = $1', [
      id,
      counter,
      at,
    ])
  },
  async removePasskey(account, id) {
    const removed = await session.query(
      'delete from habeas_door.passkeys where passkey_id = $2 and account_id = $1 returning passkey_id',
      [account, id],
    )
    return removed.length === 1
  },
  holdAccount: (account) => holdAccount(session, account),
  ...failuresIn(session),
})

async function holdAccount(session: Session, account: string): Promise<void> {
  await session.query(`select pg_advisory_xact_lock(hashtextextended('habeas.account/' || $1, 0))`, [account])
}

const failuresIn = (session: Session): Pick<Keys, 'readFailures' | 'writeFailures'> => ({
  async readFailures(account) {
    await holdAccount(session, account)
    const rows = await session.query<Failures>(
      'select count, last_at as "lastAt" from habeas_door.failures where account_id = $1',
      [account],
    )
    return rows[0]
  },
  async writeFailures(account, failures) {
    if (failures === undefined) {
      await session.query('delete from habeas_door.failures where account_id = $1', [account])
      return
    }
    await session.query(
      `insert into habeas_door.failures (account_id, count, last_at) values ($1, $2, $3)
       on conflict (account_id) do update set count = excluded.count, last_at = excluded.last_at`,
      [account, failures.count, failures.lastAt],
    )
  },
})
