import { authorize, type Caller, type OrganisationId, type Policies } from '#access'
import type { ActedBy, Clock, Operation } from '#usecases'

type Account = Extract<ActedBy, { kind: 'account' }>

/** In which capacity a caller may do something for an organisation: asked of the table of access for each that they hold a role at. */
export const capacitiesAt =
  (policies: Policies, clock: Clock) =>
  (caller: Caller, operation: Operation): readonly Account[] => {
    if (caller.kind === 'nobody') return []
    const { account, name, method } = caller
    return organisationsOf(caller).flatMap((organisation) => {
      const target = { kind: 'organisation', organisation } as const
      const capacity = authorize(policies, caller, operation, target, clock.now())
      return capacity ? [{ kind: 'account', account, name, method, ...capacity, through: null }] : []
    })
  }

const organisationsOf = ({ holdings }: Extract<Caller, { kind: 'account' }>): readonly OrganisationId[] => [
  ...new Set(holdings.flatMap((holding) => ('organisation' in holding ? [holding.organisation] : []))),
]
