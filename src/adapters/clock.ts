import { instantOf } from '#kernel'
import type { Clock } from '#usecases'

/** The machine's clock, to the millisecond. */
export const systemClock: Clock = { now: () => instantOf(Date.now()) }
