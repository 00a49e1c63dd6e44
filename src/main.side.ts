import {
  bareReadSide,
  bareRecordSide,
  gatedRecordSide,
  governedReadSide,
} from './adapters/bench/consentSides.ts'
import { decisionSide, ifChainSide } from './adapters/bench/decisionSides.ts'
import { actSide, appendSide, plainInsertSide } from './adapters/bench/logSides.ts'
import { given, type MakeSide, type Parts } from './adapters/bench/parts.ts'
import { governedPlanSide, ungovernedPlanSide } from './adapters/bench/planSides.ts'
import { cedarSide, jsonLogicSide, rulingSide } from './adapters/bench/rulingSides.ts'
import { serveSide } from './adapters/bench/sideProcess.ts'
import { inProgram, openStoreAt, readPlanPorts } from './main.parts.ts'
import { governedRecordSide, openReadSide, openRecordSide, signedInSide } from './main.sessionSide.ts'

/** One side of a bench as a process of its own: `main.side NAME SETTING`, started and asked by `habeas bench`. */
const sides: Readonly<Record<string, MakeSide<never, unknown>>> = {
  'log-append': appendSide,
  log: actSide,
  'plain-insert': plainInsertSide,
  plan: governedPlanSide,
  'plan-ungoverned': ungovernedPlanSide,
  consent: governedReadSide,
  'bare-read': bareReadSide,
  'gated-record': gatedRecordSide,
  'bare-record': bareRecordSide,
  'signed-in': signedInSide,
  'open-read': openReadSide,
  'governed-record': governedRecordSide,
  'open-record': openRecordSide,
  decision: decisionSide,
  'decision-if-chain': ifChainSide,
  ruling: rulingSide,
  'ruling-cedar': cedarSide,
  'ruling-json-logic': jsonLogicSide,
}

const parts: Parts = {
  examples: inProgram('examples'),
  ports: async () => given(await readPlanPorts()),
  norms: async () => {
    const { readNormBase } = await import('./adapters/norms/readNorms.ts')
    return given(await readNormBase(inProgram('knowledge', 'law')))
  },
  store: async (data) => given(await openStoreAt({ data }, () => {})),
}

const [name = '', setting = '{}'] = process.argv.slice(2)
serveSide(() => sides[name]!(JSON.parse(setting) as never, parts))
