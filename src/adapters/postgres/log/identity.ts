import { join } from 'node:path'
import { emptyRoot, formatVerifierKey, type Signer, signCheckpoint } from '#evidence'
import { expectOk, type Fault, FaultError, type Result, surroundingsFault, toHex } from '#kernel'
import { systemChance } from '../../chance.ts'
import { makeLogKey, matchIdentity, readLogKey } from '../../keys/logKey.ts'
import type { Database, Session } from '../database.ts'
import { compareWithMemory, type Memory } from './memory.ts'
import { sequencerLock, storeHead } from './publish.ts'
import { readHead } from './tree.ts'

type Identity = { readonly origin: string; readonly vkey: string }

/**
 * The log's key, which must be the one that the database knows; a database without a log gets one. The key is on disk before
 * its log is committed, so a crash between the two leaves a key that the next start takes up.
 */
export async function openLog(database: Database, dataFolder: string, memory: Memory): Promise<Signer> {
  const file = join(dataFolder, 'log.key')
  return database.transact({ as: 'habeas_sequencer' }, async (session) => {
    const known = await readIdentity(session)
    if (known === undefined) await session.query('select pg_advisory_xact_lock($1)', [sequencerLock])
    const identity = known ?? (await readIdentity(session))
    const signer = identity ? await knownKey(file, identity) : undefined
    await compareWithMemory(session, memory, await readHead(session), signer?.key)
    return signer ?? beginLog(session, file)
  })
}

async function readIdentity(session: Session): Promise<Identity | undefined> {
  return (await session.query<Identity>('select origin, vkey from habeas_log.identity'))[0]
}

async function knownKey(file: string, { vkey, origin }: Identity): Promise<Signer> {
  const signer = unfault(await readLogKey(file))
  if (signer !== undefined) return unfault(matchIdentity(signer, vkey, file))
  const expected = `the key of ${origin}, the log in the database`
  throw new FaultError(surroundingsFault('key.missing', file, 'no key', expected))
}

async function beginLog(session: Session, file: string): Promise<Signer> {
  const origin = `habeas.invalid/log/${toHex(systemChance.bytes(4))}`
  const signer = unfault(await makeLogKey(file, origin, systemChance.bytes(32)))
  const { key } = signer
  await session.query('insert into habeas_log.identity (origin, vkey) values ($1, $2)', [
    key.name,
    formatVerifierKey(key),
  ])
  const note = await signCheckpoint(signer, { origin: key.name, size: 0, root: emptyRoot })
  await storeHead(session, { size: 0, root: emptyRoot, note })
  return signer
}

function unfault<T>(result: Result<T, Fault>): T {
  if (!result.ok) throw new FaultError(result.error)
  return expectOk(result)
}
