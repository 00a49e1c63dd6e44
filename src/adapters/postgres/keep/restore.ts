import { resolve } from 'node:path'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import type { Connection } from '../database.ts'
import { migrate, type Steps } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import type { StoreOptions } from '../openStore.ts'
import { type CheckReport, checkOn } from './check.ts'
import { layDown } from './layDown.ts'
import type { Manifest } from './manifest.ts'
import { openBackup } from './openBackup.ts'
import { withServer } from './openKept.ts'
import { everySoOften } from './progress.ts'

export type Restored = { readonly manifest: Manifest; readonly check: CheckReport }

/**
 * Lays a backup down in an empty store, all of it or nothing, then checks the whole store. The database is first brought to the
 * version of the backup, and after it to this program's: migrations may change rows.
 */
export async function restoreStore(
  options: StoreOptions,
  from: string,
  steps: Steps = migrations,
): Promise<Result<Restored, Fault>> {
  const show = everySoOften(options.onProgress)
  const backup = await openBackup(resolve(from), steps.length, show)
  if (!backup.ok) return backup
  const { manifest } = backup.value
  return withServer(options, async ({ connection }, data) => {
    const prepared = await prepare(connection, steps.slice(0, manifest.schema), steps)
    if (!prepared.ok) return prepared
    await layDown(connection, data.path, backup.value, show)
    const migrated = await migrate(connection, steps)
    if (!migrated.ok) return migrated
    return ok({ manifest, check: await checkOn(connection, data.path) })
  })
}

/** A database that is empty but already of a later version has nowhere to put rows of an earlier one. */
async function prepare(connection: Connection, before: Steps, all: Steps): Promise<Result<undefined, Fault>> {
  const migrated = await migrate(connection, before)
  if (migrated.ok) return ok(undefined)
  const { code } = migrated.error
  if (code !== 'store.newer' || before.length === all.length) return migrated
  const found = 'a database of a later version than the backup'
  return err(surroundingsFault('restore.not-empty', connection.where, found, 'an empty database'))
}
