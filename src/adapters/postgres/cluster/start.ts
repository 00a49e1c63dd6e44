import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import type { Binaries } from './binaries.ts'
import { saysDiskFull, startFault } from './fault.ts'
import type { Home } from './home.ts'
import { endOrphans, readPostmaster } from './orphan.ts'
import { ended, type Running, runProgram } from './run.ts'
import { makeSocketFolder } from './socket.ts'

/** A PostgreSQL that is ours and runs. */
export type Postmaster = {
  readonly socketFolder: string
  /** What it said of the disk, for faults whose own words are only that the connection is gone. */
  readonly diskIsFull: () => boolean
  /** Resolves when it has ended, by itself or because it was stopped. */
  readonly exited: Promise<void>
  stop(): Promise<void>
  /** Asks it to stop without waiting, for a process that is about to be gone. */
  stopSoon(): void
}

const patienceMs = 120_000
const slowMs = 2_000
const pauseMs = 10
/** After a kill -9 of PostgreSQL itself its last processes may hold their memory for a while. */
const remainsMs = 30_000

/** Values never reach the server's messages: no statement, no parameter, no DETAIL line. */
const settings = [
  ['listen_addresses', ''],
  ['unix_socket_permissions', '0700'],
  ['max_connections', '100'],
  ['fsync', 'on'],
  ['full_page_writes', 'on'],
  ['synchronous_commit', 'on'],
  ['timezone', 'UTC'],
  ['log_timezone', 'UTC'],
  ['log_min_messages', 'fatal'],
  ['log_min_error_statement', 'panic'],
  ['log_error_verbosity', 'terse'],
  ['log_checkpoints', 'off'],
] as const

export async function startPostmaster(
  home: Home,
  binaries: Binaries,
  show: (text: string) => void,
): Promise<Result<Postmaster, Fault>> {
  const deadline = Date.now() + remainsMs
  for (;;) {
    const free = await endOrphans(home, show)
    if (!free.ok) return free
    const started = await startOnce(home, binaries, show)
    if (started.ok || started.error.code !== 'store.in-use' || Date.now() > deadline) return started
    show('waiting for the last of an earlier database to end')
    await sleep(500)
  }
}

async function startOnce(
  home: Home,
  binaries: Binaries,
  show: (text: string) => void,
): Promise<Result<Postmaster, Fault>> {
  const socket = await makeSocketFolder(home)
  const options = [['unix_socket_directories', socket.path] as const, ...settings]
  const args = ['-D', home.cluster, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const running = runProgram(binaries, home.user, 'postgres', args)
  const end = ended(running)
  const exited = new Promise<void>((resolve) => {
    running.child.once('exit', () => resolve())
  })
  const fault = await untilReady(home.cluster, running, end, show)
  if (fault) {
    running.child.kill('SIGINT')
    await socket.remove()
    return err(fault)
  }
  letGo(running)
  const stop = async (): Promise<void> => {
    running.child.ref()
    running.child.kill('SIGINT')
    await end
    await socket.remove()
  }
  const stopSoon = (): void => {
    running.child.kill('SIGINT')
    if (!socket.path.startsWith(home.folder)) rmSync(socket.path, { recursive: true, force: true })
  }
  const diskIsFull = () => saysDiskFull(running.said())
  return ok({ socketFolder: socket.path, diskIsFull, exited, stop, stopSoon })
}

/** A process that has nothing else to do may end, and then stops the database. */
function letGo({ child }: Running): void {
  child.unref()
  const pipe = child.stderr as unknown as { unref?: () => void } | null
  pipe?.unref?.()
}

async function untilReady(
  cluster: string,
  running: Running,
  end: ReturnType<typeof ended>,
  show: (text: string) => void,
): Promise<Fault | undefined> {
  const begun = Date.now()
  let over: Awaited<typeof end> | undefined
  void end.then((status) => {
    over = status
  })
  for (let told = false; Date.now() - begun < patienceMs; ) {
    const lines = await readPostmaster(cluster)
    if (lines[0] === String(running.child.pid) && lines[7] === 'ready') return undefined
    if (over !== undefined) return startFault(cluster, over, running.said())
    if (!told && Date.now() - begun > slowMs) {
      show('the database is recovering')
      told = true
    }
    await sleep(pauseMs)
  }
  return surroundingsFault(
    'store.no-start',
    cluster,
    'a database that does not become ready',
    'a running PostgreSQL',
  )
}
