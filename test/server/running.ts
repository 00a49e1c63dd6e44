import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { callerFor, cookieOf } from './signedIn.ts'

/** A server of ours in a process of its own, as an administrator starts it. */
export type RunningServer = {
  readonly process: ChildProcess
  /** With a slash at the end. */
  readonly address: string
  /** Of those who have signed in, by the name that they type. */
  readonly cookies: Map<string, Promise<string>>
  readonly output: () => string
  readonly log: () => string
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

type Options = {
  readonly env?: Readonly<Record<string, string>>
  readonly before?: readonly string[]
  /** Sessions outlive a server: those of an earlier one on the same data. */
  readonly cookies?: Map<string, Promise<string>>
}

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

export async function startServer(args: readonly string[], options: Options = {}): Promise<RunningServer> {
  const whole = [...(options.before ?? []), process.execPath, 'bin/habeas', 'start', ...args]
  const [command, ...rest] = whole as [string, ...string[]]
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  })
  alive.add(child)
  let output = ''
  let log = ''
  child.stdout!.on('data', (chunk) => {
    output += chunk
  })
  child.stderr!.on('data', (chunk) => {
    log += chunk
  })
  const ended = once(child, 'close').then(([status, signal]) => {
    alive.delete(child)
    return (status ?? signal) as number | NodeJS.Signals
  })
  const address = await addressOf(
    () => output,
    child,
    ended,
    () => log,
  )
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  const { cookies = new Map() } = options
  return { process: child, address, cookies, output: () => output, log: () => log, stop }
}

async function addressOf(
  output: () => string,
  child: ChildProcess,
  ended: Promise<unknown>,
  log: () => string,
): Promise<string> {
  let over = false
  void ended.then(() => {
    over = true
  })
  for (;;) {
    const [address] = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\//.exec(output()) ?? []
    if (address) return address
    // Known to browsers by a name of its own: where it listens is in its log.
    const [behind] = /ready: https/.test(output()) ? (/http:\/\/127\.0\.0\.1:\d+/.exec(log()) ?? []) : []
    if (behind) return `${behind}/`
    if (over) throw new Error(`the server ended before it was ready: ${log()}`)
    await Promise.race([once(child.stdout!, 'data'), ended])
  }
}

export type Answer = {
  readonly status: number
  readonly type: string
  readonly body: Record<string, unknown>
}

/** `as`: who asks; null: nobody. */
export async function ask(
  server: RunningServer,
  method: string,
  path: string,
  body?: unknown,
  as: string | null = callerFor(path),
): Promise<Answer> {
  const { origin } = new URL(server.address)
  const open = as === null || !/^\/?(api|fhir)\/(?!openapi)/.test(path)
  const response = await fetch(new URL(path, server.address), {
    method,
    headers: {
      ...(open ? {} : { cookie: await cookieOf(server, as) }),
      ...(method === 'GET' ? {} : { origin }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, body: /json/.test(type) ? JSON.parse(text) : { text } }
}
