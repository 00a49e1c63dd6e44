import type { Programs } from './programs.ts'
import { type ExitStatus, makeProgress, reportFault, type Terminal } from './terminal.ts'

export type StartOptions = {
  readonly data?: string
  readonly port: number
  readonly demo?: boolean
  readonly norms?: string
}

/** Runs until it is asked to stop; then what was begun is finished, and nothing that was acknowledged is lost. */
export async function runStart(
  terminal: Terminal,
  programs: Programs,
  options: StartOptions,
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  const started = await programs.start(options, progress.show)
  progress.clear()
  if (!started.ok) return reportFault(terminal, started.error)
  const { address, temporary, stopped } = started.value
  terminal.out(`Habeas is ready: ${address}\n`)
  terminal.out(
    'Demo: invented people; nobody signs in yet, so it answers this machine only. Not for treatment.\n',
  )
  if (temporary)
    terminal.out('What is done here is forgotten when the server stops (give --data to keep it).\n')
  await stopped
  return 0
}
