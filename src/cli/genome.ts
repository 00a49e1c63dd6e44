import { type Command, InvalidArgumentError } from 'commander'
import type { GenomeOptions, GenomeReport } from '#usecases'
import { describeFindings, readFindingKinds } from './findings.ts'
import { runGenomeInto } from './genomeInto.ts'
import type { Programs } from './programs.ts'
import { type ExitStatus, makeProgress, printJsonLine, reportFault, type Terminal } from './terminal.ts'

type GenomeCommandOptions = GenomeOptions & { readonly json?: boolean; readonly out?: string }

export function addGenomeCommand(
  genome: Command,
  terminal: Terminal,
  programs: Programs,
  done: (status: ExitStatus) => void,
): void {
  genome
    .description('named alleles of VCF files, and nothing else')
    .argument('<files...>', 'VCF, plain, gzip or BGZF, GRCh38; or folders with such files')
    .option(
      '--out <folder>',
      'one result file for each sample into this folder; run again, it goes on where it was',
    )
    .option(
      '--outside <file>',
      'results of another laboratory (gene, diplotype, phenotype, score; tab-separated)',
    )
    .option('--sample <id>', 'one sample only')
    .option('--all-matches', 'every explanation, in score order')
    .option(
      '--min-depth <number>',
      'calls of fewer reads count as missing (MIN_DP, DP or the sum of AD)',
      least,
    )
    .option('--min-gq <number>', 'calls of a lower genotype quality count as missing (GQ or RGQ)', least)
    .option(
      '--absent-is-reference',
      'a position of an autosome without a record is the reference: only for files known to list variants alone',
    )
    .option(
      '--findings <kinds>',
      'also single positions of these kinds, which a person has to want to know: risk-factor-opt-in,carrier-opt-in,special-explicit-consent',
      readFindingKinds(programs.limits.findingKinds),
    )
    .option('--json', 'one JSON document per sample, one per line')
    .action(async (files, options) => done(await runGenome(terminal, programs, files, options)))
}

function least(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError('Found no such number, expected a whole one from 1 to 999999.')
}

async function runGenome(
  terminal: Terminal,
  programs: Programs,
  files: readonly string[],
  { json = false, out, ...options }: GenomeCommandOptions,
): Promise<ExitStatus> {
  if (out !== undefined)
    return runGenomeInto(terminal, programs, { paths: files, folder: out, options }, json)
  const progress = makeProgress(terminal)
  let status: ExitStatus = 0
  for await (const report of programs.callGenomes(files, options, progress.show)) {
    progress.clear()
    if (!report.ok) status = worse(status, reportFault(terminal, report.error))
    else if (json) printJsonLine(terminal, report.value)
    else terminal.out(describeGenome(report.value))
  }
  return status
}

const worse = (a: ExitStatus, b: ExitStatus): ExitStatus => (a > b ? a : b)

function describeGenome(report: GenomeReport): string {
  const { sample, source, genes, findings } = report
  const rows = genes.map(({ gene, status, diplotypes, phenotypes, activityScore, missing, warnings }) => {
    const call = diplotypes.join(' or ') || status
    const score = activityScore === null ? '' : ` (activity score ${activityScore})`
    const gaps = missing.length > 0 ? `; ${missing.length} positions not read` : ''
    const notes = warnings.map(({ message }) => `\n      ${message}`).join('')
    return `  ${gene.padEnd(9)} ${call}: ${phenotypes.join(' or ') || 'phenotype not known'}${score}${gaps}${notes}\n`
  })
  const count = source.records === null ? 'records not counted' : `${source.records} records`
  return `${sample} in ${source.file} (${count})\n${describeReading(report).join('')}${rows.join('')}${describeFindings(findings)}`
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
