import type { GenomeReport } from '#usecases'
import type { Programs } from './programs.ts'
import { type ExitStatus, makeProgress, printJsonLine, reportFault, type Terminal } from './terminal.ts'

type GenomeCommandOptions = {
  readonly outside?: string
  readonly sample?: string
  readonly allMatches?: boolean
  readonly json?: boolean
}

export async function runGenome(
  terminal: Terminal,
  programs: Programs,
  files: readonly string[],
  { json, ...options }: GenomeCommandOptions,
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  for await (const report of programs.callGenomes(files, options, progress.show)) {
    progress.clear()
    if (!report.ok) return reportFault(terminal, report.error)
    if (json) printJsonLine(terminal, report.value)
    else terminal.out(describeGenome(report.value))
  }
  return 0
}

function describeGenome({ sample, source, genes }: GenomeReport): string {
  const rows = genes.map(({ gene, status, diplotypes, phenotypes, activityScore, missing, warnings }) => {
    const call = diplotypes.join(' or ') || status
    const score = activityScore === null ? '' : ` (activity score ${activityScore})`
    const gaps = missing.length > 0 ? `; ${missing.length} positions not read` : ''
    const notes = warnings.map(({ message }) => `\n      ${message}`).join('')
    return `  ${gene.padEnd(9)} ${call}: ${phenotypes.join(' or ') || 'phenotype not known'}${score}${gaps}${notes}\n`
  })
  return `${sample} in ${source.file} (${source.records} records)\n${rows.join('')}`
}
