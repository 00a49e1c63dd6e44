import { govern, operator } from '#usecases'
import { openStore } from '../postgres/openStore.ts'
import { compare } from './compare.ts'
import { lineOf } from './line.ts'
import type { LogSetting } from './logSides.ts'
import { given, readPermittedCase } from './parts.ts'
import type { Bench, Room } from './room.ts'
import { runSql } from './scratch.ts'

const clientCounts = [1, 8, 32]
const plainTable =
  'create table if not exists plain_entries (id uuid primary key, leaf bytea not null, opening bytea not null)'

const benchLog = (name: 'log' | 'log-append'): Bench =>
  async function* (room) {
    const { databaseUrl, dataFolder, disk } = await room.scratch()
    room.show(`${name}: one act first`)
    const entry = await entryOfOneAct(room)
    const env = { DATABASE_URL: databaseUrl }
    for (const clients of clientCounts) {
      const setting: LogSetting = { clients, roundMs: room.quick ? 150 : 800, dataFolder, ...entry }
      const compared = await compare(room.side(name, setting, env), room.side('plain-insert', setting, env), {
        rounds: room.quick ? 1 : 4,
        warm: 1,
        onRound: (round) => room.show(`${name}: ${clients} clients, round ${round}`),
      })
      yield lineOf(
        {
          bench: name,
          peerName,
          unit: 'entries/s',
          better: 'more',
          clients,
          limit: `${disk}; ${connections}`,
        },
        compared,
      )
    }
  }

const connections = 'ours over its pool of at most 10 connections, the peer over one per client'
const peerName = 'plain single-row inserts in the same PostgreSQL'
export const benchAppend = benchLog('log-append')
export const benchActs = benchLog('log')

/** Makes the store, the peer's table, and one act through the door, whose entry both sides then write. */
async function entryOfOneAct(room: Room): Promise<Pick<LogSetting, 'leaf' | 'opening'>> {
  const { databaseUrl, dataFolder } = await room.scratch()
  const [ports, store] = [await room.ports(), given(await openStore({ databaseUrl, dataFolder }))]
  try {
    const from = await readPermittedCase(ports, room.examples)
    const { subject, actor, situation } = from.value
    const governed = await govern(
      { ...ports, store },
      {
        kind: 'plan',
        subject: subject.id,
        actor: actor.name,
        by: operator,
        situation,
        under: 'house-rules',
        death: null,
        hold: 'shared',
        needs: [],
        inputs: { [from.file]: from.sha256 },
      },
      async () => ({ value: null, outputs: new Map(), inputs: {} }),
    )
    await runSql(databaseUrl, plainTable)
    const base64 = (file: string) => Buffer.from(governed.receipt.files.get(file)!).toString('base64')
    return { leaf: base64('leaf.bin'), opening: base64('opening.json') }
  } finally {
    await store.close()
  }
}
