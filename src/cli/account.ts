import type { Fault, Result } from '#kernel'
import type {
  AccountRequest,
  AppRequest,
  CareRequest,
  CodeAnswer,
  ServiceRequest,
} from './accountPrograms.ts'
import type { Programs, Show, StoreChoice } from './programs.ts'
import { type ExitStatus, makeProgress, printJson, reportFault, type Terminal } from './terminal.ts'

type Options = StoreChoice & { readonly json?: boolean }

/** One piece of work at the door, and what is said of it. */
async function run<T>(
  terminal: Terminal,
  work: (show: Show) => Promise<Result<T, Fault>>,
  say: (done: T) => void,
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  const done = await work(progress.show)
  progress.clear()
  if (!done.ok) return reportFault(terminal, done.error)
  say(done.value)
  return 0
}

const sayCode =
  (terminal: Terminal, { json }: Options) =>
  (answer: CodeAnswer): void => {
    if (json) printJson(terminal, answer)
    else if (answer === null) terminal.out('Made. They sign in at the provider that was named.\n')
    else terminal.out(`${answer.code}\n`)
    if (answer === null) return
    terminal.err(
      `It opens once, until ${answer.expiresAt}. Hand it over in person or by post, never by the same way as the name.\n`,
    )
  }

type AddOptions = Options & Omit<AccountRequest, 'signInName'>

export const runAddAccount = (
  terminal: Terminal,
  { accounts }: Programs,
  signInName: string,
  options: AddOptions,
): Promise<ExitStatus> =>
  run(terminal, (show) => accounts.add({ signInName, ...options }, options, show), sayCode(terminal, options))

export const runAddService = (
  terminal: Terminal,
  { accounts }: Programs,
  signInName: string,
  options: Options & Omit<ServiceRequest, 'signInName'>,
): Promise<ExitStatus> =>
  run(
    terminal,
    (show) => accounts.addService({ signInName, ...options }, options, show),
    () => terminal.out(`Made. It shows who it is with its key, as client “${signInName}”.\n`),
  )

export const runAddApp = (
  terminal: Terminal,
  { accounts }: Programs,
  id: string,
  options: Options & Omit<AppRequest, 'id'>,
): Promise<ExitStatus> =>
  run(
    terminal,
    (show) => accounts.addApp({ id, ...options }, options, show),
    () => terminal.out('Made. It is let in only by whoever it acts for, each time.\n'),
  )

export const runEndApp = (
  terminal: Terminal,
  { accounts }: Programs,
  id: string,
  options: Options,
): Promise<ExitStatus> =>
  run(
    terminal,
    (show) => accounts.endApp(id, options, show),
    () => terminal.out('Ended: no token of it opens anything any more.\n'),
  )

export const runRecoverAccount = (
  terminal: Terminal,
  { accounts }: Programs,
  signInName: string,
  options: Options,
): Promise<ExitStatus> =>
  run(terminal, (show) => accounts.recover(signInName, options, show), sayCode(terminal, options))

export const runDisableAccount = (
  terminal: Terminal,
  { accounts }: Programs,
  signInName: string,
  options: Options,
): Promise<ExitStatus> =>
  run(
    terminal,
    (show) => accounts.disable(signInName, options, show),
    () => terminal.out('Ended: it opens nothing any more.\n'),
  )

export const runRecordCare = (
  terminal: Terminal,
  { accounts }: Programs,
  signInName: string,
  options: Options & Omit<CareRequest, 'signInName'>,
): Promise<ExitStatus> =>
  run(
    terminal,
    (show) => accounts.recordCare({ signInName, ...options }, options, show),
    () => terminal.out('Recorded.\n'),
  )

export const runListAccounts = (
  terminal: Terminal,
  { accounts }: Programs,
  options: Options,
): Promise<ExitStatus> =>
  run(
    terminal,
    (show) => accounts.list(options, show),
    (all) => {
      if (options.json) return printJson(terminal, all)
      for (const { signInName, name, roles, disabled } of all)
        terminal.out(`${signInName}\t${name}\t${roles.join(', ')}${disabled ? '\tended' : ''}\n`)
    },
  )
