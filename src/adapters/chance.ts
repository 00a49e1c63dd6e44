import { randomBytes, randomUUID } from 'node:crypto'
import type { Chance } from '#usecases'

/** The operating system's generator. Plain arrays: a Buffer's `slice` shares its pool's memory. */
export const systemChance: Chance = {
  id: () => randomUUID(),
  bytes: (length) => Uint8Array.from(randomBytes(length)),
}
