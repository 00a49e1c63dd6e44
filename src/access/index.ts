export { authorize, mayEver, operationsFor } from './authorize.ts'
export { type AppGrant, type Caller, type Method, methods } from './caller.ts'
export type { Capacity } from './capacity.ts'
export {
  type AccountId,
  type Care,
  type Holding,
  type KinPapers,
  type Kinship,
  kinships,
  type OrganisationId,
  type PaperKind,
  type Papers,
  paperKinds,
  runs,
} from './holding.ts'
export { type Failures, oneMore, secondsLocked } from './lockout.ts'
export { isOperation, type Operation, operations } from './operation.ts'
export type { AccessQuestion, Policies } from './ports.ts'
export { type Relation, relations, type Target } from './relation.ts'
export { type Role, roles } from './role.ts'
export {
  isResourceType,
  type ResourceType,
  recordScopes,
  resourceTypes,
  scopesAllow,
} from './scope.ts'
export { isOpen, type Rule, table } from './table.ts'
