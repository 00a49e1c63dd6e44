import type { Policies } from '#access'
import type { Desk } from '#http'
import { err } from '#kernel'
import { type ActedBy, answerRecall, type Clock, type World } from '#usecases'
import { capacitiesAt } from './main.capacities.ts'

type Parts = {
  readonly policies: Policies
  readonly clock: Clock
  /** With the law of now: asked once for each act. */
  readonly world: () => World
  readonly days: number
}
type Account = Extract<ActedBy, { kind: 'account' }>

export function recallDeskFor({ policies, clock, world, days }: Parts): Desk['recalls'] {
  const capacities = capacitiesAt(policies, clock)
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
