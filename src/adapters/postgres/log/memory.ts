import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCheckpoint, parseNote, type TreeHead, type VerifierKey } from '#evidence'
import { FaultError, surroundingsFault, utf8 } from '#kernel'
import { unlessErrno } from '../../files/errno.ts'
import { replaceFile } from '../../files/place.ts'
import type { Session } from '../database.ts'
import { type Head, readEdge } from './tree.ts'

/**
 * The newest checkpoint that this data folder has seen, kept outside the database: a database that was put back to an earlier
 * state would otherwise sign another tree of a size that is already signed.
 */
export interface Memory {
  readonly remembered: TreeHead | undefined
  remember(head: Head): Promise<void>
}

export async function openMemory(dataFolder: string): Promise<Memory> {
  const path = join(dataFolder, 'checkpoint')
  const text = await unlessErrno(readFile(path, 'utf8'), 'ENOENT')
  const remembered = text === undefined ? undefined : parseRemembered(path, text)
  let size = remembered?.size ?? -1
  return {
    remembered,
    async remember(head) {
      if (head.size <= size) return
      await replaceFile(path, utf8(head.note))
      size = head.size
    },
  }
}

function parseRemembered(path: string, text: string): TreeHead {
  const note = parseNote(text)
  const head = note.ok ? parseCheckpoint(note.value.text) : note
  if (head.ok) return head.value
  throw new FaultError(
    surroundingsFault('store.damaged', path, 'no checkpoint', 'the newest checkpoint of the log'),
  )
}

/** The database must hold every tree that was published from here. */
export async function compareWithMemory(
  session: Session,
  { remembered }: Memory,
  head: Head | undefined,
  key: VerifierKey | undefined,
): Promise<void> {
  if (remembered === undefined) return
  if (head === undefined || head.size < remembered.size || key?.name !== remembered.origin) {
    const known = key && head ? `${key.name} with ${head.size} entries` : 'no log'
    throw rolledBack(known, remembered)
  }
  await readEdge(session, remembered).catch((error: unknown) => {
    throw error instanceof FaultError && error.fault.code === 'store.log-damaged'
      ? rolledBack('another tree', remembered)
      : error
  })
}

const rolledBack = (found: string, { origin, size }: TreeHead): FaultError =>
  new FaultError(
    surroundingsFault(
      'store.rolled-back',
      'the database',
      found,
      `the log ${origin} with the ${size} entries that were published`,
    ),
  )
