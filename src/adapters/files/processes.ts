import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const hasProc = process.platform === 'linux'

/**
 * When a process began, in words that no later process of the same number can have; undefined when none lives. A zombie is
 * dead: it holds nothing any more.
 */
export async function birthOf(pid: number): Promise<string | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return hasProc ? birthFromProc(pid) : birthFromPs(pid)
}

async function birthFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined)
  // proc(5): the name, in brackets, may hold anything; state is the 1st field after it, start time the 20th.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '')
  return `${boot.trim()}/${fields[19]}`
}

async function birthFromPs(pid: number): Promise<string | undefined> {
  const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  const [, state, start] = /^(\S+)\s+(.*\S)\s*$/.exec(stdout) ?? []
  return start === undefined || state?.startsWith('Z') ? undefined : start
}

/** Living processes that run a program named `program` with `folder` as their working folder, as PostgreSQL's do. */
export async function processesIn(
  folder: string,
  program: string,
  suspects: readonly number[],
): Promise<number[]> {
  const pids = hasProc ? (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number) : suspects
  const found = await Promise.all(
    pids.map(async (pid) => ((await worksIn(pid, folder, program)) ? [pid] : [])),
  )
  return found.flat()
}

async function worksIn(pid: number, folder: string, program: string): Promise<boolean> {
  if (!hasProc) {
    const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
    return stdout.includes(folder) && stdout.includes(program)
  }
  const link = (name: string) => readlink(`/proc/${pid}/${name}`).catch(() => '')
  const [cwd, exe] = await Promise.all([link('cwd'), link('exe')])
  // A program that was replaced on disk while it ran is shown as "postgres (deleted)".
  return cwd === folder && basename(exe).split(' ')[0] === program && (await birthOf(pid)) !== undefined
}
