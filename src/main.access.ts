import { isOpen, mayEver, operationsFor } from '#access'
import type { Desk } from '#http'
import type { Clock } from '#usecases'

/** The table of access, before it is known whom something is about. */
export const accessAt = (clock: Clock): Desk['access'] => ({
  isOpen,
  mayEver: (caller, operation) => mayEver(caller, operation, clock.now()),
  operationsFor: (caller) => operationsFor(caller, clock.now()),
})
