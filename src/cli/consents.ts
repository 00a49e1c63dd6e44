import type { Fault, Result } from '#kernel'
import type { DataUseMatch, OutsideAnswer } from '#usecases'
import { type ExitStatus, printJson, reportFault, type Terminal } from './terminal.ts'

/** What others bring to be answered: their consents, and their data with the uses it is for. */
export interface ConsentPrograms {
  decide(file: string): Promise<Result<readonly OutsideAnswer[], Fault>>
  match(file: string): Promise<Result<readonly DataUseMatch[], Fault>>
}

type Options = { readonly json?: boolean }

export const runConsent = async (
  terminal: Terminal,
  programs: ConsentPrograms,
  file: string,
  options: Options,
): Promise<ExitStatus> => tell(terminal, await programs.decide(file), options, describeDecision)

export const runMatch = async (
  terminal: Terminal,
  programs: ConsentPrograms,
  file: string,
  options: Options,
): Promise<ExitStatus> => tell(terminal, await programs.match(file), options, describeMatch)

/** All were answered, so it is no "no" (`contracts/README.md`), whatever each answer is. */
function tell<Answer>(
  terminal: Terminal,
  answers: Result<readonly Answer[], Fault>,
  options: Options,
  describe: (answer: Answer) => string,
): ExitStatus {
  if (!answers.ok) return reportFault(terminal, answers.error)
  if (options.json) printJson(terminal, answers.value)
  else for (const answer of answers.value) terminal.out(`${describe(answer)}\n`)
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

const describeMatch = ({ id, result, reasons }: DataUseMatch): string =>
  `${id}: ${result} (${reasons.join('; ')})`
