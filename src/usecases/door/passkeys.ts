import type { AccountId } from '#access'
import { err, ok, type Result } from '#kernel'
import { type NotFresh, whenFresh } from './ownSessions.ts'
import type { Account, Passkey } from './ports.ts'
import { atTheDoor, recordEvent } from './recordEvent.ts'
import type { SignInRefusal } from './signIn.ts'
import type { DoorWorld } from './world.ts'

export type NewPasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>

/** What a browser answers to a challenge, and whether it is right (WebAuthn Level 3, 7.1 and 7.2). */
export interface PasskeyCheck {
  /** Of which passkey an answer claims to be. */
  idOf(response: unknown): string | undefined
  verifyNew(response: unknown, challenge: string): Promise<NewPasskey | undefined>
  verifySignIn(
    response: unknown,
    challenge: string,
    passkey: Passkey,
  ): Promise<{ readonly counter: number } | undefined>
}

type World = DoorWorld & { readonly passkeys: PasskeyCheck }
type Answered = { readonly response: unknown; readonly challenge: string }

/** A passkey signs in whoever holds it. One whose counter went backwards was copied, and opens nothing. */
export const signInByPasskey = (
  world: World,
  { response, challenge }: Answered,
): Promise<Result<Account, SignInRefusal>> =>
  atTheDoor(world, async (door) => {
    const refused = err<SignInRefusal>({ code: 'sign-in.refused' })
    const id = world.passkeys.idOf(response)
    const passkey = id === undefined ? undefined : await door.findPasskey(id)
    if (passkey === undefined) return refused
    const at = world.clock.now()
    const right = await world.passkeys.verifySignIn(response, challenge, passkey)
    const account = await door.findAccount({ id: passkey.account })
    if (right === undefined || account === undefined || account.disabledAt !== null) {
      await recordEvent(world, door, {
        account: passkey.account,
        kind: 'sign-in-refused',
        at,
        method: 'passkey',
      })
      return refused
    }
    await door.notePasskeyUse(passkey.id, right.counter, at)
    await door.writeFailures(account.id, undefined)
    return ok(account)
  })

export const listPasskeys = ({ store }: DoorWorld, account: AccountId): Promise<readonly Passkey[]> =>
  store.door.look((door) => door.listPasskeys(account))

/** Of whoever signed in a moment ago. Undefined: the answer is not right, or somebody has this passkey already. */
export async function addPasskey(
  world: World,
  token: string,
  { response, challenge, label }: Answered & { readonly label: string },
): Promise<Result<Passkey | undefined, NotFresh>> {
  const made = await world.passkeys.verifyNew(response, challenge)
  return whenFresh(world, token, async (door, { account }) => {
    const at = world.clock.now()
    if (made === undefined) return undefined
    const passkey: Passkey = { ...made, account, label, addedAt: at, usedAt: null }
    if (!(await door.addPasskey(passkey))) return undefined
    await recordEvent(world, door, { account, kind: 'passkey-added', at })
    return passkey
  })
}

/** Of whoever signed in a moment ago. False: it is not theirs, or not there. */
export const removePasskey = (
  world: DoorWorld,
  token: string,
  id: string,
): Promise<Result<boolean, NotFresh>> =>
  whenFresh(world, token, async (door, { account }) => {
    if (!(await door.removePasskey(account, id))) return false
    await recordEvent(world, door, { account, kind: 'passkey-removed', at: world.clock.now() })
    return true
  })
