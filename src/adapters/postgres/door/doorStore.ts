import type { DoorStore, DoorTransaction } from '#usecases'
import type { Database, Session } from '../database.ts'
import { accountsIn } from './accounts.ts'
import { clientsIn } from './clients.ts'
import { houseRulesIn } from './houseRules.ts'
import { keysIn } from './keys.ts'
import { sessionsIn } from './sessions.ts'

/** The port's store over the database: each piece of work is one transaction at the task `door`; looks are none. */
export const doorStore = (database: Database): DoorStore => ({
  look: (work) => database.look((session) => work(lookerTransaction(session))),
  open: (work) => database.transact({ as: 'habeas_door' }, (session) => work(doorTransaction(session))),
})

const ofLookers = new WeakMap<Session, DoorTransaction>()

/** Asked at every request, over the same few sessions: made once for each. */
function lookerTransaction(session: Session): DoorTransaction {
  const transaction = ofLookers.get(session) ?? doorTransaction(session)
  ofLookers.set(session, transaction)
  return transaction
}

const doorTransaction = (session: Session): DoorTransaction => ({
  ...accountsIn(session),
  ...keysIn(session),
  ...sessionsIn(session),
  ...clientsIn(session),
  ...houseRulesIn(session),
  async recordEvent({ id, account, kind, at, method, entry }) {
    await session.query(
      `with happened as (
         insert into habeas_door.events (event_id, account_id, kind, at, method, entry_id, opening)
         values ($1, $2, $3, $4, $5, $6, $7)
       ) insert into habeas_log.pending (entry_id, leaf) values ($6, $8)`,
      [id, account, kind, at, method, entry.id, Buffer.from(entry.opening), Buffer.from(entry.leaf)],
    )
  },
})
