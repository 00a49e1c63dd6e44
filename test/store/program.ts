/** What the tests of crashes and surroundings run as a process of its own: `program.ts MODE DATA_FOLDER`, JSON lines out. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FaultError, sha256Hex, utf8 } from '#kernel'
import type { Store } from '#usecases'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { appendAct, provenIndex } from './fixture.ts'

const [mode, dataFolder] = process.argv.slice(2) as [string, string]
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

const open = async (): Promise<Store | undefined> => {
  const opened = await openStore({
    dataFolder,
    onProgress: (text) => say({ progress: text }),
    waitMs: 30_000,
  })
  if (!opened.ok) say({ fault: opened.error.code })
  return opened.ok ? opened.value : undefined
}

/** Appends, publishes, and only then tells. */
async function appendOne(store: Store): Promise<void> {
  const appended = await appendAct(store)
  await store.publish()
  say({ entry: appended.entry, index: await provenIndex(store, appended) })
}

async function once(): Promise<void> {
  const store = await open()
  if (store === undefined) return
  await appendOne(store)
  const { uid } = statSync(dataFolder)
  await store.close()
  say({ closed: true, uid })
}

async function loop(): Promise<void> {
  const store = await open()
  if (store === undefined) return
  say({ ready: process.pid })
  for (;;) await appendOne(store)
}

async function hold(): Promise<void> {
  const store = await open()
  if (store === undefined) return
  say({ ready: process.pid })
  setInterval(() => undefined, 1000)
}

/** Ends without closing anything. */
async function leave(): Promise<void> {
  const store = await open()
  if (store === undefined) return
  await appendOne(store)
}

const faultOf = (error: unknown): string => {
  if (error instanceof FaultError) return error.fault.code
  throw error
}

/** `dataFolder` lies on a small disk of its own, which is made larger step by step. */
async function disk(): Promise<void> {
  const mount = join(dataFolder, '..')
  const resize = (megabytes: number) => execFileSync('mount', ['-o', `remount,size=${megabytes}m`, mount])
  for (const megabytes of [1, 8, 30, 48]) {
    resize(megabytes)
    const store = await open()
    if (store) say({ unexpected: megabytes })
    await store?.close()
  }
  resize(300)
  const store = await open()
  if (store === undefined) return
  await appendOne(store)
  fill(join(mount, 'filler'))
  say({ full: await appendUntilFull(store) })
  await store.close().catch((error: unknown) => say({ closing: faultOf(error) }))
  const full = await open()
  await full?.close()
  rmSync(join(mount, 'filler'))
  await once()
}

function fill(path: string): void {
  try {
    for (let i = 0; i < 400; i++) writeFileSync(path, new Uint8Array(1 << 20), { flag: 'a' })
  } catch {
    // Full is what it is to be.
  }
}

/** Large rows, so that the database itself must ask for room, and not only our own files. */
async function appendUntilFull(store: Store): Promise<string> {
  for (let i = 0; i < 500; i++) {
    try {
      const plan = randomBytes(500_000).toString('hex')
      await appendAct(store, 'person-a', (transaction) =>
        transaction.recordPlan({ indication: 'x', plan, sha256: sha256Hex(utf8(plan)) }),
      )
    } catch (error) {
      return faultOf(error)
    }
  }
  return 'none'
}

const modes: Readonly<Record<string, () => Promise<void>>> = { once, loop, hold, leave, disk }
await modes[mode]!()
