import { compare } from './compare.ts'
import { lineOf } from './line.ts'
import type { Bench } from './room.ts'
import type { RulingSetting } from './rulingSides.ts'

const peers = {
  'ruling-json-logic':
    'json-logic-js: the conditions of all norms in force, true or false (no unknowns, conflicts, coverage of consents, citations)',
  'ruling-cedar':
    'cedar-wasm, preparsed: the conditions of all norms, true or false; facts and lists are worked out beforehand',
} as const

/** What the law says, by the engine at the gate, against the same conditions in general rule engines. */
export const benchRuling: Bench = async function* (room) {
  for (const [persons, share] of [
    [1, 0.5],
    [room.quick ? 100 : 10_000, 0.5],
    [room.quick ? 100 : 10_000, 0.99],
  ] as const)
    for (const peer of ['ruling-json-logic', 'ruling-cedar'] as const) {
      const setting: RulingSetting = { roundMs: room.quick ? 40 : 400, persons, share }
      const compared = await compare(room.side('ruling', setting), room.side(peer, setting), {
        rounds: room.quick ? 1 : 7,
        warm: room.quick ? 0 : 2,
        onRound: (round) => room.show(`ruling: ${persons} persons, round ${round}`),
      })
      const bench = share === 0.5 ? 'ruling' : 'ruling-p99'
      const limit = `processor only; ${share === 0.5 ? 'median' : '99th percentile'} of decisions on ${persons} persons, whose cells are known`
      yield lineOf({ bench, peerName: peers[peer], unit: 'µs', better: 'less', limit }, compared)
    }
}
