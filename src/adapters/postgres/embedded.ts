import { err, type Fault, ok, type Result } from '#kernel'
import type { DataFolder } from '../files/dataFolder.ts'
import { type FolderLock, lockFolder, type Waiting } from '../files/folderLock.ts'
import { removeAbandoned } from '../files/place.ts'
import { findBinaries } from './cluster/binaries.ts'
import { findHome, type Home } from './cluster/home.ts'
import { ensureCluster, ownerName, readSecret } from './cluster/init.ts'
import { stopAtExit } from './cluster/lifetime.ts'
import { type Postmaster, startPostmaster } from './cluster/start.ts'
import type { Connection } from './database.ts'

/** A server, ours or the hospital's, until it is closed. */
export type Server = { readonly connection: Connection; close(): Promise<void> }

/** Starts the data folder's own PostgreSQL, which nobody else may be using. */
export async function openEmbedded(data: DataFolder, waiting: Waiting): Promise<Result<Server, Fault>> {
  const lock = await lockFolder(data.path, waiting)
  if (!lock.ok) return lock
  const locks = [lock.value]
  try {
    const server = await startServer(data, waiting, locks)
    if (!server.ok) release(locks)
    return server
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
  waiting: Waiting,
  locks: FolderLock[],
): Promise<Result<Server, Fault>> {
  await removeAbandoned(data.path)
  const home = await findHome(data)
  if (!home.ok) return home
  if (home.value.folder !== data.path) {
    // Two data folders may name one cluster, if one is a copy of the other.
    const lock = await lockFolder(home.value.folder, waiting)
    if (!lock.ok) return lock
    locks.push(lock.value)
  }
  const started = await startCluster(data, home.value, waiting.onProgress)
  if (!started.ok) return started
  const { postmaster, secret } = started.value
  const forget = stopAtExit(postmaster, () => release(locks))
  const close = async () => {
    forget()
    await postmaster.stop()
    release(locks)
  }
  return ok({ connection: connectionTo(data, postmaster, secret), close })
}

async function startCluster(
  data: DataFolder,
  home: Home,
  show: (text: string) => void,
): Promise<Result<{ postmaster: Postmaster; secret: string }, Fault>> {
  const binaries = await findBinaries(home.user, data.path)
  if (!binaries.ok) return err(binaries.error)
  const secret = await readSecret(data.path)
  const made = await ensureCluster(home, binaries.value, secret, show)
  if (!made.ok) return made
  const postmaster = await startPostmaster(home, binaries.value, show)
  return postmaster.ok ? ok({ postmaster: postmaster.value, secret }) : postmaster
}

const connectionTo = (
  data: DataFolder,
  { socketFolder, diskIsFull }: Postmaster,
  secret: string,
): Connection => ({
  config: { host: socketFolder, port: 5432, user: ownerName, password: secret, database: 'postgres' },
  where: data.path,
  diskIsFull,
})
