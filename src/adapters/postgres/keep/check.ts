import { join } from 'node:path'
import {
  commit,
  formatVerifierKey,
  leafHash,
  openCheckpoint,
  parseLeaf,
  parseOpening,
  parseVerifierKey,
} from '#evidence'
import { equalBytes, err, type Fault, FaultError, ok, type Result } from '#kernel'
import { openDataFolder } from '../../files/dataFolder.ts'
import { readLogKey } from '../../keys/logKey.ts'
import { type Connection, openDatabase, type Session } from '../database.ts'
import { compareWithMemory, openMemory } from '../log/memory.ts'
import { type Head, readHead } from '../log/tree.ts'
import { migrate } from '../migrate.ts'
import { faultOf, openServer, type StoreOptions } from '../openStore.ts'
import { TreeCheck } from './treeCheck.ts'

export type CheckFailure = { readonly code: string; readonly where: string }
export type CheckReport = {
  readonly ok: boolean
  readonly entries: number
  /** Entries whose opening is gone, as after erasure. */
  readonly erased: number
  readonly acts: number
  readonly checkpoints: number
  readonly failures: readonly CheckFailure[]
}
type Found = (code: string, where: string) => void
type Row = { index: number; leaf: Uint8Array; leaf_hash: Uint8Array; opening: Uint8Array | null }

const batch = 500
/** More of them say nothing new, and a log that is all wrong would fill the memory. */
const mostFailures = 1000

/** Recomputes everything that the database claims; names indices only, never a person. */
export async function checkStore(options: StoreOptions): Promise<Result<CheckReport, Fault>> {
  try {
    const data = await openDataFolder(options.dataFolder)
    if (!data.ok) return data
    const server = await openServer(data.value, options)
    if (!server.ok) return server
    try {
      const migrated = await migrate(server.value.connection)
      return migrated.ok ? ok(await checkOn(server.value.connection, data.value.path)) : migrated
    } finally {
      await server.value.close()
    }
  } catch (error) {
    return err(faultOf(options.dataFolder, error))
  }
}

async function checkOn(connection: Connection, folder: string): Promise<CheckReport> {
  // One snapshot for all questions; it must be said before the transaction's first statement.
  const options = [connection.config.options, '-c default_transaction_isolation=repeatable\\ read']
  const config = { ...connection.config, options: options.filter(Boolean).join(' ') }
  const database = openDatabase({ ...connection, config })
  try {
    return await database.transact({ as: 'habeas_keeper', task: 'backup' }, (s) => checkIn(s, folder))
  } finally {
    await database.end()
  }
}

async function checkIn(session: Session, folder: string): Promise<CheckReport> {
  const failures: CheckFailure[] = []
  const found: Found = (code, where) => {
    if (failures.length < mostFailures) failures.push({ code, where })
  }
  const vkey = await checkKey(session, folder, found)
  const counts = await checkLog(session, vkey, found)
  const acts = await checkActs(session, found)
  return { ok: failures.length === 0, ...counts, acts, failures }
}

async function checkKey(session: Session, folder: string, found: Found): Promise<string> {
  const [identity] = await session.query<{ vkey: string }>('select vkey from habeas_log.identity')
  const signer = await readLogKey(join(folder, 'log.key'))
  const key = signer.ok ? signer.value?.key : undefined
  if (!key || formatVerifierKey(key) !== identity?.vkey) found('key.other-log', 'log.key')
  try {
    await compareWithMemory(session, await openMemory(folder), await readHead(session), key)
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    found(error.fault.code, 'checkpoint')
  }
  return identity?.vkey ?? ''
}

async function checkLog(session: Session, vkey: string, found: Found) {
  const tree = new TreeCheck()
  const key = parseVerifierKey(vkey)
  let heads: readonly Head[] = []
  let after = -1
  let checkpoints = 0
  let erased = 0
  const nextHead = async (): Promise<Head | undefined> => {
    if (heads.length > 0) return heads[0]
    const sql = 'select size, root, note from habeas_log.checkpoints where size > $1 order by size limit 500'
    heads = await session.query<Head>(sql, [after])
    return heads[0]
  }
  const closeHeads = async (): Promise<void> => {
    for (let head = await nextHead(); head?.size === tree.size; head = await nextHead()) {
      checkpoints++
      after = head.size
      heads = heads.slice(1)
      const note = key.ok ? openCheckpoint(head.note, key.value) : key
      if (!equalBytes(head.root, tree.root)) found('checkpoint.root', `checkpoint ${head.size}`)
      if (!note.ok) found('checkpoint.note', `checkpoint ${head.size}`)
      else if (note.value.checkpoint.size !== head.size || !equalBytes(note.value.checkpoint.root, tree.root))
        found('checkpoint.note', `checkpoint ${head.size}`)
    }
  }
  await closeHeads()
  await session.query(`declare entries no scroll cursor for select e.index, e.leaf, e.leaf_hash, o.opening
    from habeas_log.entries e left join habeas.openings o using (entry_id) order by e.index`)
  for (;;) {
    const rows = await session.query<Row>(`fetch ${batch} from entries`)
    if (rows.length === 0) break
    let hashes: Uint8Array[] = []
    for (const row of rows) {
      if (row.index !== tree.size + hashes.length) found('entry.index', `entry ${row.index}`)
      if (row.opening === null) erased++
      hashes.push(checkEntry(row, found))
      if ((await nextHead())?.size === tree.size + hashes.length) {
        tree.grow(hashes)
        hashes = []
        await closeHeads()
      }
    }
    tree.grow(hashes)
    for (const where of await tree.compare(session, false)) found('tile.other', where)
  }
  for (const where of await tree.compare(session, true)) found('tile.other', where)
  if (after !== tree.size) found('checkpoint.missing', `size ${tree.size}`)
  const beyond = await nextHead()
  if (beyond) found('checkpoint.beyond', `checkpoint ${beyond.size}`)
  return { entries: tree.size, erased, checkpoints }
}

function checkEntry({ index, leaf, leaf_hash, opening }: Row, found: Found): Uint8Array {
  const hash = leafHash(leaf)
  if (!equalBytes(hash, leaf_hash)) found('entry.leaf-hash', `entry ${index}`)
  const parsed = parseLeaf(leaf)
  if (!parsed.ok) found('entry.leaf', `entry ${index}`)
  if (opening === null) return hash
  const opened = parseOpening(opening)
  const same =
    opened.ok && parsed.ok && commit(opened.value.salt, opened.value.payload) === parsed.value.commitment
  if (!same) found('opening.other', `entry ${index}`)
  return hash
}

async function checkActs(session: Session, found: Found): Promise<number> {
  const [row] = await session.query<{ acts: number; unopened: number; lost: number }>(`select
    (select count(*) from habeas.acts) as acts,
    (select count(*) from habeas.acts a where not exists (select from habeas.openings o
      where (o.subject_id, o.act_id) = (a.subject_id, a.act_id))) as unopened,
    (select count(*) from habeas.openings o where not exists (select from habeas_log.entries e
      where e.entry_id = o.entry_id) and not exists (select from habeas_log.pending p
      where p.entry_id = o.entry_id)) as lost`)
  if (row && row.unopened > 0) found('act.no-opening', `${row.unopened} acts`)
  if (row && row.lost > 0) found('opening.no-entry', `${row.lost} openings`)
  return row?.acts ?? 0
}
