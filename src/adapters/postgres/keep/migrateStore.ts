import type { Fault, Result } from '#kernel'
import { type Migrated, migrate } from '../migrate.ts'
import type { StoreOptions } from '../openStore.ts'
import { withServer } from './openKept.ts'

/** Brings the database to this program's version, and makes one where there is none. */
export const migrateStore = (options: StoreOptions): Promise<Result<Migrated, Fault>> =>
  withServer(options, ({ connection }) => migrate(connection))
