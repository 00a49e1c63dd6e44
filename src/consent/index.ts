export {
  type Agreement,
  type AgreementEvent,
  AgreementShape,
  type AgreementState,
  agreementStates,
  type Party,
  reconsentTriggers,
  type Signer,
} from './agreement/agreement.ts'
export { type Duo, duoOf } from './agreement/duo.ts'
export { type Outward, type OutwardRule, outwardOf, overlaps, stateOf } from './agreement/outward.ts'
export { type DataUseMatch, matchDataUses } from './dataUse.ts'
export { decideOutside } from './decideOutside.ts'
export type * from './outside.ts'
export { type PersonalRefusal, type PersonalWishes, refusalOf } from './refusal.ts'
export { readShape } from './shape.ts'
export { type ActMoment, applyWithdrawals, type GivenConsent, type Withdrawal } from './standing.ts'
