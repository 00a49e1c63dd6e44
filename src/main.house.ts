import { authorize, type OrganisationId, type Policies } from '#access'
import type { Desk } from '#http'
import {
  type Chance,
  type Clock,
  confirmRule,
  endRule,
  type Lawbook,
  listHouseRules,
  listStandingRules,
  proposeRule,
  type Store,
} from '#usecases'

type Parts = {
  readonly policies: Policies
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  /** The law of now: a later base counts at once. */
  readonly law: { readonly current: Lawbook }
  readonly organisation: OrganisationId | null
}

/** The rules of the hospital that a server is for, and who may do what with them. */
export function houseDeskFor({ policies, organisation, law, ...parts }: Parts): Desk['house'] {
  if (organisation === null) return { enter: () => undefined, notice: async () => undefined }
  const list = () => listHouseRules(parts, organisation)
  return {
    notice: async () => ({ organisation, rules: await listStandingRules(parts, organisation) }),
    enter: (caller, operation) => {
      if (caller.kind === 'nobody') return undefined
      const target = { kind: 'organisation', organisation } as const
      if (!authorize(policies, caller, operation, target, parts.clock.now())) return undefined
      const { account, name, method } = caller
      const world = { ...parts, lawbook: law.current }
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
