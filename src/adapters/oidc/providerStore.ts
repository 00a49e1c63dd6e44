import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import { type Instant, instantOf } from '#kernel'
import type { Clock, DoorStore, ProviderRecord } from '#usecases'
import { clientMetadata } from './clients.ts'

type Where = { readonly door: DoorStore; readonly clock: Clock }

/** What the provider keeps for a while, in our own store: so any server of the hospital can go on with it. */
export const providerStore =
  (where: Where): AdapterFactory =>
  (kind) =>
    adapterFor(where, kind)

function adapterFor({ door, clock }: Where, kind: string): Adapter {
  if (kind === 'Client') return clientAdapter({ door, clock })
  const find = async (by: { readonly id: string } | { readonly uid: string }) => {
    if (!canBe(Object.values(by).join())) return undefined
    const record = await door.look((transaction) => transaction.findRecord(kind, by))
    return payloadOf(record, clock.now())
  }
  return {
    find: (id) => find({ id }),
    findByUid: (uid) => find({ uid }),
    // Devices without a keyboard sign in elsewhere; that feature is off.
    findByUserCode: async () => undefined,
    upsert: (id, payload, expiresIn) =>
      door.open((d) => d.putRecord(recordOf(kind, id, payload, expiresIn, clock.now()))),
    consume: (id) =>
      door.open(async (transaction) => {
        const record = await transaction.findRecord(kind, { id })
        if (record === undefined) return
        const consumed = Math.floor(Date.parse(clock.now()) / 1000)
        await transaction.putRecord({
          ...record,
          payload: JSON.stringify({ ...JSON.parse(record.payload), consumed }),
        })
      }),
    destroy: (id) => door.open(async (transaction) => void (await transaction.takeRecord(kind, id))),
    revokeByGrantId: (grant) => door.open((transaction) => transaction.removeGrant(grant)),
  }
}

/** The database cannot be asked for a name with the character zero in it; there is none. */
const canBe = (id: string): boolean => !id.includes('\0')

/** Clients are made by the operator, never by asking; so nothing is written here. */
function clientAdapter({ door }: Where): Adapter {
  const never = async (): Promise<never> => {
    throw new Error('clients are not written by the provider')
  }
  return {
    find: async (id) =>
      canBe(id) ? clientMetadata(await door.look((transaction) => transaction.findClient(id))) : undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: never,
    consume: never,
    destroy: never,
    revokeByGrantId: never,
  }
}

const payloadOf = (record: ProviderRecord | undefined, now: Instant): AdapterPayload | undefined =>
  record === undefined || (record.expiresAt !== null && record.expiresAt <= now)
    ? undefined
    : (JSON.parse(record.payload) as AdapterPayload)

function recordOf(
  kind: string,
  id: string,
  payload: AdapterPayload,
  expiresIn: number | undefined,
  now: Instant,
): ProviderRecord {
  const expiresAt = expiresIn === undefined ? null : instantOf(Date.parse(now) + expiresIn * 1000)
  const { grantId: grant = null, uid = null } = payload
  return { kind, id, payload: JSON.stringify(payload), expiresAt, grant, uid }
}
