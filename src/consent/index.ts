export { type PersonalRefusal, type PersonalWishes, refusalOf } from './refusal.ts'
export { type ActMoment, applyWithdrawals, type GivenConsent, type Withdrawal } from './standing.ts'
