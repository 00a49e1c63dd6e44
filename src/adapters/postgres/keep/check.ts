import { type Fault, ok, type Result } from '#kernel'
import { type Connection, openDatabase, type Session } from '../database.ts'
import { type Memory, openMemory } from '../log/memory.ts'
import { requireCurrent } from '../migrate.ts'
import type { StoreOptions } from '../openStore.ts'
import { checkActs } from './checkActs.ts'
import { checkKey } from './checkKey.ts'
import { checkLog } from './checkLog.ts'
import type { CheckFailure, Found } from './found.ts'
import { withStoreThatIsThere } from './openKept.ts'

export type CheckReport = {
  readonly ok: boolean
  readonly entries: number
  /** Entries whose opening is gone, as after erasure. */
  readonly erased: number
  readonly acts: number
  readonly checkpoints: number
  readonly failures: readonly CheckFailure[]
}

/** More of them say nothing new, and a log that is all wrong would fill the memory. */
const mostFailures = 1000

/** Recomputes everything that the database claims; names indices only, never a person. Changes nothing. */
export const checkStore = (options: StoreOptions): Promise<Result<CheckReport, Fault>> =>
  withStoreThatIsThere(options, async ({ connection }, data) => {
    const current = await requireCurrent(connection)
    return current.ok ? ok(await checkOn(connection, data.path)) : current
  })

export async function checkOn(connection: Connection, folder: string): Promise<CheckReport> {
  // Read before the snapshot: a server that publishes meanwhile would remember more than the snapshot holds.
  const memory = await openMemory(folder)
  const database = openDatabase(connection)
  try {
    return await database.transact({ as: 'habeas_keeper', task: 'backup' }, (session) =>
      checkIn(session, folder, memory),
    )
  } finally {
    await database.end()
  }
}

async function checkIn(session: Session, folder: string, memory: Memory): Promise<CheckReport> {
  const failures: CheckFailure[] = []
  const found: Found = (code, where) => {
    if (failures.length < mostFailures) failures.push({ code, where })
  }
  // Fresh tables have no statistics yet, and a join by loops over all openings for each entry would never end.
  await session.query(`select set_config('enable_nestloop', 'off', true)`)
  const vkey = await checkKey(session, folder, memory, found)
  const counts = await checkLog(session, vkey, found)
  const acts = await checkActs(session, found)
  return { ok: failures.length === 0, ...counts, acts, failures }
}
