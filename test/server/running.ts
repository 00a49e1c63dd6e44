import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server of ours in a process of its own, as an administrator starts it. */
export type RunningServer = {
  readonly process: ChildProcess
  /** With a slash at the end. */
  readonly address: string
  readonly output: () => string
  readonly log: () => string
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

type Options = { readonly env?: Readonly<Record<string, string>>; readonly before?: readonly string[] }

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
  return { process: child, address, output: () => output, log: () => log, stop }
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
    const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(output()) ?? []
    if (address) return address
    if (over) throw new Error(`the server ended before it was ready: ${log()}`)
    await Promise.race([once(child.stdout!, 'data'), ended])
  }
}

export type Answer = {
  readonly status: number
  readonly type: string
  readonly body: Record<string, unknown>
}

export async function ask(
  server: RunningServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(new URL(path, server.address), {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, body: /json/.test(type) ? JSON.parse(text) : { text } }
}
