import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { FaultError, surroundingsFault } from '#kernel'
import type { Side } from './compare.ts'

/** How often a running program is asked for its peak. The kernel keeps the mark, so that only growth in its last moment is missed. */
const askEveryMs = 5

/** A program, from its start to its end, in seconds; what it says is thrown away. Its peak is read from outside, as the peer's is. */
export function programSide(command: string, args: readonly string[]): Side {
  let peakMb: number | null = null
  return {
    async round() {
      const from = performance.now()
      const child = spawn(command, args, { stdio: 'ignore' })
      const asking = setInterval(() => {
        peakMb = Math.max(peakMb ?? 0, highWaterMb(child.pid)) || null
      }, askEveryMs)
      try {
        const [status, signal] = await once(child, 'exit')
        if (status !== 0) throw new FaultError(failed(command, args, `an end with ${status ?? signal}`))
      } finally {
        clearInterval(asking)
      }
      return (performance.now() - from) / 1000
    },
    close: async () => peakMb,
  }
}

function highWaterMb(pid: number | undefined): number {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
    return Number(found?.[1] ?? 0) / 1024
  } catch {
    // It has ended, or this system has no /proc.
    return 0
  }
}

const failed = (command: string, args: readonly string[], found: string) =>
  surroundingsFault(
    'bench.program',
    [command, ...args.slice(0, 2)].join(' '),
    found,
    'an end with 0 (run it by itself to see why)',
  )

/** Asked before anything is measured. */
export function needProgram(command: string, expected: string): void {
  if (spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0) return
  throw new FaultError(surroundingsFault('bench.no-peer', command, 'no such program', expected))
}
