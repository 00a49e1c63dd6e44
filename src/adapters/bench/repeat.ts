const microsecondsPerMs = 1000

/** Runs a pass over and over until the time is up; microseconds for each of the `things` that a pass does. */
export function repeat(roundMs: number, things: number, pass: () => void): number {
  const from = performance.now()
  let passes = 0
  while (performance.now() - from < roundMs) {
    pass()
    passes++
  }
  return (microsecondsPerMs * (performance.now() - from)) / (passes * things)
}

/** The same for work that waits. */
export async function repeatWaiting(roundMs: number, work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  let done = 0
  while (performance.now() - from < roundMs) {
    await work()
    done++
  }
  return (microsecondsPerMs * (performance.now() - from)) / done
}
