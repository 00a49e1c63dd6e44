export { type Decision, decide, type Question, type Standing } from './decide.ts'
export type { Denial, Reason } from './denial.ts'
export { type GovernedAct, type Ground, type OpenDuty, type Permit, requirePermit } from './permit.ts'
