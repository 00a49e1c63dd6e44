import type { OrganisationId } from '#access'
import type { Instant } from '#kernel'
import type { Ruling, Situation } from '#law'
import type { Store } from './ports.ts'

/** What time it is. */
export interface Clock {
  now(): Instant
}

/** Chance from the system's generator. */
export interface Chance {
  /** A fresh random id (UUID). */
  id(): string
  bytes(length: number): Uint8Array
}

/** The norms that are in use, and what they say of a situation. `sha256` names the base for replay. */
export type Lawbook = { readonly sha256: string; readonly rule: (situation: Situation) => Ruling }

/** What `govern` needs of the world. */
export type World = {
  readonly store: Store
  readonly lawbook: Lawbook
  /** Whose rules are asked; null: whoever runs the program beside the data, for whom no hospital has laid down any. */
  readonly house: OrganisationId | null
  readonly clock: Clock
  readonly chance: Chance
}
