import type { Fault, Result } from '#kernel'
import type { DataUseMatch, OutsideAnswer } from '#usecases'
import { type ExitStatus, printJson, reportFault, type Terminal } from './terminal.ts'

/** What others bring to be answered: their consents, and their data with the uses it is for. */
export interface ConsentPrograms {
  decide(file: string): Promise<Result<readonly OutsideAnswer[], Fault>>
  match(file: string): Promise<Result<readonly DataUseMatch[], Fault>>
}

type Options = { readonly json?: boolean }

export async function runConsent(
  terminal: Terminal,
  programs: ConsentPrograms,
  file: string,
  options: Options,
): Promise<ExitStatus> {
  const answers = await programs.decide(file)
  if (!answers.ok) return reportFault(terminal, answers.error)
  if (options.json) printJson(terminal, answers.value)
  else for (const answer of answers.value) terminal.out(`${describeDecision(answer)}\n`)
  return 0
}

function describeDecision({ id, decision, obligations, basedOn }: OutsideAnswer): string {
  const why = basedOn.length > 0 ? `by ${basedOn.join(', ')}` : 'no consent applies'
  const parts = obligations.map((one) =>
    'codes' in one
      ? `without what is marked ${one.codes.map(({ code }) => code).join(', ')}`
      : `only what is marked ${one.exceptAnyOfCodes.map(({ code }) => code).join(', ')}`,
  )
  return `${id}: ${[decision, ...parts].join(', ')} (${why})`
}

export async function runMatch(
  terminal: Terminal,
  programs: ConsentPrograms,
  file: string,
  options: Options,
): Promise<ExitStatus> {
  const answers = await programs.match(file)
  if (!answers.ok) return reportFault(terminal, answers.error)
  if (options.json) printJson(terminal, answers.value)
  else
    for (const { id, result, reasons } of answers.value)
      terminal.out(`${id}: ${result} (${reasons.join('; ')})\n`)
  return 0
}
