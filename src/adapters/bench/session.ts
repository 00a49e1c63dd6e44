import { compare } from './compare.ts'
import { lineOf } from './line.ts'
import type { Bench } from './room.ts'

/** What it costs to know who asks: a read over HTTP by somebody who has signed in, against the same read by anybody. */
export const benchSession: Bench = async function* (room) {
  const { databaseUrl, dataFolder, roundTrip } = await room.scratch()
  const setting = { roundMs: room.quick ? 100 : 1000, dataFolder }
  const env = { DATABASE_URL: databaseUrl }
  const compared = await compare(room.side('signed-in', setting, env), room.side('open-read', setting), {
    rounds: room.quick ? 1 : 9,
    warm: room.quick ? 0 : 2,
    onRound: (round) => room.show(`session: round ${round}`),
  })
  const peerName = 'the same case over HTTP from the same library, without session, roles or relation'
  yield lineOf(
    { bench: 'session', peerName, unit: 'µs', better: 'less', clients: 1, limit: await roundTrip() },
    compared,
  )
}
