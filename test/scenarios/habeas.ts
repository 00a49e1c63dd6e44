import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Run = { readonly status: number | null; readonly out: string; readonly err: string }

/** A data folder of its own unless told otherwise, so that no test meets another's store. */
export function habeas(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/habeas', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  })
  return { status, out: stdout, err: stderr }
}

export const startHabeas = (args: readonly string[]) =>
  spawn(process.execPath, ['bin/habeas', ...args], { stdio: 'ignore' })

const made: string[] = []
process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** Readable by all, so that root's database user can enter it; gone when the test process ends. */
export function freshFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `habeas-test-${name}-`))
  chmodSync(folder, 0o755)
  made.push(folder)
  return folder
}

/** A copy of an example case that a test may damage. */
export function copyCase(example: string): string {
  const folder = freshFolder('case')
  for (const name of readdirSync(`examples/${example}`).filter((name) => name !== 'out')) {
    cpSync(`examples/${example}/${name}`, join(folder, name))
  }
  return folder
}

export const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

const sharedFolder = process.env['HABEAS_SHARED'] ?? '../shared'
/** The facts and cases of other people; without them those tests are skipped, and counted so. */
export const shared = existsSync(`${sharedFolder}/README.md`) ? sharedFolder : undefined
export const withoutShared = shared === undefined && 'the shared facts are not here'
