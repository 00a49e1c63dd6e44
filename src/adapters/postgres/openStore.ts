import { join } from 'node:path'
import { type Signer, signPromise } from '#evidence'
import { err, type Fault, FaultError, ok, type Result } from '#kernel'
import type { EntryId, Store } from '#usecases'
import { type DataFolder, openDataFolder } from '../files/dataFolder.ts'
import { actTransaction } from './actTransaction.ts'
import { listAttendances } from './attendances.ts'
import { type Database, openDatabase, type Session } from './database.ts'
import { flawOfDatabaseUrl } from './databaseUrl.ts'
import { doorStore } from './door/doorStore.ts'
import { openEmbedded, type Server } from './embedded.ts'
import { listEmergencies } from './emergencies.ts'
import { storeFault } from './faults.ts'
import { exportLog } from './log/export.ts'
import { FreshEntries } from './log/fresh.ts'
import { openLog } from './log/identity.ts'
import { type Memory, openMemory } from './log/memory.ts'
import { locateEntries, prover, readCheckpoint } from './log/prove.ts'
import { publishPending } from './log/publish.ts'
import { type Soon, soon } from './log/soon.ts'
import { together } from './log/together.ts'
import type { Head } from './log/tree.ts'
import { migrate } from './migrate.ts'
import { listRecallsTo } from './recalls.ts'
import { listRelativesReviews } from './relatives.ts'
import { watchRoom } from './room.ts'

export type StoreOptions = {
  /** Holds the log's key and, without a `databaseUrl`, the database too. Made when missing. */
  readonly dataFolder: string
  /**
   * Any PostgreSQL from 15 on, reached without a pooler that splits sessions; on another machine with `sslmode=verify-full`. Its user
   * must own the database or be its superuser.
   */
  readonly databaseUrl?: string
  readonly onProgress?: (text: string) => void
  /** How long to wait for another process that uses the data folder, in milliseconds. */
  readonly waitMs?: number
  /** A server: other processes may use the embedded database beside it, and it goes on when another server ends. */
  readonly shares?: boolean
}

const defaultWaitMs = 10_000

/**
 * The store, ready for use. Faults (surroundings, but for a folder or URL that cannot be meant): `store.in-use`, `store.newer`,
 * `store.folder-not-ours`, `store.disk-full`, `store.denied`, `store.unavailable`, `store.rolled-back`, `key.other-log`, ….
 */
export async function openStore(options: StoreOptions): Promise<Result<Store, Fault>> {
  try {
    const data = await openDataFolder(options.dataFolder)
    if (!data.ok) return data
    const server = await openServer(data.value, options)
    if (!server.ok) return server
    return await openOn(server.value, data.value, options)
  } catch (error) {
    return err(faultOf(options.dataFolder, error))
  }
}

export async function openServer(data: DataFolder, options: StoreOptions): Promise<Result<Server, Fault>> {
  const { databaseUrl, onProgress = () => {}, waitMs = defaultWaitMs, shares = false } = options
  if (databaseUrl === undefined) return openEmbedded(data, { waitMs, onProgress, shares })
  const flaw = flawOfDatabaseUrl(databaseUrl)
  if (flaw !== undefined) return err(flaw)
  const config = { connectionString: databaseUrl }
  return ok({ connection: { config, where: 'DATABASE_URL', diskIsFull: () => false }, close: async () => {} })
}

async function openOn(
  server: Server,
  data: DataFolder,
  { shares = false }: StoreOptions,
): Promise<Result<Store, Fault>> {
  const migrated = await migrate(server.connection)
  const database = openDatabase(server.connection)
  let publishing: Soon | undefined
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    // What was promised and cannot be kept now waits in the database for whoever opens it next.
    const settled = publishing?.settle().catch(() => undefined)
    closed ??= Promise.resolve(settled)
      .then(() => database.end())
      .finally(() => server.close())
    return closed
  }
  try {
    if (!migrated.ok) throw new FaultError(migrated.error)
    const memory = await openMemory(data.path)
    const signer = await openLog(database, data.path, memory)
    const room = watchRoom(database)
    const fresh = new FreshEntries()
    const publishNow = () => room.watch(publishPending(database, signer, (batch) => fresh.sequenced(batch)))
    const publish = publisher(publishNow, signer, memory, data)
    publishing = soon(publish)
    if (shares) publishing.ask()
    return ok(storeOn({ database, signer, room, fresh, publish, publishing, close }))
  } catch (error) {
    await close()
    throw error
  }
}

type Parts = {
  readonly database: Database
  readonly signer: Signer
  readonly room: ReturnType<typeof watchRoom>
  readonly fresh: FreshEntries
  readonly publish: Store['publish']
  readonly publishing: Soon
  readonly close: () => Promise<void>
}

function storeOn({ database, signer, room, fresh, publish, publishing, close }: Parts): Store {
  const prove = prover(database, fresh)
  return {
    logKey: signer.key,
    transact: async (scope, work) => {
      const handedIn: EntryId[] = []
      const act = (session: Session) => work(actTransaction(session, scope, (entry) => handedIn.push(entry)))
      const result = await room.watch(database.transact({ as: 'habeas_act', ...scope }, act))
      for (const entry of handedIn) fresh.handedIn(entry, scope)
      return result
    },
    publish,
    door: doorStore(database),
    prove,
    promise: ({ id, leaf }, until) => {
      fresh.forget(id)
      publishing.ask()
      return signPromise(signer, leaf, until)
    },
    locate: (scope, entries) => locateEntries(database, scope, entries),
    listRecallsTo: (organisation) =>
      database.transact({ as: 'habeas_recipient', organisation }, (session) => listRecallsTo(session)),
    listEmergenciesAt: (organisation) =>
      database.transact({ as: 'habeas_reviewer', organisation }, (session) => listEmergencies(session)),
    listEmergenciesOf: (account) =>
      database.transact({ as: 'habeas_reviewer', account }, (session) => listEmergencies(session)),
    listRelativesReviewsAt: (organisation) =>
      database.transact({ as: 'habeas_reviewer', relativesAt: organisation }, (session) =>
        listRelativesReviews(session),
      ),
    listAttendancesOf: (account) =>
      database.transact({ as: 'habeas_reviewer', attending: account }, (session) => listAttendances(session)),
    readCheckpoint: () => readCheckpoint(database),
    checkReady: async () => {
      await room.check()
      await readCheckpoint(database)
    },
    exportLog: (folder) => exportLog(database, signer.key, folder),
    close,
  }
}

/** While one head is written to the disk the next batch is sequenced; who waits is told when both are durable. */
function publisher(
  publishNow: () => Promise<Head>,
  signer: Signer,
  memory: Memory,
  data: DataFolder,
): Store['publish'] {
  let newest: Head | undefined
  const sequence = together(publishNow)
  const remember = together(async () => {
    await memory.remember(newest!).catch((error: unknown) => {
      throw new FaultError(faultOf(join(data.path, 'checkpoint'), error))
    })
  })
  return async () => {
    const head = await sequence()
    if (newest === undefined || head.size > newest.size) newest = head
    await remember()
    return { origin: signer.key.name, size: head.size, root: head.root, extensions: [] }
  }
}

export function faultOf(where: string, error: unknown): Fault {
  if (error instanceof FaultError) return error.fault
  const fault = storeFault(where, error)
  if (fault === undefined) throw error
  return fault
}
