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

/** Brings the database to this version in one transaction; refuses one that a newer version has changed. */
export async function migrate({ config, where }: Connection): Promise<Result<undefined, Fault>> {
  const client = new pg.Client({ ...config, types: columnTypes, connectionTimeoutMillis: 15_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const version = await versionOf(client)
    if (version === migrations.length) return ok(undefined)
    if (version > migrations.length) return err(newer(where, version))
    const server = Number((await client.query('show server_version_num')).rows[0].server_version_num)
    if (server < oldestServer) {
      const found = `PostgreSQL ${Math.floor(server / 10_000)}`
      return err(surroundingsFault('store.older-postgres', where, found, 'PostgreSQL 15 or newer'))
    }
    return await apply(client, where)
  } catch (error) {
    const fault = storeFault(where, error)
    if (fault === undefined) throw error
    return err(fault)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function apply(client: pg.Client, where: string): Promise<Result<undefined, Fault>> {
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
  const version = await versionOf(client)
  if (version > migrations.length) return err(newer(where, version))
  if (version === 0 && !(await hasMeta(client))) await client.query(meta)
  for (const [i, { name, sql }] of migrations.entries()) {
    if (i < version) continue
    await client.query(sql)
    await client.query('insert into habeas_meta.migrations (version, name) values ($1, $2)', [i + 1, name])
  }
  await client.query('commit')
  return ok(undefined)
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

const newer = (where: string, version: number): Fault =>
  surroundingsFault(
    'store.newer',
    where,
    `a database of version ${version}`,
    `version ${migrations.length} or older; a newer habeas`,
  )
