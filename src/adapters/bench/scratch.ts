import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { FaultError } from '#kernel'
import { openDataFolder } from '../files/dataFolder.ts'
import { faultOf, openServer, type StoreOptions } from '../postgres/openStore.ts'
import { median } from './compare.ts'
import { short } from './line.ts'
import { given } from './parts.ts'

/** A new database of its own in one PostgreSQL: the store lies in it, and the plain tables of the peers. Nothing else is touched. */
export type Scratch = {
  readonly databaseUrl: string
  /** Folder of the log's key and of its newest checkpoint. */
  readonly dataFolder: string
  /** What a durable write cannot go under here, in words. */
  readonly disk: string
  /** What a question to the database cannot go under here, in words. */
  roundTrip(): Promise<string>
  close(): Promise<void>
}

type Where = Pick<StoreOptions, 'databaseUrl' | 'onProgress'> & { readonly folder: string }

export async function openScratch({ folder, ...options }: Where): Promise<Scratch> {
  const server = join(folder, 'server')
  try {
    const data = given(await openDataFolder(server))
    const { connection, close } = given(await openServer(data, { ...options, dataFolder: server }))
    const admin = new pg.Client(connection.config)
    admin.on('error', () => undefined)
    await admin.connect()
    const name = `habeas_bench_${randomBytes(4).toString('hex')}`
    await admin.query(`create database ${name}`)
    return {
      databaseUrl: urlOf(connection.config, name),
      dataFolder: join(folder, 'log'),
      disk: `one fsync here ${short(await fsyncMs(join(folder, 'fsync')))} ms`,
      roundTrip: async () => `one round trip to the database ${short(await roundTripUs(admin))} µs`,
      close: async () => {
        await admin.query(`drop database ${name} with (force)`).catch(() => undefined)
        await admin.end()
        await close()
      },
    }
  } catch (error) {
    throw new FaultError(faultOf(options.databaseUrl === undefined ? server : 'DATABASE_URL', error))
  }
}

/** The same server, another database. */
function urlOf(config: pg.ClientConfig, name: string): string {
  const { connectionString, user = '', password, host = '', port } = config
  if (connectionString !== undefined) {
    return connectionString.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`)
  }
  const [who, secret, where] = [user, String(password), host].map(encodeURIComponent)
  return `postgres://${who}:${secret}@${where}:${port}/${name}`
}

/** A page that is written over and made durable, as a database does it with its journal. */
async function fsyncMs(path: string): Promise<number> {
  const file = await open(path, 'w')
  const taken: number[] = []
  try {
    for (let i = 0; i < 40; i++) {
      const from = performance.now()
      await file.write(randomBytes(8192), 0, 8192, 0)
      await file.datasync()
      taken.push(performance.now() - from)
    }
  } finally {
    await file.close()
  }
  return median(taken)
}

export async function runSql(databaseUrl: string, sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(sql, values)
  } finally {
    await client.end()
  }
}

async function roundTripUs(client: pg.Client): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < 200; i++) {
    const from = performance.now()
    await client.query({ name: 'nothing', text: 'select 1' })
    taken.push(1000 * (performance.now() - from))
  }
  return median(taken)
}
