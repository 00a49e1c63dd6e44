import type { Postmaster } from './start.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

type Held = { readonly postmaster: Postmaster; readonly release: () => void }
const held = new Set<Held>()

/**
 * Ends the database with the process, however that ends (except by kill -9; the next start sees to that). Answers how to
 * take it back.
 */
export function stopAtExit(postmaster: Postmaster, release: () => void): () => void {
  const one = { postmaster, release }
  if (held.size === 0) listen()
  held.add(one)
  return () => {
    held.delete(one)
    if (held.size === 0) stopListening()
  }
}

function listen(): void {
  process.on('exit', onExit)
  // First, however late it comes: a listener that is called once is gone by the time of those behind it.
  for (const signal of signals) process.prependListener(signal, onSignal)
}

function stopListening(): void {
  process.off('exit', onExit)
  for (const signal of signals) process.off(signal, onSignal)
}

function onExit(): void {
  for (const { postmaster, release } of held) {
    postmaster.stopSoon()
    release()
  }
}

/** A signal that somebody else listens to is theirs to act on; they close the store, or exit. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  void Promise.all([...held].map(({ postmaster }) => postmaster.stop())).finally(() => {
    for (const { release } of held) release()
    stopListening()
    process.kill(process.pid, signal)
  })
}
