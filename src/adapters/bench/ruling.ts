import { type Compared, compareEach } from './compare.ts'
import { type Line, lineOf } from './line.ts'
import type { Bench, Room } from './room.ts'
import type { RulingFigures, RulingSetting } from './rulingSides.ts'

const peers = {
  'ruling-json-logic':
    'json-logic-js: the conditions of all norms in force, true or false (no unknowns, conflicts, coverage of consents, citations)',
  'ruling-cedar':
    'cedar-wasm, preparsed: the conditions of all norms, true or false; facts and lists are worked out beforehand',
} as const

const names = Object.keys(peers) as (keyof typeof peers)[]

/** What the law says, by the engine at the gate, against the same conditions in general rule engines. */
export const benchRuling: Bench = async function* (room) {
  for (const persons of room.quick ? [1, 100, 1_000] : [1, 10_000, 1_000_000]) {
    // The peers remember nothing, so that more persons would tell no more of them.
    const sample = Math.min(persons, room.quick ? 100 : 2_000)
    const compared = await compareAll(room, persons, sample)
    for (const [index, name] of names.entries())
      yield* linesOf(compared[index]!, peers[name], persons, sample)
  }
}

function compareAll(room: Room, persons: number, sample: number) {
  const roundMs = room.quick ? 40 : 400
  const side = (name: string, persons: number) =>
    room.side<RulingFigures>(name, { roundMs, persons } satisfies RulingSetting)
  return compareEach(
    side('ruling', persons),
    names.map((name) => side(name, sample)),
    {
      rounds: room.quick ? 1 : 7,
      warm: room.quick ? 0 : 2,
      onRound: (round) => room.show(`ruling: ${persons} persons, round ${round}`),
    },
  )
}

function* linesOf(
  compared: readonly Compared[],
  peerName: string,
  persons: number,
  peerPersons: number,
): Generator<Line> {
  const [p50, p99, perSecond, first] = compared as readonly [Compared, Compared, Compared, Compared]
  const sample = persons > peerPersons ? `; the peer on ${peerPersons} of them` : ''
  const limit = (what: string) => `processor only; ${what} on ${persons} persons${sample}`
  const known = 'whose cells are known'
  const time = { peerName, unit: 'µs', better: 'less' } as const
  const rate = { peerName, unit: 'decisions/s', better: 'more' } as const
  yield lineOf({ bench: 'ruling', ...time, persons, limit: `${limit('median of decisions')}, ${known}` }, p50)
  yield lineOf(
    { bench: 'ruling-p99', ...time, persons, limit: `${limit('99th percentile of decisions')}, ${known}` },
    p99,
  )
  yield lineOf(
    { bench: 'ruling-rate', ...rate, persons, limit: `${limit('one after another')}, ${known}` },
    perSecond,
  )
  if (persons > 1)
    yield lineOf(
      {
        bench: 'ruling-first',
        ...rate,
        persons,
        limit: `${limit('one after another')}, each met for the first time`,
      },
      first,
    )
}
