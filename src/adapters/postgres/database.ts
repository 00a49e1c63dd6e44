import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Fault, FaultError, instantOf, surroundingsFault } from '#kernel'
import type { AccountId, ActScope, OrganisationId } from '#usecases'
import { storeFault } from './faults.ts'
import { standingLookers } from './lookers.ts'

/** Statements inside one transaction. */
export interface Session {
  /** Rows as the column types below give them. A failure is thrown as a `FaultError` and ends the transaction. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** What a COPY … TO STDOUT says, as it comes; it must be read to its end before anything else is asked. */
  copyOut(sql: string): AsyncGenerator<Uint8Array, void>
}

/** Who asks. Each kind is a role of the database; none of them can do what another one does. */
export type Access =
  | ({ readonly as: 'habeas_act' } & ActScope)
  | { readonly as: 'habeas_sequencer' }
  | { readonly as: 'habeas_auditor' }
  | { readonly as: 'habeas_door' }
  | { readonly as: 'habeas_recipient'; readonly organisation: OrganisationId }
  | ({ readonly as: 'habeas_reviewer' } & (
      | { readonly organisation: OrganisationId }
      | { readonly account: AccountId }
      | { readonly relativesAt: OrganisationId }
      | { readonly attending: AccountId }
    ))
  | { readonly as: 'habeas_keeper'; readonly task: 'backup' | 'restore' }

export interface Database {
  /** Plain questions at the door, each seen by itself; nothing can be changed. */
  look<T>(work: (session: Session) => Promise<T>): Promise<T>
  transact<T>(access: Access, work: (session: Session) => Promise<T>): Promise<T>
  end(): Promise<void>
}

/** How to reach a database (now: its host may change), its name in faults, and what else is known of its disk. */
export type Connection = {
  readonly config: pg.ClientConfig
  readonly where: string
  readonly diskIsFull: () => boolean
}

/** The database's own calls them so: numbers beyond 2^53 are refused, not rounded. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: safeInteger,
  [pg.types.builtins.TIMESTAMPTZ]: (text) => instantOf(Date.parse(text)),
  // A Buffer's `slice` shares memory, a Uint8Array's does not: give what the types say.
  [pg.types.builtins.BYTEA]: (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')),
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a number beyond 2^53 from the database')
  return value
}

export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (id: number) => parsers[id] ?? pg.types.getTypeParser(id),
}

/** Between transactions a connection is this role, which has no right to anything. */
const idleRole = 'habeas_idle'
const mostConnections = 10
/** For the length of the connection, what `enter` says for the length of a transaction. */
const lookerSettings = { role: 'habeas_door', 'habeas.task': 'door', default_transaction_read_only: 'on' }
const connectTimeoutMs = 15_000

/** `copies`: whole tables are read with COPY, which cannot be sent ahead of other statements. */
export function openDatabase(connection: Connection, { copies = false } = {}): Database {
  const pool = openPool(connection, !copies)
  const lookers = standingLookers({
    config: () => clientConfig(connection, lookerSettings),
    sessionOn: (client) => sessionOn(client, connection),
    fail: (error) => fail(connection, error),
  })
  return {
    look: lookers.look,
    transact: (access, work) => transact(pool, connection, access, work, !copies),
    end: async () => void (await Promise.all([pool.end(), lookers.end()])),
  }
}

function openPool(connection: Connection, pipeline: boolean): pg.Pool {
  const config = { ...clientConfig(connection, { role: idleRole }), pipeline }
  const pool = new pg.Pool({ ...config, max: mostConnections, allowExitOnIdle: true })
  // An idle connection that breaks is no news: whoever asks next learns it.
  pool.on('error', () => undefined)
  return pool
}

/** Statements are sent before the answers to those before them have come. */
function clientConfig({ config }: Connection, settings: Readonly<Record<string, string>>): pg.ClientConfig {
  const set = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const options = [config.options, ...set].filter(Boolean).join(' ')
  return { ...config, options, types: columnTypes, connectionTimeoutMillis: connectTimeoutMs, pipeline: true }
}

/** A connection for a while; one that is in an unknown state when it comes back is dropped. */
async function lend(pool: pg.Pool, connection: Connection) {
  const { host } = connection.config
  if (host !== undefined) pool.options.host = host
  const client = await pool.connect().catch((error: unknown) => fail(connection, error))
  // A broken connection is told to whoever waits for its answer; without a listener it would end the process.
  const ignore = () => undefined
  client.on('error', ignore)
  const giveBack = (clean: boolean): void => {
    client.off('error', ignore)
    client.release(!clean)
  }
  return { client, giveBack }
}

async function transact<T>(
  pool: pg.Pool,
  connection: Connection,
  access: Access,
  work: (session: Session) => Promise<T>,
  ahead: boolean,
): Promise<T> {
  const { client, giveBack } = await lend(pool, connection)
  const session = sessionOn(client, connection)
  let clean = false
  try {
    const entered = enterAs(session, access, ahead)
    if (!ahead) await entered
    const result = await withinTransaction(session, entered, work)
    await commit(client, connection)
    clean = true
    return result
  } catch (error) {
    // In the middle of a copy the connection answers nothing else: a ROLLBACK would wait for ever.
    clean = !session.isCopying() && (await rollBack(client))
    throw error
  } finally {
    giveBack(clean)
  }
}

/**
 * Sent ahead of the first statement of the work, not waited for: the server takes them in this order, and nothing is allowed
 * to a connection that has not entered. Where nothing may be sent ahead, one after the other.
 */
function enterAs(session: Session, access: Access, ahead: boolean): Promise<unknown> {
  const begin = () => session.query(beginFor(access))
  const become = () => session.query(enter, settingsOf(access))
  const entered = ahead ? Promise.all([begin(), become()]) : begin().then(become)
  entered.catch(() => undefined)
  return entered
}

async function withinTransaction<T>(
  session: Session,
  entered: Promise<unknown>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const result = await work(session).catch(async (error: unknown) => {
    // What failed first is the cause; all after it only says that the transaction had failed.
    await entered
    throw error
  })
  await entered
  return result
}

/** A copy is of one moment, and taking it changes nothing; that must be said before the first question. */
const beginFor = (access: Access): string =>
  access.as === 'habeas_keeper' && access.task === 'backup'
    ? 'begin isolation level repeatable read, read only'
    : 'begin'

/** A server that is told not to wait for its disk would lose what we have acknowledged. */
const enter = `select set_config('role', $1, true), set_config('habeas.task', $2, true),
  set_config('habeas.act', $3, true), set_config('habeas.subject', $4, true),
  case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', true) end`

function settingsOf(access: Access): string[] {
  switch (access.as) {
    case 'habeas_act':
      return [access.as, '', access.act, access.subject]
    case 'habeas_sequencer':
      return [access.as, 'publish', '', '']
    case 'habeas_auditor':
      return [access.as, 'audit', '', '']
    case 'habeas_door':
      return [access.as, 'door', '', '']
    case 'habeas_recipient':
      return [access.as, `recall/${access.organisation}`, '', '']
    case 'habeas_reviewer':
      return [access.as, reviewTask(access), '', '']
    case 'habeas_keeper':
      return [access.as, access.task, '', '']
  }
}

function reviewTask(access: Extract<Access, { readonly as: 'habeas_reviewer' }>): string {
  if ('relativesAt' in access) return `relatives/${access.relativesAt}`
  if ('attending' in access) return `attends/${access.attending}`
  return 'account' in access ? `opened/${access.account}` : `review/${access.organisation}`
}

const names = new Map<string, string>()

/** Statements are few and fixed; under a name the server parses and plans each once per connection. */
function nameOf(sql: string): string {
  const name = names.get(sql) ?? `habeas_${names.size}`
  names.set(sql, name)
  return name
}

/** Named after it is made: settings in an object are copied property by property, which takes as long as the statement. */
const ask = <Row extends object>(client: pg.ClientBase, sql: string, values: readonly unknown[]) =>
  new Promise<readonly Row[]>((resolve, reject) => {
    const query = new pg.Query<Row>(sql, [...values], (error, result) =>
      error ? reject(error) : resolve(result.rows),
    )
    if (values.length > 0) Object.assign(query, { name: nameOf(sql) })
    writeTogether(client as Wired)
    client.query(query)
  })

type Wired = pg.ClientBase & { readonly connection: pg.Connection }

/** What is asked in one turn goes out in one write: each write wakes the server, and that takes as long as a statement. */
function writeTogether({ connection: { stream } }: Wired): void {
  stream.cork()
  process.nextTick(() => stream.uncork())
}

function sessionOn(client: pg.ClientBase, connection: Connection): Session & { isCopying(): boolean } {
  let copying = false
  return {
    isCopying: () => copying,
    async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
      try {
        return await ask<Row>(client, sql, values)
      } catch (error) {
        return fail(connection, error)
      }
    },
    async *copyOut(sql) {
      copying = true
      const rows = client.query(copyTo(sql))[Symbol.asyncIterator]()
      try {
        for (;;) {
          const { value, done } = await rows.next().catch((error: unknown) => fail(connection, error))
          if (done) break
          yield value as Uint8Array
        }
        copying = false
      } finally {
        await rows.return?.()
      }
    },
  }
}

/** PostgreSQL answers a COMMIT of a failed transaction with ROLLBACK, and no error. */
async function commit(client: pg.PoolClient, connection: Connection): Promise<void> {
  const [done] = await endTransaction(client, 'commit').catch((error: unknown) =>
    failCommit(connection, error),
  )
  if (done === 'COMMIT') return
  const found = 'a transaction in which a statement had failed'
  throw new FaultError(
    surroundingsFault('store.failed', connection.where, found, 'one that could be committed'),
  )
}

/** Locks on a person outlast the transaction, so that nobody sees its end before it is there; they end here. */
async function endTransaction(client: pg.PoolClient, how: 'commit' | 'rollback'): Promise<string[]> {
  const results: unknown = await client.query(`${how}; select pg_advisory_unlock_all()`)
  return (results as readonly pg.QueryResult[]).map(({ command }) => command)
}

/** False: the connection is in an unknown state and must be dropped. */
const rollBack = (client: pg.PoolClient): Promise<boolean> =>
  endTransaction(client, 'rollback').then(
    () => true,
    () => false,
  )

/** Throws what the error means; an error that is not the database's is thrown as it is. */
function fail({ where, diskIsFull }: Connection, error: unknown): never {
  const fault = storeFault(where, error)
  if (fault === undefined) throw error
  throw new FaultError(fault.code === 'store.unavailable' && diskIsFull() ? diskFullFault(where) : fault)
}

/** A connection that is lost while COMMIT is under way: the database may have carried it out, and must be asked. */
function failCommit(connection: Connection, error: unknown): never {
  const { where } = connection
  if (storeFault(where, error)?.code !== 'store.unavailable') return fail(connection, error)
  const found = 'a connection that was lost while the transaction ended'
  throw new FaultError(surroundingsFault('store.outcome-unknown', where, found, 'an answer to COMMIT'))
}

const diskFullFault = (where: string): Fault =>
  surroundingsFault('store.disk-full', where, 'no space left on the disk', 'room for the database')
