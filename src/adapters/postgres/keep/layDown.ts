import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { equalBytes, FaultError, surroundingsFault, toHex } from '#kernel'
import { unlessErrno } from '../../files/errno.ts'
import { createOnce } from '../../files/place.ts'
import { type Connection, openDatabase, type Session } from '../database.ts'
import { compareWithMemory, type Memory, openMemory } from '../log/memory.ts'
import { sequencerLock } from '../log/publish.ts'
import { type Head, readHead } from '../log/tree.ts'
import { faultOf } from '../openStore.ts'
import { insertRows } from './insertRows.ts'
import { damaged, keyName, manifestName } from './manifest.ts'
import type { Backup } from './openBackup.ts'
import { readPart } from './readPart.ts'
import { tablesOf } from './tables.ts'

/** Everything of a backup into an empty store, in one transaction, with the key and the memory of its log. */
export async function layDown(
  connection: Connection,
  folder: string,
  backup: Backup,
  show: (text: string) => void,
): Promise<void> {
  const memory = await openMemory(folder)
  const database = openDatabase(connection)
  try {
    await database.transact({ as: 'habeas_keeper', task: 'restore' }, async (session) => {
      await requireEmpty(session, connection.where, backup.manifest.schema)
      await insertAll(session, backup, show)
      const head = await requireSameLog(session, backup)
      await compareWithMemory(session, memory, head, backup.signer.key)
      await placeKey(folder, backup, memory, head)
    })
  } finally {
    await database.end()
  }
}

/** Under the lock under which a log is begun: a server that starts meanwhile waits, and then finds this one. */
async function requireEmpty(session: Session, where: string, schema: number): Promise<void> {
  await session.query('select pg_advisory_xact_lock($1)', [sequencerLock])
  const filled = tablesOf(schema).map(({ name }) => `exists (select from ${name})`)
  const [row] = await session.query<{ filled: boolean }>(`select ${filled.join(' or ')} as filled`)
  if (row?.filled === false) return
  const found = 'a store that holds something'
  throw new FaultError(surroundingsFault('restore.not-empty', where, found, 'an empty store'))
}

async function insertAll(session: Session, { folder, parts }: Backup, show: (text: string) => void) {
  let total = 0
  for (const [table, part] of parts) {
    const onRows = (rows: number): void => {
      total += rows
      show(`${total} rows restored (${table.name})`)
    }
    await insertRows(session, table, readPart(folder, table, part), onRows).catch((error: unknown) => {
      throw refusedRow(folder, table.name, error)
    })
  }
  await session.query(`select setval(pg_get_serial_sequence('habeas_log.pending', 'position'), max(position))
    from habeas_log.pending having count(*) > 0`)
  await session.query('set constraints all immediate').catch((error: unknown) => {
    throw refusedRow(folder, 'all tables', error)
  })
}

/** Rows are of the backup's making: one that the database refuses is its fault, not that of the surroundings. */
function refusedRow(folder: string, table: string, error: unknown): unknown {
  const isRow = error instanceof FaultError && /^the database error (22|23)/.test(error.fault.found)
  if (!isRow) return error
  return new FaultError(damaged(folder, `a row of ${table} that does not fit`, 'rows as they were copied'))
}

async function requireSameLog(session: Session, { folder, manifest: { log } }: Backup): Promise<Head> {
  const [identity] = await session.query<{ vkey: string }>('select vkey from habeas_log.identity')
  const head = await readHead(session)
  if (identity?.vkey === log.vkey && head?.size === log.size && toHex(head.root) === log.root) return head
  const found = 'another log than the tables hold'
  throw new FaultError(damaged(join(folder, manifestName), found, 'the log of the backup'))
}

/**
 * Right before the commit, the memory first: should it fail now, a store that is opened here says that its log is missing, and
 * nobody begins another one with this key. The same restore can be done again.
 */
async function placeKey(folder: string, { key, signer }: Backup, memory: Memory, head: Head): Promise<void> {
  const file = join(folder, keyName)
  try {
    const there = await unlessErrno(readFile(file), 'ENOENT')
    if (there !== undefined && !equalBytes(there, key)) {
      const found = 'another key'
      throw new FaultError(
        surroundingsFault('key.other-log', file, found, `no key, or that of ${signer.key.name}`),
      )
    }
    await memory.remember(head)
    await createOnce(file, key)
  } catch (error) {
    throw new FaultError(faultOf(file, error))
  }
}
