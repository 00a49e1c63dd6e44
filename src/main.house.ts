import { authorize, type OrganisationId, type Policies } from '#access'
import type { Desk } from '#http'
import {
  type Chance,
  type Clock,
  confirmRule,
  endRule,
  listHouseRules,
  proposeRule,
  type Store,
} from '#usecases'

type Parts = {
  readonly policies: Policies
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  readonly organisation: OrganisationId | null
}

/** The rules of the hospital that a server is for, and who may do what with them. */
export function houseDeskFor({ policies, organisation, ...world }: Parts): Desk['house'] {
  if (organisation === null) return { enter: () => undefined, notice: async () => undefined }
  const list = () => listHouseRules(world, organisation)
  return {
    notice: async () => ({ organisation, rules: await list() }),
    enter: (caller, operation) => {
      if (caller.kind === 'nobody') return undefined
      const target = { kind: 'organisation', organisation } as const
      if (!authorize(policies, caller, operation, target, world.clock.now())) return undefined
      const { account, name, method } = caller
      const steward = { account, name, method, organisation }
      return {
        organisation,
        list,
        propose: (proposal) => proposeRule(world, steward, proposal),
        confirm: (id, because) => confirmRule(world, steward, id, because),
        end: (id, because) => endRule(world, steward, id, because),
        isOwn: ({ proposed }) => proposed.account === account,
      }
    },
  }
}
