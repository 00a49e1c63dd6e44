import type { Operation } from './operation.ts'
import type { Relation } from './relation.ts'
import type { Role } from './role.ts'

/** May somebody in this role, who stands so to what it is about, call this? */
export type AccessQuestion = {
  readonly operation: Operation
  readonly role: Role
  readonly relation: Relation
}

/** The policies in force. An error in one of them denies. */
export interface Policies {
  permit(question: AccessQuestion): boolean
}
