import type { AccountId, Caller, Method } from '#access'
import { type Instant, instantOf, type Sha256Hex, sha256Hex, toBase64Url, utf8 } from '#kernel'
import type { Session } from './ports.ts'
import { atTheDoor, recordEvent } from './recordEvent.ts'
import type { DoorWorld } from './world.ts'

const longestMs = 12 * 3_600_000
const idleMs = 30 * 60_000
/** Seen is written no more often than this. */
const seenEveryMs = 60_000

const nobody: Caller = { kind: 'nobody' }
const hashOfToken = (token: string): Sha256Hex => sha256Hex(utf8(`habeas session ${token}`))
const after = (at: Instant, ms: number): Instant => instantOf(Date.parse(at) + ms)

/** A session with a token of its own, new at every sign-in; only its hash is kept. Undefined: the account is gone or ended. */
export const beginSession = (
  world: DoorWorld,
  account: AccountId,
  method: Method,
): Promise<{ readonly token: string; readonly expiresAt: Instant } | undefined> =>
  atTheDoor(world, async (door) => {
    const found = await door.findAccount({ id: account })
    if (found === undefined || found.disabledAt !== null) return undefined
    const token = toBase64Url(world.chance.bytes(32))
    const at = world.clock.now()
    const expiresAt = after(at, longestMs)
    await door.sweep(at)
    await door.beginSession({ hash: hashOfToken(token), account, method, begunAt: at, seenAt: at, expiresAt })
    await recordEvent(world, door, { account, kind: 'sign-in', at, method })
    return { token, expiresAt }
  })

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

const isOpen = ({ seenAt, expiresAt }: Session, now: Instant): boolean =>
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

/** Out, on every other device. */
export const endOtherSessions = (world: DoorWorld, account: AccountId, token: string): Promise<void> =>
  atTheDoor(world, async (door) => {
    await door.endSessions(account, hashOfToken(token))
    await recordEvent(world, door, { account, kind: 'sign-out', at: world.clock.now() })
  })
