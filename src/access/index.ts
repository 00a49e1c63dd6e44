export { type Caller, type Method, methods } from './caller.ts'
export { type AccountId, type Care, type Holding, type OrganisationId, runs } from './holding.ts'
export { type Relation, relations, type Target } from './relation.ts'
export { type Role, roles } from './role.ts'
