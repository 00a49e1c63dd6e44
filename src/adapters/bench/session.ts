import { join } from 'node:path'
import { compare } from './compare.ts'
import { type Line, lineOf } from './line.ts'
import type { Bench, Room } from './room.ts'
import { makeWholeRecord } from './wholeRecord.ts'

/** What it costs over HTTP to know who asks and, where a record is read, to decide, to keep it in the log and to give a receipt. */
export const benchSession: Bench = async function* (room) {
  yield await comparedAt(room, {
    bench: 'session',
    sides: ['signed-in', 'open-read'],
    cases: room.examples,
    peerName: 'the same case at the same address of the same server, without session, roles or relation',
  })
  yield* governedReads(room)
}

/** Entries of a record: the example's own, and what some years and a whole life of care may leave. */
const sizes = [10, 1_000, 10_000]

/** A read of a record by somebody who has signed in, decided by the gate and kept in the log, against the bare read. */
async function* governedReads(room: Room): AsyncGenerator<Line> {
  for (const entries of room.quick ? sizes.slice(0, 1) : sizes) {
    const cases = join(room.folder, `record-${entries}`)
    await makeWholeRecord(`${room.examples}/permitted`, join(cases, 'permitted'), entries)
    const peerName = `the same observations of a record of ${entries} entries from the same server: nobody asked, nothing decided or kept`
    const sides = ['governed-record', 'open-record'] as const
    yield await comparedAt(room, { bench: `governed-read-${entries}`, sides, cases, peerName })
  }
}

type Compared = {
  readonly bench: string
  readonly sides: readonly [ours: string, peer: string]
  readonly cases: string
  readonly peerName: string
}

async function comparedAt(room: Room, { bench, sides, cases, peerName }: Compared): Promise<Line> {
  const { databaseUrl, dataFolder, roundTrip } = await room.scratch()
  const setting = { roundMs: room.quick ? 100 : 1000, dataFolder, cases }
  const env = { DATABASE_URL: databaseUrl }
  const compared = await compare(room.side(sides[0], setting, env), room.side(sides[1], setting, env), {
    rounds: room.quick ? 1 : 9,
    warm: room.quick ? 0 : 2,
    onRound: (round) => room.show(`${bench}: round ${round}`),
  })
  return lineOf(
    { bench, peerName, unit: 'µs', better: 'less', clients: 1, limit: await roundTrip() },
    compared,
  )
}
