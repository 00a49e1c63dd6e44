import type { AccountId, Method } from '#access'
import { commit, leafBytes, openingBytes } from '#evidence'
import { FaultError, type Instant } from '#kernel'
import type { Inputs } from '../act.ts'
import type { EntryId } from '../entry.ts'
import { logDigests } from '../receipt.ts'
import type { DoorEventKind, DoorTransaction } from './ports.ts'
import type { DoorWorld } from './world.ts'

type Happened = {
  readonly account: AccountId | null
  readonly kind: DoorEventKind
  readonly at: Instant
  readonly method?: Method | undefined
  /** What it was about, by name and digest, and what it rests on. */
  readonly about?: { readonly inputs: Inputs; readonly because: string } | undefined
}

/** Puts on record, and into the log, what happened at the door; in the transaction in which it happens. */
export function recordEvent(world: DoorWorld, door: DoorTransaction, happened: Happened): Promise<void> {
  const { account, kind, at, method = null, about } = happened
  const id = world.chance.id()
  const salt = world.chance.bytes(32)
  const digests = logDigests(world.store.logKey)
  const payload = {
    account,
    at,
    event: id,
    inputs: about?.inputs ?? {},
    kind,
    method,
    outputs: {},
    ...(about && { because: about.because }),
    ...digests,
  }
  const entry = {
    id: world.chance.id() as EntryId,
    leaf: leafBytes({ at, kind, commitment: commit(salt, payload) }),
    opening: openingBytes({ payload, salt }),
  }
  return door.recordEvent({ id, account, kind, at, method, entry })
}

/** Work at the door; what it put on record is published afterwards, at the latest with whatever comes next. */
export async function atTheDoor<T>(
  world: DoorWorld,
  work: (door: DoorTransaction) => Promise<T>,
): Promise<T> {
  const done = await world.store.door.open(work)
  await world.store.publish().catch((error: unknown) => {
    if (!(error instanceof FaultError)) throw error
  })
  return done
}
