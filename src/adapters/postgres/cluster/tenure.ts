import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, ok, type Result } from '#kernel'

/** A stretch of time in which the folder's PostgreSQL can be reached, as its owner or as a guest of another process. */
export type Tenure = {
  readonly socketFolder: string
  /** What is known of the disk, for faults whose own words are only that the connection is gone. */
  readonly diskIsFull: () => boolean
  /** Resolves when it is over, whoever ended it. */
  readonly over: Promise<void>
  /** An owner stops the database; a guest leaves. */
  end(): Promise<void>
}

/** Tenures one after another, for as long as this process wants to reach the database. */
export type Tenures = {
  /** The last one, which may be over. */
  now(): Tenure
  /** Why there was no next one at the last try; undefined while one lasts. */
  fault(): Fault | undefined
  close(): Promise<void>
}

const firstPauseMs = 100
/** A disk that is full may be so for days: tries do not end, but they become rare. */
const longestPauseMs = 5_000

/** Goes on with the next tenure when one is over: the database was killed, its owner ended, the disk is no longer full. */
export async function followTenures(
  open: () => Promise<Result<Tenure, Fault>>,
  openAgain: typeof open,
): Promise<Result<Tenures, Fault>> {
  const first = await open()
  if (!first.ok) return first
  let now = first.value
  let fault: Fault | undefined
  const closing = new AbortController()
  const next = async (): Promise<void> => {
    for (
      let pauseMs = firstPauseMs;
      !closing.signal.aborted;
      pauseMs = Math.min(2 * pauseMs, longestPauseMs)
    ) {
      const opened = await openAgain()
      fault = opened.ok ? undefined : opened.error
      if (opened.ok) {
        now = opened.value
        return
      }
      await sleep(pauseMs, undefined, { ref: false, signal: closing.signal }).catch(() => undefined)
    }
  }
  const followed = (async () => {
    while (!closing.signal.aborted) {
      await now.over
      if (!closing.signal.aborted) await next()
    }
  })()
  const close = async (): Promise<void> => {
    closing.abort()
    await now.end()
    await followed
    // One that was just being opened when it was asked to close.
    await now.end()
  }
  return ok({ now: () => now, fault: () => fault, close })
}
