import { join } from 'node:path'
import { formatVerifierKey } from '#evidence'
import { FaultError } from '#kernel'
import { readLogKey } from '../../keys/logKey.ts'
import type { Session } from '../database.ts'
import { compareWithMemory, type Memory } from '../log/memory.ts'
import { readHead } from '../log/tree.ts'
import type { Found } from './found.ts'

/** The key of the data folder must be the log's, and the log no shorter than the folder remembers. Answers the log's key. */
export async function checkKey(
  session: Session,
  folder: string,
  memory: Memory,
  found: Found,
): Promise<string> {
  const [identity] = await session.query<{ vkey: string }>('select vkey from habeas_log.identity')
  const signer = await readLogKey(join(folder, 'log.key'))
  const key = signer.ok ? signer.value?.key : undefined
  if (!key || formatVerifierKey(key) !== identity?.vkey) found('key.other-log', 'log.key')
  try {
    await compareWithMemory(session, memory, await readHead(session), key)
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    found(error.fault.code, 'checkpoint')
  }
  return identity?.vkey ?? ''
}
