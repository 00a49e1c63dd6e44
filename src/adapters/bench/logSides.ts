import pg from 'pg'
import { actId, type Instant, subjectId } from '#kernel'
import { type ActScope, type EntryId, govern, operator, type Store } from '#usecases'
import { systemChance } from '../chance.ts'
import { systemClock } from '../clock.ts'
import { type MakeSide, readPermittedCase } from './parts.ts'

export type LogSetting = {
  readonly clients: number
  readonly roundMs: number
  readonly dataFolder: string
  /** What every entry holds, in base64. */
  readonly leaf: string
  readonly opening: string
}

type Client = () => Promise<unknown>

/** Every client does one thing after the other until the time is over; what was acknowledged in it, by the second. */
async function rateOf(clients: readonly Client[], roundMs: number): Promise<number> {
  const from = performance.now()
  let done = 0
  const work = async (client: Client): Promise<void> => {
    while (performance.now() - from < roundMs) {
      await client()
      done++
    }
  }
  await Promise.all(clients.map(work))
  return (1000 * done) / (performance.now() - from)
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))
const newScope = (client: number): ActScope => ({
  act: actId(systemChance.id())!,
  subject: subjectId(`bench-${client}`)!,
})
const clientsOf = <T>(count: number, make: (client: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, client) => make(client)))

/** The log alone: an entry is handed in, published, and its proof of inclusion given back. */
export const appendSide: MakeSide<LogSetting> = async (setting, parts) => {
  const store = await parts.store(setting.dataFolder)
  const entry = { leaf: bytesOf(setting.leaf), opening: bytesOf(setting.opening) }
  const clients = await clientsOf(setting.clients, async (client) => {
    const scope = newScope(client)
    await recordBareAct(store, scope)
    return () => appendOne(store, scope, entry)
  })
  return { round: () => rateOf(clients, setting.roundMs), close: () => store.close() }
}

/** An entry belongs to an act; all entries of a client belong to this one. */
const recordBareAct = (store: Store, scope: ActScope): Promise<void> =>
  store.transact(scope, (transaction) =>
    transaction.recordAct({
      kind: 'bench',
      outcome: 'permitted',
      at: systemClock.now() satisfies Instant,
      situation: {},
      ruling: {},
    }),
  )

async function appendOne(
  store: Store,
  scope: ActScope,
  entry: { readonly leaf: Uint8Array; readonly opening: Uint8Array },
): Promise<void> {
  const id = systemChance.id() as EntryId
  await store.transact(scope, (transaction) => transaction.appendEntry({ id, ...entry }))
  await store.publish()
  await store.prove(scope, id)
}

/** A whole act through the door, its effect empty: facts, law, decision, record, entry, publication, receipt. */
export const actSide: MakeSide<LogSetting> = async (setting, parts) => {
  const ports = await parts.ports()
  const world = { ...ports, store: await parts.store(setting.dataFolder) }
  const { value, file, sha256 } = await readPermittedCase(ports, parts.examples)
  const clients = await clientsOf(setting.clients, async (client) => {
    const request = {
      kind: 'plan',
      subject: newScope(client).subject,
      actor: value.actor.name,
      by: operator,
      situation: value.situation,
      under: 'house-rules',
      death: null,
      hold: 'shared',
      needs: ['genetic', 'health'],
      inputs: { [file]: sha256 },
    } as const
    return () => govern(world, request, async () => ({ value: null, outputs: new Map(), inputs: {} }))
  })
  return { round: () => rateOf(clients, setting.roundMs), close: () => world.store.close() }
}

/** The peer: the same bytes, one row in one transaction, prepared once per connection. */
export const plainInsertSide: MakeSide<LogSetting> = async ({ clients, roundMs, leaf, opening }) => {
  const values = [bytesOf(leaf), bytesOf(opening)].map((bytes) => Buffer.from(bytes))
  const connections = await clientsOf(clients, async () => {
    const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
    await client.connect()
    return client
  })
  const text = 'insert into plain_entries (id, leaf, opening) values ($1, $2, $3)'
  const work = connections.map(
    (client) => () => client.query({ name: 'plain', text, values: [systemChance.id(), ...values] }),
  )
  const close = async () => void (await Promise.all(connections.map((client) => client.end())))
  return { round: () => rateOf(work, roundMs), close }
}
