import { authorize, type Caller, type OrganisationId, type Policies } from '#access'
import type { Desk } from '#http'
import { err } from '#kernel'
import { type ActedBy, answerRecall, type Clock, type Operation, type World } from '#usecases'

type Parts = {
  readonly policies: Policies
  readonly clock: Clock
  /** With the law of now: asked once for each act. */
  readonly world: () => World
  readonly days: number
}
type Account = Extract<ActedBy, { kind: 'account' }>

/** Whoever may answer for an organisation is asked of the table of access for each that they hold a role at. */
export function recallDeskFor({ policies, clock, world, days }: Parts): Desk['recalls'] {
  const capacities = (caller: Caller, operation: Operation): readonly Account[] => {
    if (caller.kind === 'nobody') return []
    const { account, name, method } = caller
    return organisationsOf(caller).flatMap((organisation) => {
      const target = { kind: 'organisation', organisation } as const
      const capacity = authorize(policies, caller, operation, target, clock.now())
      return capacity ? [{ kind: 'account', account, name, method, ...capacity, through: null }] : []
    })
  }
  const askedOf = async ({ organisation }: Account) =>
    organisation === null ? [] : world().store.listRecallsTo(organisation)
  return {
    days,
    list: async (caller) => {
      const lists = await Promise.all(capacities(caller, 'listRecalls').map(askedOf))
      return { at: clock.now(), recalls: lists.flat() }
    },
    answer: async (caller, id, claim) => {
      for (const by of capacities(caller, 'answerRecall')) {
        const answered = await answerRecall(world(), by, id, claim)
        if (answered.ok || answered.error !== 'recall.unknown') return answered
      }
      return err('recall.unknown')
    },
  }
}

const organisationsOf = ({ holdings }: Extract<Caller, { kind: 'account' }>): readonly OrganisationId[] => [
  ...new Set(holdings.flatMap((holding) => ('organisation' in holding ? [holding.organisation] : []))),
]
