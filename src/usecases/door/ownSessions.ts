import type { AccountId, Method } from '#access'
import { err, type Instant, ok, type Result, type Sha256Hex } from '#kernel'
import type { DoorTransaction, Session } from './ports.ts'
import { atTheDoor } from './recordEvent.ts'
import { after, endRecorded, handleOf, hashOfToken, isOpen } from './session.ts'
import type { DoorWorld } from './world.ts'

/** For how long after a sign-in nobody is asked who they are once more. */
const freshMs = 10 * 60_000

/** They are signed in, but too long since to change how their account is entered. */
export type NotFresh = { readonly code: 'sign-in.again' }
const notFresh: NotFresh = { code: 'sign-in.again' }

const isFreshAt = ({ begunAt }: Session, now: Instant): boolean => now < after(begunAt, freshMs)

/** Has whoever brings this token signed in a moment ago? */
export async function isFresh({ store, clock }: DoorWorld, token: string): Promise<boolean> {
  const found = await store.door.look((door) => door.findSession(hashOfToken(token)))
  return found !== undefined && isFreshAt(found.session, clock.now())
}

/** What changes how an account is entered needs a sign-in of a moment ago: an open browser that somebody finds is not enough. */
export const whenFresh = <T>(
  world: DoorWorld,
  token: string,
  work: (door: DoorTransaction, session: Session) => Promise<T>,
): Promise<Result<T, NotFresh>> =>
  atTheDoor(world, async (door) => {
    const found = await door.findSession(hashOfToken(token))
    if (found === undefined || !isFreshAt(found.session, world.clock.now())) return err(notFresh)
    return ok(await work(door, found.session))
  })

/** What its owner is shown of a session. */
export type OwnSession = {
  readonly handle: Sha256Hex
  readonly method: Method
  readonly begunAt: Instant
  readonly seenAt: Instant
  /** It is the one in which they ask. */
  readonly here: boolean
}

/** Those that open something now, the one last used first. */
export const listSessions = (
  { store, clock }: DoorWorld,
  account: AccountId,
  token: string,
): Promise<readonly OwnSession[]> =>
  store.door.look(async (door) => {
    const now = clock.now()
    const own = hashOfToken(token)
    const open = (await door.listSessions(account)).filter((session) => isOpen(session, now))
    return open.map((session) => {
      const { method, begunAt, seenAt, hash } = session
      return { handle: handleOf(session), method, begunAt, seenAt, here: hash === own }
    })
  })

/** Out, at one other browser. False: it is not theirs, not there any more, or the one in which they ask. */
export const endOneSession = (
  world: DoorWorld,
  token: string,
  handle: string,
): Promise<Result<boolean, NotFresh>> =>
  whenFresh(world, token, async (door, { account, hash }) => {
    const found = (await door.listSessions(account)).find((session) => handleOf(session) === handle)
    if (found === undefined || found.hash === hash) return false
    await endRecorded(world, door, found, 'own-choice')
    return true
  })

/** Out, at every other browser. */
export const endOtherSessions = (world: DoorWorld, token: string): Promise<Result<undefined, NotFresh>> =>
  whenFresh(world, token, async (door, { account, hash }) => {
    const others = (await door.listSessions(account)).filter((session) => session.hash !== hash)
    for (const session of others) await endRecorded(world, door, session, 'own-choice')
    return undefined
  })
