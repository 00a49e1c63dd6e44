import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { hasAccount } from '../otherUser.ts'
import { temporaryFolder } from './fixture.ts'

const debian = '/usr/lib/postgresql/15/bin'
const isRoot = process.getuid?.() === 0

/** Why Debian's PostgreSQL cannot be started here; false where it can. */
export const noDebian: string | false =
  isRoot && existsSync(join(debian, 'initdb')) && hasAccount('postgres')
    ? false
    : 'needs root and Debian’s postgresql 15 with its account'

export type DebianServer = {
  readonly urlOf: (user: string, secret: string, database: string) => string
  /** At once, as if the machine had lost its power. */
  stop(): void
  start(): void
}

const idOf = (user: string): [uid: number, gid: number] => [
  Number(execFileSync('id', ['-u', user])),
  Number(execFileSync('id', ['-g', user])),
]

/** Another PostgreSQL, as its administrator would run it. */
export async function startDebian(
  t: Pick<TestContext, 'after'>,
  superuser = 'postgres',
): Promise<DebianServer> {
  let running = false
  const stop = () => {
    if (running) run('pg_ctl', '-m', 'immediate', 'stop')
    running = false
  }
  // Before its folder goes.
  t.after(() => stop())
  const folder = await temporaryFolder(t)
  const data = join(folder, 'pg')
  const [uid, gid] = idOf('postgres')
  mkdirSync(data, { mode: 0o700 })
  for (const path of [folder, data]) chownSync(path, uid, gid)
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(debian, program), ['-D', data, ...args], { stdio: 'ignore', cwd: '/', uid, gid })
  run('initdb', '-U', superuser, '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8')
  const start = () => {
    run('pg_ctl', '-w', '-o', `-c listen_addresses= -c unix_socket_directories=${folder}`, 'start')
    running = true
  }
  start()
  return {
    urlOf: (user, secret, database) => `postgresql://${user}:${secret}@/${database}?host=${folder}`,
    stop,
    start,
  }
}
