import type { AccountId, Caller, Method } from '#access'
import { type Instant, instantOf, type Sha256Hex, sha256Hex, toBase64Url, utf8 } from '#kernel'
import type { DoorTransaction, Session } from './ports.ts'
import { atTheDoor, recordEvent } from './recordEvent.ts'
import type { DoorWorld } from './world.ts'

const longestMs = 12 * 3_600_000
const idleMs = 30 * 60_000
/** Seen is written no more often than this. */
const seenEveryMs = 60_000
/** So many devices somebody may well have; whoever signs in on one more is let in, and the one least lately used is out (decision 0039). */
export const mostAtOnce = 5

const nobody: Caller = { kind: 'nobody' }
export const hashOfToken = (token: string): Sha256Hex => sha256Hex(utf8(`habeas session ${token}`))
export const after = (at: Instant, ms: number): Instant => instantOf(Date.parse(at) + ms)

/** By what a session is named to its owner and in the log: neither its token nor what is kept of that follows from it. */
export const handleOf = ({ hash }: Pick<Session, 'hash'>): Sha256Hex =>
  sha256Hex(utf8(`habeas session handle ${hash}`))

/**
 * A session with a token of its own, new at every sign-in; only its hash is kept. The one that the browser had before ends.
 * Undefined: the account is gone or ended.
 */
export const beginSession = (
  world: DoorWorld,
  account: AccountId,
  method: Method,
  before?: string,
): Promise<{ readonly token: string; readonly expiresAt: Instant } | undefined> =>
  atTheDoor(world, async (door) => {
    const found = await door.findAccount({ id: account })
    if (found === undefined || found.disabledAt !== null) return undefined
    const token = toBase64Url(world.chance.bytes(32))
    const at = world.clock.now()
    const expiresAt = after(at, longestMs)
    await door.sweep(at)
    if (before !== undefined) await endReplaced(world, door, before)
    await makeRoom(world, door, account)
    await door.beginSession({ hash: hashOfToken(token), account, method, begunAt: at, seenAt: at, expiresAt })
    await recordEvent(world, door, { account, kind: 'sign-in', at, method })
    return { token, expiresAt }
  })

async function endReplaced(world: DoorWorld, door: DoorTransaction, token: string): Promise<void> {
  const found = await door.findSession(hashOfToken(token))
  if (found !== undefined) await endRecorded(world, door, found.session, 'replaced')
}

/** Whoever began most at the same time waits here, so that there are never more. */
async function makeRoom(world: DoorWorld, door: DoorTransaction, account: AccountId): Promise<void> {
  await door.holdAccount(account)
  const now = world.clock.now()
  const open = (await door.listSessions(account)).filter((session) => isOpen(session, now))
  for (const session of open.slice(mostAtOnce - 1)) await endRecorded(world, door, session, 'too-many')
}

/** Ended otherwise than at its own browser: which, by its handle, and why. */
export async function endRecorded(
  world: DoorWorld,
  door: DoorTransaction,
  session: Session,
  because: 'own-choice' | 'replaced' | 'too-many',
): Promise<void> {
  await door.endSession(session.hash)
  const { account, method } = session
  const about = { inputs: { session: handleOf(session) }, because }
  await recordEvent(world, door, { account, kind: 'session-ended', at: world.clock.now(), method, about })
}

/** Who it is whose session this token opens; at most 12 h, and 30 min after they were last seen. */
export async function identify({ store, clock }: DoorWorld, token: string): Promise<Caller> {
  const hash = hashOfToken(token)
  const found = await store.door.look((door) => door.findSession(hash))
  if (found === undefined) return nobody
  const now = clock.now()
  const { account, session } = found
  if (account.disabledAt !== null || !isOpen(session, now)) {
    await store.door.open((door) => door.endSession(hash))
    return nobody
  }
  if (after(session.seenAt, seenEveryMs) <= now) await store.door.open((door) => door.seeSession(hash, now))
  const { id, name, holdings } = account
  return { kind: 'account', account: id, name, method: session.method, holdings }
}

export const isOpen = ({ seenAt, expiresAt }: Session, now: Instant): boolean =>
  now < expiresAt && now < after(seenAt, idleMs)

/** Out, on this device; a token that opens nothing ends nothing. */
export const endSession = (world: DoorWorld, token: string): Promise<void> =>
  atTheDoor(world, async (door) => {
    const hash = hashOfToken(token)
    const found = await door.findSession(hash)
    if (found === undefined) return
    await door.endSession(hash)
    const { account, method } = found.session
    await recordEvent(world, door, { account, kind: 'sign-out', at: world.clock.now(), method })
  })
