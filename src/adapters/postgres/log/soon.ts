import { FaultError } from '#kernel'

/** Work that may wait a little, so that one run does for all who asked meanwhile. */
export interface Soon {
  ask(): void
  /** Does now what was asked for; throws its fault. */
  settle(): Promise<void>
}

/** Long enough to share a batch, short enough that nobody waits for what was promised. */
const waitMs = 200
/** After a fault, which most likely is a database that does not answer. */
const againMs = 5_000

export function soon(work: () => Promise<unknown>): Soon {
  let timer: NodeJS.Timeout | undefined
  const ask = (ms: number): void => {
    timer ??= setTimeout(run, ms)
    timer.unref()
  }
  const run = (): void => {
    timer = undefined
    work().catch((error: unknown) => {
      if (!(error instanceof FaultError)) throw error
      ask(againMs)
    })
  }
  return {
    ask: () => ask(waitMs),
    async settle() {
      if (timer === undefined) return
      clearTimeout(timer)
      timer = undefined
      await work()
    },
  }
}
