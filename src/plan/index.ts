/** What follows for this person: drugs ranked with reasons, by the tables of knowledge/ and the rules of actions.md. */
export { isAction, type Level } from './action.ts'
export { reasonKinds, type Source, type Statement } from './finding.ts'
export type {
  ConditionEntry,
  ConditionRow,
  DrugEntry,
  ExposureRow,
  GuidanceRow,
  Indication,
  Modifier,
  OrganRow,
  Pair,
  PlanKnowledge,
} from './knowledge.ts'
export { makePlan } from './makePlan.ts'
export type { Because, Plan, PlanGene, PlanMedication, PlanMissing, PlanWarning } from './plan.ts'
