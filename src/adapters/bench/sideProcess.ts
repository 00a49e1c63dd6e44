import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type Fault, FaultError } from '#kernel'
import type { Side } from './compare.ts'

/** What a process that measures one side does when it is asked. */
export type Measuring<Measured = number> = { round(): Promise<Measured>; close(): Promise<void> }

type Asked = 'round' | 'close'
type Told = { readonly value: unknown } | { readonly fault: Fault } | { readonly bug: string }

export type SideCall = {
  readonly program: string
  readonly side: string
  readonly setting: object
  readonly env?: Readonly<Record<string, string>>
}

/**
 * A side in a process of its own, so that its peak is its own: `maxRSS`, which the kernel keeps and the process reads of itself
 * when all rounds are over.
 */
export function sideProcess<Measured>({ program, side, setting, env }: SideCall): Side<Measured> {
  const child = fork(program, [side, JSON.stringify(setting)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  })
  let closing: Promise<number | null> | undefined
  const close = async (): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return null
    const ended = once(child, 'exit')
    const peakMb = await ask<number>(child, 'close').catch(() => null)
    if (peakMb === null) child.kill('SIGKILL')
    await ended
    return peakMb
  }
  return {
    round: () => ask(child, 'round'),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

/** What the other end measures is a matter of which side it is. */
function ask<Answer>(child: ChildProcess, what: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => told({ bug: `it ended with ${child.exitCode ?? child.signalCode}` })
    const told = (answer: Told): void => {
      child.off('message', told).off('exit', ended)
      if ('value' in answer) resolve(answer.value as Answer)
      else
        reject(
          'fault' in answer
            ? new FaultError(answer.fault)
            : new Error(`a side of the bench failed: ${answer.bug}`),
        )
    }
    child.on('message', told).on('exit', ended)
    if (child.connected) child.send(what)
    else ended()
  })
}

/** The other end: answers what the bench asks until it is told to close. */
export function serveSide(make: () => Promise<Measuring<unknown>>): void {
  const made = make()
  made.catch(() => undefined)
  const tell = (told: Told): void => void process.send?.(told)
  process.on('message', (asked: Asked) => {
    answer(made, asked).then(
      (value) => tell({ value }),
      (error: unknown) => tell(error instanceof FaultError ? { fault: error.fault } : { bug: String(error) }),
    )
  })
}

async function answer(made: Promise<Measuring<unknown>>, asked: Asked): Promise<unknown> {
  const measuring = await made
  if (asked === 'round') return measuring.round()
  await measuring.close()
  setImmediate(() => process.disconnect())
  return process.resourceUsage().maxRSS / 1024
}
