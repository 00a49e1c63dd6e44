import type { Programs, StoreChoice } from '#cli'
import { ok } from '#kernel'
import { defaultDataFolder } from './main.parts.ts'

/** Programs that keep the database: each opens it for itself, and only as far as it needs. */
const optionsOf = ({ data }: StoreChoice, onProgress: (text: string) => void = () => {}) => {
  const databaseUrl = process.env['DATABASE_URL']
  return { dataFolder: data ?? defaultDataFolder(), onProgress, ...(databaseUrl ? { databaseUrl } : {}) }
}

export const checkStore: Programs['checkStore'] = async (choice) => {
  const { checkStore } = await import('./adapters/postgres/keep/check.ts')
  return checkStore(optionsOf(choice))
}

export const migrateStore: Programs['migrateStore'] = async (choice, show) => {
  const { migrateStore } = await import('./adapters/postgres/keep/migrateStore.ts')
  return migrateStore(optionsOf(choice, show))
}

export const backUpStore: Programs['backUpStore'] = async (out, choice, show) => {
  const { backUpStore } = await import('./adapters/postgres/keep/backup.ts')
  const taken = await backUpStore(optionsOf(choice, show), out)
  return taken.ok ? ok(summaryOf(taken.value)) : taken
}

export const restoreStore: Programs['restoreStore'] = async (from, choice, show) => {
  const { restoreStore } = await import('./adapters/postgres/keep/restore.ts')
  const restored = await restoreStore(optionsOf(choice, show), from)
  if (!restored.ok) return restored
  const { manifest, check } = restored.value
  return ok({ ...summaryOf(manifest), check })
}

type Kept = {
  readonly schema: number
  readonly takenAt: string
  readonly log: { readonly origin: string; readonly size: number }
  readonly tables: readonly { readonly table: string; readonly rows: number }[]
}

const summaryOf = ({ schema, takenAt, log, tables }: Kept) => ({
  version: schema,
  takenAt,
  log: { origin: log.origin, size: log.size },
  rows: Object.fromEntries(tables.map(({ table, rows }) => [table, rows])),
})
