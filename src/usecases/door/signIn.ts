import { oneMore, secondsLocked } from '#access'
import { err, ok, type Result } from '#kernel'
import { hashOfCode } from './code.ts'
import type { Account, DoorTransaction } from './ports.ts'
import { atTheDoor, recordEvent } from './recordEvent.ts'
import type { DoorWorld, Strangers } from './world.ts'

/** Why somebody was not let in; the same for a name that nobody has. */
export type SignInRefusal =
  | { readonly code: 'sign-in.refused' }
  | { readonly code: 'sign-in.locked'; readonly seconds: number }

const refused: SignInRefusal = { code: 'sign-in.refused' }
const locked = (seconds: number): SignInRefusal => ({ code: 'sign-in.locked', seconds })

type Typed = { readonly name: string; readonly code: string }

/** A code opens once, for the account that it was made for, until it runs out. */
export async function signInByCode(
  world: DoorWorld & { readonly strangers: Strangers },
  typed: Typed,
): Promise<Result<Account, SignInRefusal>> {
  const signInName = typed.name.trim().toLowerCase()
  return atTheDoor(world, async (door) => {
    const account = await door.findAccount({ signInName })
    if (account === undefined || account.disabledAt !== null) return err(refuseStranger(world, signInName))
    const now = world.clock.now()
    const failures = await door.readFailures(account.id)
    const seconds = secondsLocked(failures, now)
    if (seconds > 0) return err(locked(seconds))
    if (await opens(door, account, typed.code, now)) {
      await door.writeFailures(account.id, undefined)
      return ok(account)
    }
    await door.writeFailures(account.id, oneMore(failures, now))
    await recordEvent(world, door, { account: account.id, kind: 'sign-in-refused', at: now, method: 'code' })
    return err(refused)
  })
}

async function opens(door: DoorTransaction, account: Account, code: string, now: string): Promise<boolean> {
  const taken = await door.takeCode(hashOfCode(code))
  return taken !== undefined && taken.account === account.id && now < taken.expiresAt
}

function refuseStranger(
  { clock, strangers }: DoorWorld & { readonly strangers: Strangers },
  signInName: string,
): SignInRefusal {
  const now = clock.now()
  const failures = strangers.read(signInName)
  const seconds = secondsLocked(failures, now)
  if (seconds > 0) return locked(seconds)
  strangers.write(signInName, oneMore(failures, now))
  return refused
}

/** Who a provider outside says it is; nobody is made an account because a provider says so. */
export const signInByOutside = (
  { store }: DoorWorld,
  outside: { readonly issuer: string; readonly subject: string },
): Promise<Result<Account, SignInRefusal>> =>
  store.door.open(async (door) => {
    const account = await door.findAccount({ outside })
    return account === undefined || account.disabledAt !== null ? err(refused) : ok(account)
  })
