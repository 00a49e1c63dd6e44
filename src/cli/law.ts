import type { Day, Result } from '#kernel'
import { type Fault, parseDay } from '#kernel'
import type { BaseComparison, Explanation, InstrumentReview, LawLanguage, LintReport } from '#usecases'
import { type ExitStatus, printJson, reportFault, type Terminal } from './terminal.ts'

export type Documents = ReadonlyMap<string, string>

/** What lawyers do with a folder of norms; undefined: the one of this program. */
export interface LawPrograms {
  lint(base: string | undefined): Promise<Result<LintReport, Fault>>
  explain(file: string, base: string | undefined): Promise<Result<readonly Explanation[], Fault>>
  compare(before: string, after: string): Promise<Result<BaseComparison, Fault>>
  /** Documents by file name: tables as CSV and pages, in both languages. */
  drawMatrix(days: readonly Day[], base: string | undefined): Promise<Result<Documents, Fault>>
  review(base: string | undefined): Promise<Result<readonly InstrumentReview[], Fault>>
  drawReviews(base: string | undefined): Promise<Result<Documents, Fault>>
  write(folder: string, documents: Documents): Promise<Result<undefined, Fault>>
}

type Options = { readonly base?: string; readonly json?: boolean; readonly out?: string }

export async function runLint(terminal: Terminal, law: LawPrograms, options: Options): Promise<ExitStatus> {
  const report = await law.lint(options.base)
  if (!report.ok) return reportFault(terminal, report.error)
  const { findings, norms, sha256 } = report.value
  if (options.json) printJson(terminal, report.value)
  else {
    for (const { where, code, found, expected } of findings)
      terminal.out(`${where}: ${code}: found ${found}, expected ${expected}\n`)
    terminal.out(`${norms} norms, ${findings.length} findings (${sha256.slice(0, 16)})\n`)
  }
  return findings.length === 0 ? 0 : 1
}

type ExplainOptions = Options & { readonly lang?: LawLanguage }

export async function runExplain(
  terminal: Terminal,
  law: LawPrograms,
  file: string,
  options: ExplainOptions,
): Promise<ExitStatus> {
  const explained = await law.explain(file, options.base)
  if (!explained.ok) return reportFault(terminal, explained.error)
  if (options.json) printJson(terminal, explained.value)
  else {
    const languages: readonly LawLanguage[] = options.lang ? [options.lang] : ['en', 'zh']
    for (const one of explained.value) {
      const texts = languages.map((language) => one[language].join('\n'))
      terminal.out(`${one.situation}\n${texts.join('\n\n')}\n\n`)
    }
  }
  return 0
}

export async function runDiff(
  terminal: Terminal,
  law: LawPrograms,
  bases: { readonly before: string; readonly after: string },
  options: Options,
): Promise<ExitStatus> {
  const compared = await law.compare(bases.before, bases.after)
  if (!compared.ok) return reportFault(terminal, compared.error)
  if (options.json) printJson(terminal, compared.value)
  else terminal.out(describeComparison(compared.value))
  return compared.value.norms.length === 0 ? 0 : 1
}

function describeComparison({ norms, answers, silent }: BaseComparison): string {
  const lines = norms.flatMap(({ norm, change }) => [
    `${norm} ${change}${silent.includes(norm) ? ', no sample is answered otherwise' : ''}`,
    ...answers
      .filter((answer) => answer.norm === norm)
      .map(
        ({ situation, before, after, differs }) =>
          `  ${situation.at} ${situation.activity} for ${situation.purpose}: ${before.outcome} → ${after.outcome} (${differs.join(', ')})`,
      ),
  ])
  return `${[...lines, `${norms.length} norms differ, ${answers.length} answers`].join('\n')}\n`
}

type MatrixOptions = ExplainOptions & { readonly on?: readonly Day[] }

/** The years in which the law on consent and personal information turned. */
const turningDays = ['2005-06-01', '2015-06-01', '2021-06-01', '2026-06-01'] as Day[]

export async function runMatrix(
  terminal: Terminal,
  law: LawPrograms,
  options: MatrixOptions,
): Promise<ExitStatus> {
  const drawn = await law.drawMatrix(options.on ?? turningDays, options.base)
  if (!drawn.ok) return reportFault(terminal, drawn.error)
  if (options.out !== undefined) return writeAll(terminal, law, options.out, drawn.value)
  terminal.out(drawn.value.get(`matrix.${options.lang ?? 'en'}.csv`)!)
  return 0
}

async function writeAll(
  terminal: Terminal,
  law: LawPrograms,
  folder: string,
  documents: Documents,
): Promise<ExitStatus> {
  const written = await law.write(folder, documents)
  if (!written.ok) return reportFault(terminal, written.error)
  terminal.out(`${[...documents.keys()].join(', ')} written to ${folder}\n`)
  return 0
}

export async function runReviews(
  terminal: Terminal,
  law: LawPrograms,
  options: Options,
): Promise<ExitStatus> {
  if (options.out !== undefined) {
    const drawn = await law.drawReviews(options.base)
    return drawn.ok ? writeAll(terminal, law, options.out, drawn.value) : reportFault(terminal, drawn.error)
  }
  const reviews = await law.review(options.base)
  if (!reviews.ok) return reportFault(terminal, reviews.error)
  if (options.json) printJson(terminal, reviews.value)
  else
    for (const { instrument, norms, state, last, recalled } of reviews.value) {
      const by = last === null ? '' : ` by ${last.by} on ${last.on}`
      const memory = recalled.length > 0 ? `; from memory: ${recalled.join(', ')}` : ''
      terminal.out(`${instrument} (${norms} norms): ${state}${by}${memory}\n`)
    }
  return 0
}

/** Days given with commas between them. */
export function parseDays(text: string): readonly Day[] | undefined {
  const days = text.split(',').map((one) => parseDay(one.trim()))
  return days.every((day) => day !== undefined) ? days : undefined
}
