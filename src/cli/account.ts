import type { Fault, Result } from '#kernel'
import type { Programs, Show, StoreChoice } from './programs.ts'
import { type ExitStatus, makeProgress, printJson, reportFault, type Terminal } from './terminal.ts'

/** A role somebody is to have: for a person (themselves, or somebody they act for), or at an organisation. */
export type AccountRequest = {
  readonly signInName: string
  readonly name?: string | undefined
  readonly role: string
  readonly subject?: string | undefined
  readonly organisation?: string | undefined
  /** A day; undefined: until somebody ends it. */
  readonly until?: string | undefined
  readonly evidence?: string | undefined
  readonly issuer?: string | undefined
  readonly issuerId?: string | undefined
}
export type CareRequest = {
  readonly signInName: string
  readonly organisation: string
  readonly subject: string
  readonly until?: string | undefined
  readonly evidence?: string | undefined
}
/** Null: no code opens it, a provider outside does. */
export type CodeAnswer = { readonly code: string; readonly expiresAt: string } | null
export type AccountLine = {
  readonly signInName: string
  readonly name: string
  readonly roles: readonly string[]
  readonly disabled: boolean
}

export interface AccountPrograms {
  add(request: AccountRequest, choice: StoreChoice, show: Show): Promise<Result<CodeAnswer, Fault>>
  recover(signInName: string, choice: StoreChoice, show: Show): Promise<Result<CodeAnswer, Fault>>
  disable(signInName: string, choice: StoreChoice, show: Show): Promise<Result<undefined, Fault>>
  list(choice: StoreChoice, show: Show): Promise<Result<readonly AccountLine[], Fault>>
  recordCare(request: CareRequest, choice: StoreChoice, show: Show): Promise<Result<undefined, Fault>>
}

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
