import { rmSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, type Fault, isRecord, ok, parseJson, type Result, surroundingsFault, utf8 } from '#kernel'
import { unlessErrno } from './errno.ts'
import { createOnce, temporaryName } from './place.ts'
import { birthOf } from './processes.ts'

/** The one process that may use a folder. Its death frees it, whether or not it could say so. */
export type FolderLock = {
  release(): void
}

type Owner = { readonly pid: number; readonly birth: string }
export type Waiting = { readonly waitMs: number; readonly onProgress: (text: string) => void }

const lockName = 'lock'
const pauseMs = 50

/** Waits at most `waitMs` for a living owner to let go, then refuses and names it. */
export async function lockFolder(folder: string, waiting: Waiting): Promise<Result<FolderLock, Fault>> {
  const path = join(folder, lockName)
  const text = JSON.stringify({ pid: process.pid, birth: (await birthOf(process.pid)) ?? '' })
  const deadline = Date.now() + waiting.waitMs
  for (let told = false; ; ) {
    if (await createOnce(path, utf8(text))) return ok(lockAt(path))
    const owner = await livingOwner(path)
    if (owner === undefined) continue
    if (Date.now() >= deadline) return err(inUse(folder, owner))
    if (!told) waiting.onProgress(`the data folder is in use by process ${owner.pid}; waiting`)
    told = true
    await sleep(Math.min(pauseMs, Math.max(deadline - Date.now(), 1)))
  }
}

const lockAt = (path: string): FolderLock => ({ release: () => rmSync(path, { force: true }) })

const inUse = (folder: string, { pid }: Owner): Fault =>
  surroundingsFault(
    'store.in-use',
    folder,
    `a data folder that process ${pid} is using`,
    'a free data folder',
  )

/** Undefined when the lock is free to be taken: it vanished, or it was a dead owner's and is now moved away. */
async function livingOwner(path: string): Promise<Owner | undefined> {
  const text = await unlessErrno(readFile(path, 'utf8'), 'ENOENT')
  if (text === undefined) return undefined
  const owner = parseOwner(text)
  if (owner !== undefined && (await birthOf(owner.pid)) === owner.birth) return owner
  await moveAway(path, text)
  return undefined
}

/** Two may find the same dead owner; the slower of them must not move away the lock that the faster has just made. */
async function moveAway(path: string, dead: string): Promise<void> {
  const aside = join(path, '..', temporaryName())
  const moved = await unlessErrno(
    rename(path, aside).then(() => true),
    'ENOENT',
  )
  if (!moved) return
  const text = await readFile(aside, 'utf8')
  if (text !== dead) await createOnce(path, utf8(text))
  await rm(aside, { force: true })
}

function parseOwner(text: string): Owner | undefined {
  const parsed = parseJson(text, lockName)
  if (!parsed.ok || !isRecord(parsed.value)) return undefined
  const { pid, birth } = parsed.value
  return typeof pid === 'number' && typeof birth === 'string' ? { pid, birth } : undefined
}
