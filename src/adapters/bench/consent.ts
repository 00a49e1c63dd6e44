import { operator, withdrawFromCase } from '#usecases'
import { openStore } from '../postgres/openStore.ts'
import { compare } from './compare.ts'
import type { ConsentSetting } from './consentSides.ts'
import { lineOf } from './line.ts'
import { given, readPermittedCase } from './parts.ts'
import type { Bench, Room } from './room.ts'
import type { PureSetting } from './rulingSides.ts'
import { runSql } from './scratch.ts'

/** The gate's answer with its transaction, against a bare read of the row that it reads. */
export const benchConsent: Bench = async function* (room) {
  const { databaseUrl, dataFolder, roundTrip } = await room.scratch()
  await endSomething(room)
  const setting: ConsentSetting = { roundMs: room.quick ? 100 : 400, dataFolder }
  const env = { DATABASE_URL: databaseUrl }
  const compared = await compare(room.side('consent', setting, env), room.side('bare-read', setting, env), {
    rounds: room.quick ? 1 : 9,
    warm: room.quick ? 0 : 2,
    onRound: (round) => room.show(`consent: round ${round}`),
  })
  const peerName = 'a prepared select of the same row in the same PostgreSQL, outside any act'
  const limit = await roundTrip()
  yield lineOf({ bench: 'consent', peerName, unit: 'µs', better: 'less', clients: 1, limit }, compared)
}

/** Something of no consequence for the case, so that there is a row to be read; and the same row for the peer. */
async function endSomething(room: Room): Promise<void> {
  const { databaseUrl, dataFolder } = await room.scratch()
  const [ports, store] = [await room.ports(), given(await openStore({ databaseUrl, dataFolder }))]
  try {
    const from = await readPermittedCase(ports, room.examples)
    const ended = await withdrawFromCase({ ...ports, store }, from.value, operator, ['insurance'])
    if (ended.kind !== 'done') throw new Error('a withdrawal was refused')
    await runSql(
      databaseUrl,
      'create table plain_withdrawals (subject_id text, id text, at timestamptz, purposes text[], primary key (subject_id, id))',
    )
    await runSql(databaseUrl, 'insert into plain_withdrawals values ($1, $2, $3, $4)', [
      from.value.subject.id,
      ended.permit.act.id,
      ended.permit.act.instant,
      ['insurance'],
    ])
  } finally {
    await store.close()
  }
}

/** The decision alone, once the law has been read. */
export const benchDecision: Bench = async function* (room) {
  const setting: PureSetting = { roundMs: room.quick ? 40 : 250 }
  const compared = await compare(room.side('decision', setting), room.side('decision-if-chain', setting), {
    rounds: room.quick ? 1 : 9,
    warm: room.quick ? 0 : 2,
    onRound: (round) => room.show(`consent-decision: round ${round}`),
  })
  const peerName = 'a hand-written if-chain: yes or no, without reasons, grounds or permit'
  const limit = 'processor only; both start from a ruling that is there'
  yield lineOf({ bench: 'consent-decision', peerName, unit: 'µs', better: 'less', limit }, compared)
}
