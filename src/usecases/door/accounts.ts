import type { AccountId, Care } from '#access'
import { err, type Fault, inputFault, ok, type Result } from '#kernel'
import { type IssuedCode, issueCode } from './code.ts'
import type { Account } from './ports.ts'
import { atTheDoor, recordEvent } from './recordEvent.ts'
import type { DoorWorld } from './world.ts'

export type Invitation = Pick<Account, 'signInName' | 'name' | 'language' | 'outside' | 'holdings'>

const nobody = (signInName: string): Fault =>
  inputFault('account.unknown', signInName, 'no such account', 'the name that somebody signs in with')

/** A new account, and the code with which its owner signs in for the first time; none who comes from a provider outside. */
export const inviteAccount = (
  world: DoorWorld,
  invitation: Invitation,
): Promise<Result<{ readonly account: Account; readonly issued: IssuedCode | null }, Fault>> =>
  atTheDoor(world, async (door) => {
    const account: Account = { ...invitation, id: world.chance.id() as AccountId, disabledAt: null }
    if (!(await door.addAccount(account))) {
      const found = 'an account that is there'
      return err(inputFault('account.taken', invitation.signInName, found, 'a name that nobody has yet'))
    }
    await recordEvent(world, door, { account: account.id, kind: 'account-made', at: world.clock.now() })
    const issued = account.outside ? null : await issueCode(world, door, account.id, 'invitation')
    return ok({ account, issued })
  })

/** A way back in for whoever lost theirs: what was open before is closed, and a new code opens once. */
export const recoverAccount = (world: DoorWorld, signInName: string): Promise<Result<IssuedCode, Fault>> =>
  withAccount(world, signInName, async (door, { id }) => {
    await Promise.all([door.endSessions(id), door.endCodes(id), door.writeFailures(id, undefined)])
    return issueCode(world, door, id, 'recovery')
  })

/** One more code beside what is open. */
export const addCode = (world: DoorWorld, signInName: string): Promise<Result<IssuedCode, Fault>> =>
  withAccount(world, signInName, (door, { id }) => issueCode(world, door, id, 'invitation'))

/** Nobody signs in with it any more, and whoever had is out at the next request. */
export const disableAccount = (world: DoorWorld, signInName: string): Promise<Result<undefined, Fault>> =>
  withAccount(world, signInName, async (door, { id }) => {
    const at = world.clock.now()
    await Promise.all([door.disableAccount(id, at), door.endSessions(id), door.endCodes(id)])
    await recordEvent(world, door, { account: id, kind: 'account-disabled', at })
    return undefined
  })

export const listAccounts = ({ store }: DoorWorld): Promise<readonly Account[]> =>
  store.door.open((door) => door.listAccounts())

/** That somebody looks after a person, from now on. */
export const recordCare = (
  world: DoorWorld,
  signInName: string,
  care: Pick<Care, 'organisation' | 'subject' | 'until' | 'evidence'>,
): Promise<Result<undefined, Fault>> =>
  withAccount(world, signInName, async (door, { id }) => {
    const at = world.clock.now()
    await door.addCare({ ...care, account: id, from: at })
    await recordEvent(world, door, { account: id, kind: 'care-recorded', at })
    return undefined
  })

function withAccount<T>(
  world: DoorWorld,
  signInName: string,
  work: (door: Parameters<Parameters<typeof atTheDoor>[1]>[0], account: Account) => Promise<T>,
): Promise<Result<T, Fault>> {
  return atTheDoor(world, async (door) => {
    const account = await door.findAccount({ signInName })
    return account === undefined ? err(nobody(signInName)) : ok(await work(door, account))
  })
}
