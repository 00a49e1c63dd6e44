import type { Day } from '#kernel'

/** Where a fact was read: resource and path, and the day it is of. */
export type Origin = { readonly from: string; readonly on: Day | null }
