import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signer } from '#evidence'
import { err, type Fault, FaultError, ok, type Result, sha256Hex, surroundingsFault, toHex } from '#kernel'
import { systemClock } from '../../clock.ts'
import { writeNewFolder } from '../../files/newFolder.ts'
import { createOnce } from '../../files/place.ts'
import { matchIdentity, readLogKey } from '../../keys/logKey.ts'
import { type Connection, openDatabase, type Session } from '../database.ts'
import { compareWithMemory, type Memory, openMemory } from '../log/memory.ts'
import { readHead } from '../log/tree.ts'
import { requireCurrent, type Steps } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import type { StoreOptions } from '../openStore.ts'
import { formatManifest, keyName, type Manifest, makeManifest, manifestName } from './manifest.ts'
import { withStoreThatIsThere } from './openKept.ts'
import { everySoOften } from './progress.ts'
import { tablesOf } from './tables.ts'
import { writePart } from './writePart.ts'

/** So that text is the same whatever the server or the user has set. */
const plainText = `select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
  set_config('bytea_output', 'hex', true), set_config('synchronize_seqscans', 'off', true)`

/**
 * One moment of the whole store in a new folder, with the key that signs its log: everything that it takes to go on elsewhere,
 * and a secret. Whoever uses the store meanwhile is not held up.
 */
export const backUpStore = (
  options: StoreOptions,
  out: string,
  steps: Steps = migrations,
): Promise<Result<Manifest, Fault>> =>
  withStoreThatIsThere(options, async ({ connection }, data) => {
    const current = await requireCurrent(connection, steps)
    if (!current.ok) return current
    // Before the snapshot: a server that publishes meanwhile would remember more than the snapshot holds.
    const memory = await openMemory(data.path)
    const key = await readKey(join(data.path, keyName))
    if (!key.ok) return key
    const job = { key: key.value, memory, schema: steps.length, show: everySoOften(options.onProgress) }
    const written = await writeNewFolder(out, (folder) =>
      snapshot(connection, (session) => writeParts(session, { ...job, folder })),
    )
    if (!written.ok) return written
    // A newer program may have changed the database since; the copy would be of neither version.
    const still = await requireCurrent(connection, steps)
    if (still.ok) return written
    await rm(out, { recursive: true, force: true })
    return still
  })

type Key = { readonly file: string; readonly bytes: Uint8Array; readonly signer: Signer }

async function readKey(file: string): Promise<Result<Key, Fault>> {
  const signer = await readLogKey(file)
  if (!signer.ok) return signer
  if (signer.value === undefined) {
    return err(surroundingsFault('key.missing', file, 'no key', 'the key of the log in the database'))
  }
  return ok({ file, bytes: Uint8Array.from(await readFile(file)), signer: signer.value })
}

async function snapshot<T>(connection: Connection, work: (session: Session) => Promise<T>): Promise<T> {
  const database = openDatabase(connection, { copies: true })
  try {
    return await database.transact({ as: 'habeas_keeper', task: 'backup' }, work)
  } finally {
    await database.end()
  }
}

type Job = {
  readonly folder: string
  readonly key: Key
  readonly memory: Memory
  readonly schema: number
  readonly show: (text: string) => void
}

async function writeParts(session: Session, job: Job): Promise<Manifest> {
  await session.query(plainText)
  const log = await readLog(session, job)
  const tables = []
  let rows = 0
  for (const table of tablesOf(job.schema)) {
    const onRows = (more: number): void => {
      rows += more
      job.show(`${rows} rows copied (${table.name})`)
    }
    tables.push(await writePart(session, table, job.folder, onRows))
  }
  await createOnce(join(job.folder, keyName), job.key.bytes)
  const takenAt = systemClock.now()
  const manifest = makeManifest({
    schema: job.schema,
    takenAt,
    log,
    keySha256: sha256Hex(job.key.bytes),
    tables,
  })
  await createOnce(join(job.folder, manifestName), formatManifest(manifest))
  return manifest
}

/** The log of the snapshot, which must be the one that the data folder has the key and the memory of. */
async function readLog(session: Session, { key, memory }: Job): Promise<Manifest['log']> {
  const [identity] = await session.query<{ vkey: string }>('select vkey from habeas_log.identity')
  const head = await readHead(session)
  if (identity === undefined || head === undefined) throw noLog()
  const known = matchIdentity(key.signer, identity.vkey, key.file)
  if (!known.ok) throw new FaultError(known.error)
  await compareWithMemory(session, memory, head, key.signer.key)
  const { name } = key.signer.key
  return { origin: name, vkey: identity.vkey, size: head.size, root: toHex(head.root) }
}

const noLog = (): FaultError =>
  new FaultError(
    surroundingsFault('store.empty', 'the database', 'no log', 'a store that was opened at least once'),
  )
