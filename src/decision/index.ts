export type { GovernedAct, Ground, OpenDuty, Permit } from './permit.ts'
export { requirePermit } from './permit.ts'
