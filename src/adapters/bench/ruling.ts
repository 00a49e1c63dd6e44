import { compare } from './compare.ts'
import { lineOf } from './line.ts'
import type { Bench } from './room.ts'
import type { PureSetting } from './rulingSides.ts'

/** What the law says of the example situations, against the same conditions in a general rule engine. */
export const benchRuling: Bench = async function* (room) {
  const setting: PureSetting = { roundMs: room.quick ? 40 : 250 }
  const compared = await compare(room.side('ruling', setting), room.side('ruling-json-logic', setting), {
    rounds: room.quick ? 1 : 9,
    warm: room.quick ? 0 : 2,
    onRound: (round) => room.show(`ruling: round ${round}`),
  })
  yield lineOf({ bench: 'ruling', peerName, unit: 'µs', better: 'less', limit }, compared)
}

const peerName =
  'json-logic-js: the conditions of all norms in force, true or false (no unknowns, conflicts, coverage of consents, citations)'
const limit = 'processor only; per situation, mean of the example cases'
