import { authorize, type Caller, type OrganisationId, type Policies } from '#access'
import { err, type Result } from '#kernel'
import type { ByAccount, Clock, Operation } from '#usecases'

/** In which capacity a caller may do something for an organisation: asked of the table of access for each that they hold a role at. */
export const capacitiesAt =
  (policies: Policies, clock: Clock) =>
  (caller: Caller, operation: Operation): readonly ByAccount[] => {
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

/** Done in the first of these capacities at which what is asked about is known. */
export async function inOneOf<T, Code extends string>(
  capacities: readonly ByAccount[],
  unknown: Code,
  work: (by: ByAccount) => Promise<Result<T, Code>>,
): Promise<Result<T, Code>> {
  for (const by of capacities) {
    const done = await work(by)
    if (done.ok || done.error !== unknown) return done
  }
  return err(unknown)
}
