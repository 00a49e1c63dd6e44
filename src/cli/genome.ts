import type { GenomeOptions, GenomeReport } from '#usecases'
import type { Programs } from './programs.ts'
import { type ExitStatus, makeProgress, printJsonLine, reportFault, type Terminal } from './terminal.ts'

type GenomeCommandOptions = GenomeOptions & { readonly json?: boolean }

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

function describeGenome(report: GenomeReport): string {
  const { sample, source, genes } = report
  const rows = genes.map(({ gene, status, diplotypes, phenotypes, activityScore, missing, warnings }) => {
    const call = diplotypes.join(' or ') || status
    const score = activityScore === null ? '' : ` (activity score ${activityScore})`
    const gaps = missing.length > 0 ? `; ${missing.length} positions not read` : ''
    const notes = warnings.map(({ message }) => `\n      ${message}`).join('')
    return `  ${gene.padEnd(9)} ${call}: ${phenotypes.join(' or ') || 'phenotype not known'}${score}${gaps}${notes}\n`
  })
  const count = source.records === null ? 'records not counted' : `${source.records} records`
  return `${sample} in ${source.file} (${count})\n${describeReading(report).join('')}${rows.join('')}`
}

function describeReading({ source: { index }, reading }: GenomeReport): string[] {
  const { minDepth, minGq, absentIsReference } = reading
  const least = [
    ...(minDepth === null ? [] : [`depth of ${minDepth}`]),
    ...(minGq === null ? [] : [`genotype quality of ${minGq}`]),
  ]
  return [
    ...(index?.unused ? [`  index ${index.file} was not used: ${index.unused}\n`] : []),
    ...(least.length > 0 ? [`  calls below a ${least.join(' or a ')} count as missing, as asked\n`] : []),
    ...(absentIsReference
      ? ['  positions without a record are read as the reference (autosomes), as asked\n']
      : []),
  ]
}
