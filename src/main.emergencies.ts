import type { Policies } from '#access'
import type { Desk } from '#http'
import {
  type CasePorts,
  type Clock,
  type EmergencyTerms,
  emergencyStandingOf,
  endEmergency,
  lookInEmergency,
  openEmergency,
  reviewEmergency,
} from '#usecases'
import { capacitiesAt, inOneOf } from './main.capacities.ts'

type Parts = {
  readonly policies: Policies
  readonly clock: Clock
  /** With the law of now: asked once for each act. */
  readonly world: () => CasePorts
  readonly terms: EmergencyTerms
}

export function emergencyDeskFor({ policies, clock, world, terms }: Parts): Desk['emergencies'] {
  const capacities = capacitiesAt(policies, clock)
  return {
    open: (from, by, opening) => openEmergency(world(), from, by, opening, terms),
    look: (from, by, id, part) => lookInEmergency(world(), from, by, id, part),
    end: (from, by, id) => endEmergency(world(), from, by, id),
    listOpen: async (caller) => {
      const [first] = capacities(caller, 'listOpenEmergencies')
      const mine = first ? await world().store.listEmergenciesOf(first.account) : []
      const at = clock.now()
      const open = mine.filter((one) => emergencyStandingOf(one, one.events, at).endedAt === null)
      return { at, asks: first?.account ?? null, emergencies: open }
    },
    listReviews: async (caller) => {
      const all = capacities(caller, 'listEmergencyReviews')
      const lists = await Promise.all(
        all.map(({ organisation }) => (organisation ? world().store.listEmergenciesAt(organisation) : [])),
      )
      return { at: clock.now(), asks: all[0]?.account ?? null, emergencies: lists.flat() }
    },
    review: (caller, id, review) =>
      inOneOf(capacities(caller, 'reviewEmergency'), 'emergency.unknown', (by) =>
        reviewEmergency(world(), by, id, review),
      ),
  }
}
