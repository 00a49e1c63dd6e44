export { type Citation, citationsOf, cite } from './cite.ts'
export { type AnswerChange, type BaseComparison, compareBases } from './compareBases.ts'
export { type CompiledBase, compileNormBase } from './compiled/compileNormBase.ts'
export { explainIn, type LawLanguage, lawLanguages } from './explainIn.ts'
export { ruleOn } from './interpret.ts'
export { type LintFinding, lintNormBase } from './lint.ts'
export { loadNormBase, type NormFile } from './load.ts'
export { type MatrixRow, matrixOf } from './matrix.ts'
export type { NormBase } from './normBase.ts'
export { parseSituation, type SituationFault } from './parseSituation.ts'
export {
  type ChangedPart,
  changedParts,
  changesSince,
  type LawSince,
  type StepChange,
} from './procedure/compare.ts'
export { places } from './procedure/places.ts'
export { procedureOf } from './procedure/procedureOf.ts'
export type { Step, StepRecord, StepWork, Term } from './procedure/step.ts'
export { type PastRuling, replay } from './replay.ts'
export { type InstrumentReview, type ReviewRecord, reviewsOf } from './review.ts'
export type {
  Burden,
  ConsentDemand,
  Displacement,
  Duty,
  Finding,
  NormId,
  Prohibition,
  Ruling,
} from './ruling.ts'
export { type GivenApproval, type GivenConsent, type Situation, SituationSchema } from './situation.ts'
