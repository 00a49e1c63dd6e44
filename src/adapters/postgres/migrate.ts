import pg from 'pg'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import { type Connection, columnTypes } from './database.ts'
import { storeFault } from './faults.ts'
import { migrations } from './migrations/index.ts'

const oldestServer = 150_000
/** One migration at a time on a server; an arbitrary number of our own. */
const migrationLock = 7_246_001

/** The migrator's own records; forced row-level security holds here too. */
const meta = `
create schema if not exists habeas_meta;
create table if not exists habeas_meta.migrations (
  version integer primary key,
  name text not null,
  applied_at timestamptz not null default now()
);
alter table habeas_meta.migrations enable row level security, force row level security;
create policy migrates on habeas_meta.migrations to current_user using (true) with check (true);`

export type Steps = readonly { readonly name: string; readonly sql: string }[]
/** From which version to which, and the names of what was done between them. */
export type Migrated = { readonly from: number; readonly to: number; readonly ran: readonly string[] }

/** Brings the database to the version of `steps` in one transaction; refuses one that a newer version has changed. */
export const migrate = (
  connection: Connection,
  steps: Steps = migrations,
): Promise<Result<Migrated, Fault>> =>
  withClient(connection, async (client, where) => {
    const version = await versionOf(client)
    if (version === steps.length) return ok({ from: version, to: version, ran: [] })
    if (version > steps.length) return err(newer(where, version, steps.length))
    const server = Number((await client.query('show server_version_num')).rows[0].server_version_num)
    if (server < oldestServer) {
      const found = `PostgreSQL ${Math.floor(server / 10_000)}`
      return err(surroundingsFault('store.older-postgres', where, found, 'PostgreSQL 15 or newer'))
    }
    return apply(client, where, steps)
  })

/** Refuses a database of any other version, and changes none. */
export const requireCurrent = (
  connection: Connection,
  steps: Steps = migrations,
): Promise<Result<undefined, Fault>> =>
  withClient(connection, async (client, where) => {
    const version = await versionOf(client)
    if (version === steps.length) return ok(undefined)
    if (version > steps.length) return err(newer(where, version, steps.length))
    const found = version === 0 ? 'a database without a store' : `a database of version ${version}`
    const expected = `version ${steps.length} (habeas db migrate brings it there)`
    return err(surroundingsFault('store.older', where, found, expected))
  })

async function withClient<T>(
  { config, where }: Connection,
  work: (client: pg.Client, where: string) => Promise<Result<T, Fault>>,
): Promise<Result<T, Fault>> {
  const client = new pg.Client({ ...config, types: columnTypes, connectionTimeoutMillis: 15_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client, where)
  } catch (error) {
    const fault = storeFault(where, error)
    if (fault === undefined) throw error
    return err(fault)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function apply(client: pg.Client, where: string, steps: Steps): Promise<Result<Migrated, Fault>> {
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
  const from = await versionOf(client)
  if (from > steps.length) return err(newer(where, from, steps.length))
  if (from === 0 && !(await hasMeta(client))) await client.query(meta)
  const ran = steps.slice(from)
  for (const [i, { name, sql }] of ran.entries()) {
    await client.query(sql)
    const values = [from + i + 1, name]
    await client.query('insert into habeas_meta.migrations (version, name) values ($1, $2)', values)
  }
  await client.query('commit')
  return ok({ from, to: steps.length, ran: ran.map(({ name }) => name) })
}

/** Asks the catalogue itself: `to_regclass` may answer from what this session had looked up before it waited for its turn. */
async function hasMeta(client: pg.Client): Promise<boolean> {
  const sql = `select from pg_catalog.pg_tables where schemaname = 'habeas_meta' and tablename = 'migrations'`
  return (await client.query(sql)).rowCount === 1
}

async function versionOf(client: pg.Client): Promise<number> {
  if (!(await hasMeta(client))) return 0
  return (await client.query('select coalesce(max(version), 0) as version from habeas_meta.migrations'))
    .rows[0].version
}

const newer = (where: string, version: number, known: number): Fault =>
  surroundingsFault(
    'store.newer',
    where,
    `a database of version ${version}`,
    `version ${known} or older; a newer habeas`,
  )
