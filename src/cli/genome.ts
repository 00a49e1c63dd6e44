import type { Command } from 'commander'
import type { FindingKind, GenomeReport } from '#usecases'
import { describeFindings, readFindingKinds } from './findings.ts'
import type { Programs } from './programs.ts'
import { type ExitStatus, makeProgress, printJsonLine, reportFault, type Terminal } from './terminal.ts'

type GenomeCommandOptions = {
  readonly outside?: string
  readonly sample?: string
  readonly allMatches?: boolean
  readonly findings?: readonly FindingKind[]
  readonly json?: boolean
}

export function addGenomeCommand(
  genome: Command,
  terminal: Terminal,
  programs: Programs,
  done: (status: ExitStatus) => void,
): void {
  genome
    .description('named alleles of VCF files, and nothing else')
    .argument('<files...>', 'VCF, plain, gzip or BGZF, GRCh38')
    .option(
      '--outside <file>',
      'results of another laboratory (gene, diplotype, phenotype, score; tab-separated)',
    )
    .option('--sample <id>', 'one sample only')
    .option('--all-matches', 'every explanation, in score order')
    .option(
      '--findings <kinds>',
      'also single positions of these kinds, which a person has to want to know: risk-factor-opt-in,carrier-opt-in,special-explicit-consent',
      readFindingKinds,
    )
    .option('--json', 'one JSON document per sample, one per line')
    .action(async (files, options) => done(await runGenome(terminal, programs, files, options)))
}

async function runGenome(
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

function describeGenome({ sample, source, genes, findings }: GenomeReport): string {
  const rows = genes.map(({ gene, status, diplotypes, phenotypes, activityScore, missing, warnings }) => {
    const call = diplotypes.join(' or ') || status
    const score = activityScore === null ? '' : ` (activity score ${activityScore})`
    const gaps = missing.length > 0 ? `; ${missing.length} positions not read` : ''
    const notes = warnings.map(({ message }) => `\n      ${message}`).join('')
    return `  ${gene.padEnd(9)} ${call}: ${phenotypes.join(' or ') || 'phenotype not known'}${score}${gaps}${notes}\n`
  })
  return `${sample} in ${source.file} (${source.records} records)\n${rows.join('')}${describeFindings(findings)}`
}
