import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./program.ts', import.meta.url))

export type Line = Readonly<Record<string, unknown>>
export type Child = {
  readonly process: ChildProcess
  /** Every line that it has said so far. */
  readonly lines: readonly Line[]
  readonly errors: () => string
  readonly ended: Promise<number | NodeJS.Signals>
  /** Resolves with the first line that has this member; rejects if it ends without. */
  readonly said: (member: string) => Promise<Line>
}

type Options = {
  readonly before?: readonly string[]
  readonly cwd?: string
  readonly uid?: number
  readonly gid?: number
}

/** Runs `program.ts`; `before` is what is to run it (`unshare -m …`). */
export function runChild(args: readonly string[], { before = [], ...options }: Options = {}): Child {
  const node = [process.execPath, '--import', 'tsx', '--conditions=source', program, ...args]
  const [command, ...rest] = [...before, ...node] as [string, ...string[]]
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: '/tmp' },
    ...options,
  })
  const lines: Line[] = []
  const waiting: ((line: Line) => void)[] = []
  let rest1 = ''
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  child.stdout.on('data', (chunk) => {
    const parts = (rest1 + chunk).split('\n')
    rest1 = parts.pop()!
    for (const part of parts) {
      const line = JSON.parse(part) as Line
      lines.push(line)
      for (const tell of waiting) tell(line)
    }
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (status, signal) => resolve(status ?? signal ?? 1))
  })
  const said = (member: string): Promise<Line> =>
    new Promise((resolve, reject) => {
      const known = lines.find((line) => member in line)
      if (known) return resolve(known)
      waiting.push((line) => {
        if (member in line) resolve(line)
      })
      void ended.then((status) =>
        reject(new Error(`ended with ${status} before it said ${member}: ${errors}`)),
      )
    })
  return { process: child, lines, errors: () => errors, ended, said }
}
