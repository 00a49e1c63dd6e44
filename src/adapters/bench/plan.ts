import { compare } from './compare.ts'
import { lineOf } from './line.ts'
import type { PlanSetting } from './planSides.ts'
import type { Bench } from './room.ts'

/** What governing costs: the whole act against the plan alone. */
export const benchPlan: Bench = async function* (room) {
  const { databaseUrl, dataFolder, disk } = await room.scratch()
  const setting: PlanSetting = { folder: room.folder, dataFolder }
  const env = { DATABASE_URL: databaseUrl }
  const compared = await compare(room.side('plan', setting, env), room.side('plan-ungoverned', setting), {
    rounds: room.quick ? 1 : 25,
    warm: room.quick ? 0 : 5,
    onRound: (round) => room.show(`plan: round ${round}`),
  })
  yield lineOf({ bench: 'plan', peerName, unit: 'ms', better: 'less', limit: disk }, compared)
}

const peerName = 'the same plan from the same case folder, without gate, database and log'
