import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import pg from 'pg'
import { commit, leafBytes, leafHash, openCheckpoint, openingBytes, verifyInclusion } from '#evidence'
import {
  actId,
  expectOk,
  type Fault,
  FaultError,
  instantOf,
  type Result,
  type Sha256Hex,
  type SubjectId,
  sha256Hex,
  subjectId,
  utf8,
} from '#kernel'
import type { ActScope, ActTransaction, EntryId, Store } from '#usecases'
import { systemChance } from '../../src/adapters/chance.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { openStore, type StoreOptions } from '../../src/adapters/postgres/openStore.ts'

/** A folder that the database user of root can pass through, gone when the test is over. */
export async function temporaryFolder(t: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hs-'))
  await chmod(folder, 0o755)
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))
  return folder
}

/** Another PostgreSQL, by the URL of its superuser, that these tests are to run on; each folder gets its own database there. */
const otherServer = process.env['HABEAS_TEST_SERVER']

const databaseOf = (folder: string): string => `t_${sha256Hex(utf8(folder)).slice(0, 16)}`

function urlOn(server: string, database: string): string {
  return server.replace('/postgres?', `/${database}?`)
}

async function makeDatabase(server: string, database: string): Promise<string> {
  const root = new pg.Client({ connectionString: server })
  await root.connect()
  const known = await root.query('select from pg_database where datname = $1', [database])
  if (known.rowCount === 0) await root.query(`create database ${database}`)
  await root.end()
  return urlOn(server, database)
}

/** A store in a folder of its own, closed when the test is over. */
export async function openTestStore(
  t: Pick<TestContext, 'after'>,
  options: Partial<StoreOptions> = {},
): Promise<{ readonly store: Store; readonly folder: string }> {
  const folder = options.dataFolder ?? join(await temporaryFolder(t), 'data')
  const databaseUrl = otherServer && { databaseUrl: await makeDatabase(otherServer, databaseOf(folder)) }
  const store = expectOk(await openStore({ dataFolder: folder, ...databaseUrl, ...options }))
  t.after(() => store.close())
  return { store, folder }
}

export const person = (name: string): SubjectId => subjectId(name)!
export const newScope = (name: string): ActScope => ({
  act: actId(systemChance.id())!,
  subject: person(name),
})
export const newEntryId = (): EntryId => systemChance.id() as EntryId
export const newLeaf = (): Uint8Array =>
  leafBytes({ at: systemClock.now(), kind: 'plan', commitment: sha256Hex(systemChance.bytes(32)) })

const digest = '0'.repeat(64) as Sha256Hex
const payload = { policySha256: digest, vkeySha256: digest, inputs: {}, outputs: {} }

/** A leaf with the opening that it commits to. */
export function newEntry(): { readonly leaf: Uint8Array; readonly opening: Uint8Array } {
  const salt = systemChance.bytes(32)
  const leaf = leafBytes({ at: systemClock.now(), kind: 'plan', commitment: commit(salt, payload) })
  return { leaf, opening: openingBytes({ payload, salt }) }
}

export const someAct = {
  kind: 'plan',
  outcome: 'permitted',
  at: instantOf(1_795_000_000_000),
  situation: {},
  ruling: {},
} as const

export type Appended = { readonly scope: ActScope; readonly entry: EntryId; readonly leaf: Uint8Array }

/** A whole act with one entry, as the door makes it. */
export async function appendAct(
  store: Store,
  name = 'person-a',
  also: (transaction: ActTransaction, scope: ActScope) => Promise<void> = async () => {},
): Promise<Appended> {
  const { leaf, opening } = newEntry()
  const appended = { scope: newScope(name), entry: newEntryId(), leaf }
  await store.transact(appended.scope, async (transaction) => {
    await transaction.listWithdrawals('shared')
    await transaction.recordAct(someAct)
    await also(transaction, appended.scope)
    await transaction.appendEntry({ id: appended.entry, leaf, opening })
  })
  return appended
}

/** Index of an entry, after its proof was verified against the signed checkpoint that came with it. */
export async function provenIndex(store: Store, { scope, entry, leaf }: Appended): Promise<number> {
  const { index, hashes, checkpoint } = await store.prove(scope, entry)
  const { size, root } = expectOk(openCheckpoint(checkpoint, store.logKey)).checkpoint
  const claim = { leafHash: leafHash(leaf), index, size, root, proof: hashes }
  if (!verifyInclusion(claim)) throw new Error(`entry ${index} of ${size} is not proved`)
  return index
}

/** How to reach the database of a folder as its superuser, whom row-level security does not bind. */
export async function superuserConfig(folder: string): Promise<pg.ClientConfig> {
  if (otherServer) return { connectionString: urlOn(otherServer, databaseOf(folder)) }
  const [, , , port, host] = (await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')
  const password = (await readFile(join(folder, 'database.secret'), 'utf8')).trim()
  return { host: host!, port: Number(port), user: 'habeas', password, database: 'postgres' }
}

export async function superuser(t: Pick<TestContext, 'after'>, folder: string): Promise<pg.Client> {
  const client = new pg.Client(await superuserConfig(folder))
  client.on('error', () => undefined)
  await client.connect()
  t.after(() => client.end().catch(() => undefined))
  return client
}

export const faultOf = <T>(result: Result<T, Fault>): string => (result.ok ? 'none' : result.error.code)

/** Code of the fault that a promise rejects with. */
export const rejection = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof FaultError ? error.fault.code : `not a fault: ${String(error)}`),
  )
