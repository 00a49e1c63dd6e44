import { statfsSync } from 'node:fs'
import type { Socket } from 'node:net'
import pg from 'pg'
import { livingOwner } from '../../files/folderLock.ts'
import type { Home } from './home.ts'
import { ownerName } from './init.ts'
import { readPostmaster } from './orphan.ts'
import type { Tenure } from './tenure.ts'

const patienceMs = 5_000
const lookMs = 500
/** Less than a segment of its journal, which PostgreSQL asks for at once. */
const tooLittleBytes = 16 * 1024 * 1024

export type Guesthood = {
  readonly dataFolder: string
  readonly home: Home
  readonly secret: string
  /** Whether to take over from an owner that died although its database lives on. */
  readonly succeeds: boolean
}

/** Undefined while the owner's database does not answer. One connection is held, to learn of its end. */
export async function becomeGuest(hood: Guesthood): Promise<Tenure | undefined> {
  const [, , , , socketFolder, , , status] = await readPostmaster(hood.home.cluster)
  if (!socketFolder || status !== 'ready') return undefined
  const watch = new pg.Client({
    ...{ host: socketFolder, port: 5432, user: ownerName, password: hood.secret, database: 'postgres' },
    connectionTimeoutMillis: patienceMs,
  })
  const lost = new Promise<void>((resolve) => {
    watch.on('error', () => resolve()).once('end', () => resolve())
  })
  try {
    await watch.connect()
  } catch {
    return undefined
  }
  // A guest that has nothing else to do may end.
  const { stream } = (watch as unknown as { connection: { stream: Socket } }).connection
  stream.unref()
  const owner = hood.succeeds ? watchOwner(hood.dataFolder) : { gone: new Promise<void>(() => {}), stop() {} }
  const end = async (): Promise<void> => {
    owner.stop()
    stream.ref()
    await watch.end().catch(() => undefined)
  }
  const over = Promise.race([lost, owner.gone]).then(end)
  return { socketFolder, diskIsFull: () => hasNoRoom(hood.home.cluster), over, end }
}

/** A kill -9 of the owner leaves its database running, whose next owner must start it anew. */
function watchOwner(folder: string) {
  let timer: NodeJS.Timeout | undefined
  const gone = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      livingOwner(folder).then(
        (owner) => owner === undefined && resolve(),
        () => undefined,
      )
    }, lookMs).unref()
  })
  return { gone, stop: () => clearInterval(timer) }
}

function hasNoRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < tooLittleBytes
  } catch {
    return false
  }
}
