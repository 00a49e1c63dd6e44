import { join } from 'node:path'
import { operator, withdrawFromCase } from '#usecases'
import { openStore } from '../postgres/openStore.ts'
import { compare } from './compare.ts'
import type { ConsentSetting, RecordSetting } from './consentSides.ts'
import { type Line, lineOf } from './line.ts'
import { given, readPermittedCase } from './parts.ts'
import type { Bench, Room } from './room.ts'
import type { PureSetting } from './rulingSides.ts'
import { runSql } from './scratch.ts'
import { makeWholeRecord } from './wholeRecord.ts'

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
  for (const persons of room.quick ? [1_000] : [1_000, 1_000_000]) {
    await fillPersons(databaseUrl, persons)
    for (const entries of room.quick ? [10] : [10, 100, 1_000]) yield await gatedRead(room, persons, entries)
  }
}

/** A record of so many entries, read with leave, in a store where so many persons have ended something. */
async function gatedRead(room: Room, persons: number, entries: number): Promise<Line> {
  const { databaseUrl, dataFolder, roundTrip } = await room.scratch()
  const cases = join(room.folder, `gated-${entries}`)
  await makeWholeRecord(`${room.examples}/permitted`, join(cases, 'permitted'), entries)
  const setting: RecordSetting = { roundMs: room.quick ? 100 : 400, dataFolder, cases }
  const env = { DATABASE_URL: databaseUrl }
  const bench = `gated-read-${entries}`
  const compared = await compare(room.side('gated-record', setting, env), room.side('bare-record', setting), {
    rounds: room.quick ? 1 : 9,
    warm: room.quick ? 0 : 2,
    onRound: (round) => room.show(`${bench} of ${persons} persons: round ${round}`),
  })
  const peerName = `a record of ${entries} entries, read by the same code without leave`
  const limit = await roundTrip()
  return lineOf({ bench, peerName, unit: 'µs', better: 'less', clients: 1, persons, limit }, compared)
}

/** Rows as withdrawals leave them; the acts that they came of are left out. */
async function fillPersons(databaseUrl: string, persons: number): Promise<void> {
  await runSql(
    databaseUrl,
    `set session_replication_role = replica;
     insert into habeas.withdrawals (subject_id, withdrawal_id, act_id, at, purposes)
     select 'made-' || n, 'w', 'a', now(), '{insurance}' from generate_series(1, ${persons}) n on conflict do nothing;
     analyze habeas.withdrawals`,
  )
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
