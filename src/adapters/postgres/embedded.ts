import { setTimeout as sleep } from 'node:timers/promises'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import type { DataFolder } from '../files/dataFolder.ts'
import { type FolderLock, livingOwner, lockFolder, type Waiting } from '../files/folderLock.ts'
import { removeAbandoned } from '../files/place.ts'
import { findBinaries } from './cluster/binaries.ts'
import { becomeGuest } from './cluster/guest.ts'
import { findHome, type Home } from './cluster/home.ts'
import { ensureCluster, ownerName, readSecret } from './cluster/init.ts'
import { stopAtExit } from './cluster/lifetime.ts'
import { type Postmaster, startPostmaster } from './cluster/start.ts'
import { followTenures, type Tenure, type Tenures } from './cluster/tenure.ts'
import type { Connection } from './database.ts'
import { storeFault } from './faults.ts'

/** A server, ours or the hospital's, until it is closed. */
export type Server = { readonly connection: Connection; close(): Promise<void> }

/** `shares`: others may use the database while we own it, and we go on with it when another owner ends. */
type Entering = Waiting & { readonly shares?: boolean }

const pauseMs = 50

/** While it goes on by itself, a fault that nobody has foreseen is one like the others: it is tried again. */
const faultOf = (where: string, error: unknown): Fault =>
  storeFault(where, error) ??
  surroundingsFault('store.failed', where, 'a database that does not start', 'one that does')

/**
 * The data folder's own PostgreSQL: started by the one process that owns the folder, and started again when it dies. Beside an
 * owner that shares, others are its guests; any other owner is waited for.
 */
export async function openEmbedded(data: DataFolder, entering: Entering): Promise<Result<Server, Fault>> {
  const again = { ...entering, onProgress: () => {}, waitMs: 0 }
  const tenures = await followTenures(
    () => enter(data, entering),
    () => enter(data, again).catch((error: unknown) => err(faultOf(data.path, error))),
  )
  if (!tenures.ok) return tenures
  const secret = await readSecret(data.path)
  return ok({ connection: connectionTo(data, tenures.value, secret), close: tenures.value.close })
}

async function enter(data: DataFolder, entering: Entering): Promise<Result<Tenure, Fault>> {
  const deadline = Date.now() + entering.waitMs
  for (let told = false; ; ) {
    const owner = await livingOwner(data.path)
    const left = Math.max(deadline - Date.now(), 0)
    if (owner?.shares) {
      const guest = await becomeGuestOf(data, entering)
      if (guest) return guest
      if (left === 0) return becomeOwner(data, { ...entering, waitMs: 0 })
      if (!told) entering.onProgress(`waiting for the database of process ${owner.pid}`)
      told = true
    } else {
      // An owner who does not share is waited for; a folder that is nobody's is taken at once, or lost to somebody.
      const owned = await becomeOwner(data, { ...entering, waitMs: owner ? left : 0 })
      if (owned.ok || owner || owned.error.code !== 'store.in-use' || left === 0) return owned
    }
    await sleep(pauseMs)
  }
}

/** Undefined while the owner's database does not answer. */
async function becomeGuestOf(
  data: DataFolder,
  { shares = false }: Entering,
): Promise<Result<Tenure, Fault> | undefined> {
  const home = await findHome(data)
  if (!home.ok) return home
  const secret = await readSecret(data.path)
  const guest = await becomeGuest({ dataFolder: data.path, home: home.value, secret, succeeds: shares })
  return guest && ok(guest)
}

async function becomeOwner(data: DataFolder, entering: Entering): Promise<Result<Tenure, Fault>> {
  const lock = await lockFolder(data.path, entering)
  if (!lock.ok) return lock
  const locks = [lock.value]
  try {
    const tenure = await startServer(data, entering, locks)
    if (!tenure.ok) release(locks)
    return tenure
  } catch (error) {
    release(locks)
    throw error
  }
}

const release = (locks: readonly FolderLock[]): void => {
  for (const lock of [...locks].reverse()) lock.release()
}

async function startServer(
  data: DataFolder,
  entering: Entering,
  locks: FolderLock[],
): Promise<Result<Tenure, Fault>> {
  await removeAbandoned(data.path)
  const home = await findHome(data)
  if (!home.ok) return home
  if (home.value.folder !== data.path) {
    // Two data folders may name one cluster, if one is a copy of the other.
    const lock = await lockFolder(home.value.folder, entering)
    if (!lock.ok) return lock
    locks.push(lock.value)
  }
  const started = await startCluster(data, home.value, entering.onProgress)
  return started.ok ? ok(ownTenure(started.value, locks)) : started
}

function ownTenure(postmaster: Postmaster, locks: readonly FolderLock[]): Tenure {
  const letGo = () => release(locks)
  const forget = stopAtExit(postmaster, letGo)
  const over = postmaster.exited.then(() => {
    forget()
    letGo()
  })
  const end = async () => {
    await postmaster.stop()
    await over
  }
  const { socketFolder, diskIsFull } = postmaster
  return { socketFolder, diskIsFull, over, end }
}

async function startCluster(
  data: DataFolder,
  home: Home,
  show: (text: string) => void,
): Promise<Result<Postmaster, Fault>> {
  const binaries = await findBinaries(home.user, data.path)
  if (!binaries.ok) return err(binaries.error)
  const made = await ensureCluster(home, binaries.value, await readSecret(data.path), show)
  return made.ok ? startPostmaster(home, binaries.value, show) : made
}

/** Where it is reached changes with whoever starts it. */
const connectionTo = (data: DataFolder, tenures: Tenures, secret: string): Connection => ({
  get config() {
    const { socketFolder } = tenures.now()
    return { host: socketFolder, port: 5432, user: ownerName, password: secret, database: 'postgres' }
  },
  where: data.path,
  diskIsFull: () => tenures.now().diskIsFull() || tenures.fault()?.code === 'store.disk-full',
})
