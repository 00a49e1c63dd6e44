import type { StoreChoice } from '#cli'
import type { Fault, Result } from '#kernel'
import type { DoorWorld } from '#usecases'
import { withStore } from './main.parts.ts'

type Show = (text: string) => void

/** Opens the store for one piece of work at the door. */
export const atDoor = async <T>(
  choice: StoreChoice,
  show: Show,
  work: (world: DoorWorld) => Promise<Result<T, Fault>>,
): Promise<Result<T, Fault>> => {
  const [{ systemClock: clock }, { systemChance: chance }] = await Promise.all([
    import('./adapters/clock.ts'),
    import('./adapters/chance.ts'),
  ])
  return withStore(choice, show, (store) => work({ store, clock, chance }))
}
