import { FaultError } from '#kernel'
import type { Database } from './database.ts'

/** Pages enough that the disk must give new ones. */
const probe = `create temporary table habeas_room on commit drop as
  select repeat('x', 1000) as room from generate_series(1, 600)`

/**
 * A database on a full disk still answers reads, and nobody sends writes to a server that is not ready: so whoever asks
 * whether it is ready finds out.
 */
export function watchRoom(database: Database) {
  let full = false
  const watch = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const result = await work
      full = false
      return result
    } catch (error) {
      if (error instanceof FaultError && error.fault.code === 'store.disk-full') full = true
      throw error
    }
  }
  /** Throws a fault while the last write found no room and there is none yet. */
  const check = async (): Promise<void> => {
    if (full) await watch(database.transact({ as: 'habeas_auditor' }, (session) => session.query(probe)))
  }
  return { watch, check }
}
