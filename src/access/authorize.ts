import type { Instant } from '#kernel'
import type { Caller } from './caller.ts'
import { type Capacity, capacitiesFor } from './capacity.ts'
import { runs } from './holding.ts'
import { type Operation, operations } from './operation.ts'
import type { Policies } from './ports.ts'
import type { Target } from './relation.ts'
import { admitsRole, isOpen, table } from './table.ts'

/** Before anything is read: could this caller ever be allowed this? */
export function mayEver(caller: Caller, operation: Operation, now: Instant): 'yes' | 'sign-in' | 'role' {
  if (isOpen(operation)) return 'yes'
  if (caller.kind === 'nobody') return 'sign-in'
  // A program must not give itself other ways in.
  // An application asks what is for applications, and nothing else; what is for them nobody else asks.
  if ((table[operation].kind === 'app') !== (caller.app !== undefined)) return caller.app ? 'role' : 'sign-in'
  if (table[operation].kind === 'signed-in') return caller.method === 'assertion' ? 'role' : 'yes'
  const roles = caller.holdings.filter((holding) => runs(holding, now)).map(({ role }) => role)
  return roles.some((role) => admitsRole(operation, role)) ? 'yes' : 'role'
}

/** All that this caller could ever be allowed: what pages offer them is made of it. */
export const operationsFor = (caller: Caller, now: Instant): readonly Operation[] =>
  operations.filter((operation) => mayEver(caller, operation, now) === 'yes')

/** The closest capacity in which this caller may call it about this target; undefined: in none. */
export function authorize(
  policies: Policies,
  caller: Caller,
  operation: Operation,
  target: Target,
  now: Instant,
): Capacity | undefined {
  if (caller.kind === 'nobody') return undefined
  return capacitiesFor(caller, target, now).find(
    ({ role, relation }) => admitsRole(operation, role) && policies.permit({ operation, role, relation }),
  )
}
