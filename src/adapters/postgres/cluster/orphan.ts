import { readFile, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import { errnoOf, unlessErrno } from '../../files/errno.ts'
import { processesIn } from '../../files/processes.ts'
import type { Home } from './home.ts'
import { isOurSocketFolder } from './socket.ts'

const patienceMs = 60_000
const pauseMs = 20

/** Lines of postmaster.pid: process, data folder, start time, port, socket folder, address, shared memory, status. */
export async function readPostmaster(cluster: string): Promise<readonly string[]> {
  const text = await unlessErrno(readFile(join(cluster, 'postmaster.pid'), 'utf8'), 'ENOENT')
  return text === undefined ? [] : text.split('\n').map((line) => line.trim())
}

/**
 * Ends what an owner that was killed left running: its postgres, known by program and working folder. Only to be called
 * under the folder's lock. A number in postmaster.pid that now belongs to another program is no hindrance.
 */
export async function endOrphans(
  { cluster, folder }: Home,
  show: (text: string) => void,
): Promise<Result<undefined, Fault>> {
  const [pid, , , , socket] = await readPostmaster(cluster)
  if (pid === undefined) return ok(undefined)
  const real = await realpath(cluster)
  const survivors = () => processesIn(real, 'postgres', [Number(pid)])
  const deadline = Date.now() + patienceMs
  for (let left = await survivors(), told = false; left.length > 0; left = await survivors()) {
    if (Date.now() > deadline) {
      const found = `a database that does not end (process ${left[0]})`
      return err(
        surroundingsFault('store.in-use', cluster, found, 'a database without an owner to end when asked'),
      )
    }
    if (!told) {
      show('ending the database of a run that was killed')
      if (left.includes(Number(pid))) interrupt(Number(pid))
    }
    told = true
    await sleep(pauseMs)
  }
  // Nobody works there; what is left of the file would only be mistaken for whoever has its number now.
  if (isAlive(Number(pid))) await rm(join(cluster, 'postmaster.pid'), { force: true })
  if (socket && dirname(socket) !== folder && isOurSocketFolder(basename(socket))) {
    await rm(socket, { recursive: true, force: true })
  }
  return ok(undefined)
}

/** SIGINT is PostgreSQL's fast shutdown. */
function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}
