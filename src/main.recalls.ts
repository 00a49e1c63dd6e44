import type { Policies } from '#access'
import type { Desk } from '#http'
import { answerRecall, type ByAccount, type Clock, type World } from '#usecases'
import { capacitiesAt, inOneOf } from './main.capacities.ts'

type Parts = {
  readonly policies: Policies
  readonly clock: Clock
  /** With the law of now: asked once for each act. */
  readonly world: () => World
  readonly days: number
}
export function recallDeskFor({ policies, clock, world, days }: Parts): Desk['recalls'] {
  const capacities = capacitiesAt(policies, clock)
  const askedOf = async ({ organisation }: ByAccount) =>
    organisation === null ? [] : world().store.listRecallsTo(organisation)
  return {
    days,
    list: async (caller) => {
      const lists = await Promise.all(capacities(caller, 'listRecalls').map(askedOf))
      return { at: clock.now(), recalls: lists.flat() }
    },
    answer: (caller, id, claim) =>
      inOneOf(capacities(caller, 'answerRecall'), 'recall.unknown', (by) =>
        answerRecall(world(), by, id, claim),
      ),
  }
}
