import { truncateSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, type Fault, isRecord, ok, parseJson, type Result, surroundingsFault, utf8 } from '#kernel'
import { errnoOf, unlessErrno } from './errno.ts'
import { createOnce } from './place.ts'
import { birthOf } from './processes.ts'

/** The one process that may use a folder. Its death frees it, whether or not it could say so. */
export type FolderLock = {
  release(): void
}

/** `shares`: others need not wait for it, but may use what it runs. */
type Owner = { readonly pid: number; readonly birth: string; readonly shares: boolean }
export type Waiting = { readonly waitMs: number; readonly onProgress: (text: string) => void }

const pauseMs = 50
const lockName = (generation: number): string => `lock.${generation}`
const lockPattern = /^lock\.(\d{1,15})$/

/**
 * Waits at most `waitMs` for a living owner to let go, then refuses and names it.
 *
 * Each owner makes the file of the next generation, which only one of many can do, and only while the highest one is nobody's:
 * its owner is dead, or emptied it. The highest file is never taken away, so nobody can own a generation that is over.
 */
export async function lockFolder(
  folder: string,
  waiting: Waiting & { readonly shares?: boolean },
): Promise<Result<FolderLock, Fault>> {
  const { shares = false } = waiting
  const mine = utf8(JSON.stringify({ pid: process.pid, birth: (await birthOf(process.pid)) ?? '', shares }))
  const deadline = Date.now() + waiting.waitMs
  for (let told = false; ; ) {
    const last = Math.max(0, ...(await generations(folder)))
    const owner = await ownerIn(join(folder, lockName(last)))
    if (owner === undefined) {
      if (await take(folder, last + 1, mine)) return ok(lockAt(join(folder, lockName(last + 1))))
      continue
    }
    if (Date.now() >= deadline) return err(inUse(folder, owner))
    if (!told) waiting.onProgress(`the data folder is in use by process ${owner.pid}; waiting`)
    told = true
    await sleep(Math.min(pauseMs, Math.max(deadline - Date.now(), 1)))
  }
}

async function generations(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const [, generation] = lockPattern.exec(name) ?? []
    return generation === undefined ? [] : [Number(generation)]
  })
}

async function take(folder: string, generation: number, mine: Uint8Array): Promise<boolean> {
  if (!(await createOnce(join(folder, lockName(generation)), mine))) return false
  const all = await generations(folder)
  // Whoever was slow may make a file anew that had its time: there is a higher one then.
  const over = Math.max(...all) > generation ? [generation] : all.filter((other) => other < generation)
  for (const other of over) await rm(join(folder, lockName(other)), { force: true })
  return !over.includes(generation)
}

/** Emptying needs no room on a full disk, and can be done while the process ends. */
const lockAt = (path: string): FolderLock => ({
  release() {
    try {
      truncateSync(path)
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error
    }
  },
})

const inUse = (folder: string, { pid }: Owner): Fault =>
  surroundingsFault(
    'store.in-use',
    folder,
    `a data folder that process ${pid} is using`,
    'a free data folder',
  )

/** Who owns the folder now. */
export const livingOwner = async (folder: string): Promise<Owner | undefined> =>
  ownerIn(join(folder, lockName(Math.max(0, ...(await generations(folder))))))

/** Undefined when nobody has this lock any more: it is not there, is empty, or names a dead process. */
async function ownerIn(path: string): Promise<Owner | undefined> {
  const owner = parseOwner((await unlessErrno(readFile(path, 'utf8'), 'ENOENT')) ?? '')
  return owner !== undefined && (await birthOf(owner.pid)) === owner.birth ? owner : undefined
}

function parseOwner(text: string): Owner | undefined {
  const parsed = parseJson(text, 'lock')
  if (!parsed.ok || !isRecord(parsed.value)) return undefined
  const { pid, birth, shares } = parsed.value
  if (typeof pid !== 'number' || typeof birth !== 'string') return undefined
  return { pid, birth, shares: shares === true }
}
