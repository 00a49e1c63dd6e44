import type { Policies } from '#access'
import type { Desk } from '#http'
import {
  askRelativesReview,
  type Clock,
  decideRelativesReview,
  type ProcedureWorld,
  showRelatives,
} from '#usecases'
import { capacitiesAt, inOneOf } from './main.capacities.ts'

type Parts = {
  readonly policies: Policies
  readonly clock: Clock
  /** With the law of now: asked once for each act. */
  readonly world: () => ProcedureWorld
}

export function relativesDeskFor({ policies, clock, world }: Parts): Desk['relatives'] {
  const capacities = capacitiesAt(policies, clock)
  return {
    show: (from, by) => showRelatives(world(), from, by),
    ask: (from, by, asking) => askRelativesReview(world(), from, by, asking),
    listReviews: async (caller) => {
      const all = capacities(caller, 'listRelativesReviews')
      const lists = await Promise.all(
        all.map(({ organisation }) =>
          organisation ? world().store.listRelativesReviewsAt(organisation) : [],
        ),
      )
      return { asks: all[0]?.account ?? null, reviews: lists.flat() }
    },
    decide: (caller, id, decision) =>
      inOneOf(capacities(caller, 'decideRelativesReview'), 'relatives.unknown', (by) =>
        decideRelativesReview(world(), by, id, decision),
      ),
  }
}
