import { join } from 'node:path'
import { compare } from './compare.ts'
import { lineOf } from './line.ts'
import type { PlanSetting } from './planSides.ts'
import type { Bench } from './room.ts'
import { makeWholeCase } from './wholeCase.ts'

/** What governing costs: the whole act against the plan alone, with a sequencer's genome and with a panel of 300 positions. */
export const benchPlan: Bench = async function* (room) {
  const { databaseUrl, dataFolder, disk } = await room.scratch()
  const panel = join(room.examples, 'permitted')
  room.show('plan: making a genome')
  const whole = await makeWholeCase(panel, join(room.folder, 'whole'), room.quick ? 20_000 : 600_000)
  const env = { DATABASE_URL: databaseUrl }
  for (const [bench, caseFolder, rounds] of [
    ['plan', whole, 7],
    ['plan-panel', panel, 25],
  ] as const) {
    const setting: PlanSetting = { caseFolder, folder: room.folder, dataFolder }
    const compared = await compare(room.side('plan', setting, env), room.side('plan-ungoverned', setting), {
      rounds: room.quick ? 1 : rounds,
      warm: room.quick ? 0 : 2,
      onRound: (round) => room.show(`${bench}: round ${round}`),
    })
    yield lineOf({ bench, peerName, unit: 'ms', better: 'less', limit: disk }, compared)
  }
}

const peerName = 'the same plan from the same case folder, without gate, database and log'
