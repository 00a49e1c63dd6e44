import type { Programs } from './programs.ts'
import { type ExitStatus, makeProgress, reportFault, type Terminal } from './terminal.ts'

export type StartOptions = {
  readonly data?: string
  readonly port: number
  readonly demo?: boolean
  readonly recallDays: number
  readonly emergencyMinutes: number
  readonly emergencyReviewDays: number
  readonly norms?: string
  readonly cases?: string
  readonly organisation?: string
  readonly origin?: string
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
  const { address, people, temporary, stopped } = started.value
  if (people.length > 0) terminal.out(demoText(people))
  terminal.out(`Habeas is ready: ${address}\n`)
  if (temporary)
    terminal.out('What is done here is forgotten when the server stops (give --data to keep it).\n')
  await stopped
  return 0
}

type People = Extract<Awaited<ReturnType<Programs['start']>>, { ok: true }>['value']['people']

/** Who may sign in here, in columns: the name to type first, the code last. */
function demoText(people: People): string {
  const width = (of: (one: People[number]) => string) => Math.max(...people.map((one) => of(one).length)) + 2
  const [first, second, third] = [
    width(({ signInName }) => signInName),
    width(({ role }) => role),
    width(({ name }) => name),
  ]
  const lines = people.map(
    ({ signInName, role, name, code }) =>
      `  ${signInName.padEnd(first)}${role.padEnd(second)}${name.padEnd(third)}${code}\n`,
  )
  return `Demo: invented people, not for treatment. Sign in with a name and its code; each code opens once.\n${lines.join('')}`
}
