export {
  type AssessedApproval,
  assessmentsFor,
  type Comparison,
  compareUse,
  type Gap,
  ownAssessments,
  type PlannedUse,
} from './compare.ts'
export {
  type Content,
  type ContentKind,
  type ContentOf,
  contentKinds,
  type FormItem,
  HouseRuleContent,
} from './content.ts'
export { afterDeathItem, incoherenceOf, isOfRelativesAfterDeath } from './form.ts'
export { narrows } from './narrows.ts'
export { readingLevelOf } from './readingLevel.ts'
export {
  type HouseRule,
  ofKind,
  type RuleId,
  type RuleInForce,
  type RuleState,
  type Signed,
  type StandingRule,
  stateOf,
} from './rule.ts'
