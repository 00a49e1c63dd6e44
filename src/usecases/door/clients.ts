import type { AccountId, Caller, Method } from '#access'
import { err, type Fault, inputFault, ok, type Result, type SubjectId } from '#kernel'
import type { Invitation } from './accounts.ts'
import type { ClientProgram } from './ports.ts'
import { atTheDoor, recordEvent } from './recordEvent.ts'
import type { DoorWorld } from './world.ts'

const taken = (id: string): Fault =>
  inputFault('client.taken', id, 'a program or account that is there', 'a name that nothing has yet')

type Keys = NonNullable<ClientProgram['keys']>

/** A program with an account and a key of its own: it asks in its own name, in the roles that it holds. */
export const addService = (
  world: DoorWorld,
  service: Pick<Invitation, 'signInName' | 'name' | 'holdings'>,
  keys: Keys,
): Promise<Result<undefined, Fault>> =>
  atTheDoor(world, async (door) => {
    const { signInName: id, name } = service
    const at = world.clock.now()
    const account = {
      ...service,
      id: world.chance.id() as AccountId,
      language: null,
      outside: null,
      disabledAt: null,
    }
    const client: ClientProgram = {
      ...{ id, kind: 'service', account: account.id, name, redirectUris: [], scopes: [serviceScope], keys },
      addedAt: at,
      endedAt: null,
    }
    if ((await door.findClient(id)) || !(await door.addAccount(account))) return err(taken(id))
    await door.addClient(client)
    await recordEvent(world, door, { account: account.id, kind: 'account-made', at })
    await recordEvent(world, door, { account: account.id, kind: 'client-added', at })
    return ok(undefined)
  })

/** An application that people may let act for them. What it may be let do is said here; what it is let do, by them. */
export const addApp = (
  world: DoorWorld,
  app: Pick<ClientProgram, 'id' | 'name' | 'redirectUris' | 'scopes' | 'keys'>,
): Promise<Result<undefined, Fault>> =>
  atTheDoor(world, async (door) => {
    const at = world.clock.now()
    const client: ClientProgram = { ...app, kind: 'app', account: null, addedAt: at, endedAt: null }
    const isAccount = (await door.findAccount({ signInName: app.id })) !== undefined
    if (isAccount || !(await door.addClient(client))) return err(taken(app.id))
    await recordEvent(world, door, { account: null, kind: 'client-added', at })
    return ok(undefined)
  })

/** The one scope of services: what they may do is said by their roles. */
export const serviceScope = 'habeas'

/** Ends a program: no token that it has or gets opens anything. */
export const endClient = (world: DoorWorld, id: string): Promise<Result<undefined, Fault>> =>
  atTheDoor(world, async (door) => {
    const at = world.clock.now()
    const client = await door.findClient(id)
    if (client === undefined || !(await door.endClient(id, at))) {
      return err(inputFault('client.unknown', id, 'no such program', 'the name of one that has not ended'))
    }
    await recordEvent(world, door, { account: client.account, kind: 'client-ended', at })
    return ok(undefined)
  })

/** Who somebody is at the door; nobody when the account has ended. */
export const identifyAccount = ({ store }: DoorWorld, id: AccountId, method: Method): Promise<Caller> =>
  store.door.look(async (door) => {
    const account = await door.findAccount({ id })
    if (account === undefined || account.disabledAt !== null) return { kind: 'nobody' }
    const { name, holdings } = account
    return { kind: 'account', account: id, name, method, holdings }
  })

export type AppToken = {
  readonly client: string
  readonly account: AccountId
  readonly scopes: readonly string[]
  readonly subject: SubjectId
}

/** In whose name an application asks; nobody's when it, or the account, has ended. */
export async function identifyApp(world: DoorWorld, token: AppToken): Promise<Caller> {
  const client = await world.store.door.look((door) => door.findClient(token.client))
  if (client === undefined || client.kind !== 'app' || client.endedAt !== null) return { kind: 'nobody' }
  const caller = await identifyAccount(world, token.account, 'app')
  if (caller.kind === 'nobody') return caller
  const { scopes, subject } = token
  return { ...caller, app: { client: client.id, name: client.name, scopes, subject } }
}

/** In whose name a service asks; nobody's when it or its account has ended. */
export const identifyService = (world: DoorWorld, clientId: string): Promise<Caller> =>
  world.store.door
    .look(async (door) => {
      const client = await door.findClient(clientId)
      if (client?.account == null || client.endedAt !== null) return undefined
      return client.account
    })
    .then((account) =>
      account === undefined ? { kind: 'nobody' } : identifyAccount(world, account, 'assertion'),
    )
