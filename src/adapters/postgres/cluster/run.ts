import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import type { DatabaseUser } from './databaseUser.ts'

/** Enough of what a program says to tell why it failed. */
const keptCharacters = 8192

export type Running = { readonly child: ChildProcess; readonly said: () => string }

/** Starts a program of PostgreSQL as the database user, in a folder and an environment that are nobody's. */
export function runProgram(
  { folder }: Binaries,
  user: DatabaseUser | undefined,
  program: 'initdb' | 'postgres',
  args: readonly string[],
): Running {
  const child = spawn(join(folder, 'bin', program), args, {
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C is for us: the database ends when we say so, not in the middle of a transaction.
    detached: program === 'postgres',
    ...user,
  })
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-keptCharacters)
  })
  return { child, said: () => text }
}

/** Exit status, or why it never ran. */
export const ended = ({ child }: Running): Promise<number | NodeJS.Signals | Error> =>
  new Promise((resolve) => {
    child.once('error', resolve)
    child.once('close', (status, signal) => resolve(status ?? signal ?? 1))
  })
