import type { Failures } from '#access'
import type { VerifierKey } from '#evidence'
import type { Chance, Clock } from '../world.ts'
import type { DoorStore } from './ports.ts'

/** Names that nobody has are counted too, so that an answer never tells which names there are. */
export interface Strangers {
  read(signInName: string): Failures | undefined
  write(signInName: string, failures: Failures): void
}

/** What the use cases of the door need of the world. */
export type DoorWorld = {
  readonly store: {
    readonly door: DoorStore
    readonly logKey: VerifierKey
    publish(): Promise<unknown>
  }
  readonly clock: Clock
  readonly chance: Chance
}
