import type { ClientProgram, DoorTransaction } from '#usecases'
import type { Session } from '../database.ts'

const columns = `client_id as id, kind, account_id as account, name, redirect_uris as "redirectUris", scopes, keys,
  added_at as "addedAt", ended_at as "endedAt" from habeas_door.clients`

/** Programs that come to the door. */
export const clientsIn = (
  session: Session,
): Pick<DoorTransaction, 'addClient' | 'findClient' | 'listClients' | 'endClient'> => ({
  async addClient({ id, kind, account, name, redirectUris, scopes, keys, addedAt, endedAt }) {
    const added = await session.query(
      `insert into habeas_door.clients (client_id, kind, account_id, name, redirect_uris, scopes, keys, added_at, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning client_id`,
      [id, kind, account, name, redirectUris, scopes, keys && JSON.stringify(keys), addedAt, endedAt],
    )
    return added.length === 1
  },
  async findClient(id) {
    const rows = await session.query<ClientProgram>(`select ${columns} where client_id = $1`, [id])
    return rows[0]
  },
  listClients: () => session.query<ClientProgram>(`select ${columns} order by client_id`),
  async endClient(id, at) {
    const ended = await session.query(
      'update habeas_door.clients set ended_at = $2 where client_id = $1 and ended_at is null returning client_id',
      [id, at],
    )
    return ended.length === 1
  },
})
