import {
  type FindingKind,
  findingKinds,
  type GenomeFile,
  type GenomeKnowledge,
  type GenomeReader,
  type GenomeReport,
  type OutsideCall,
  type Reading,
  reportSample,
  type SampleGenotypes,
} from '#genome'
import { err, type Fault, ok, type Result } from '#kernel'

export { type FindingKind, findingKinds, type GenomeReport }

export type GenomeOptions = Reading & {
  readonly outside?: string | undefined
  readonly allMatches?: boolean | undefined
  /** Kinds of findings that were asked for, besides those that bear on drugs. */
  readonly findings?: readonly FindingKind[] | undefined
}

export type GenomePorts = {
  readonly genomes: GenomeReader
  readonly knowledge: GenomeKnowledge
  readonly readOutsideCalls: (file: string) => Promise<Result<readonly OutsideCall[], Fault>>
  readonly findGenomes: FindGenomes
}

/** VCF files: where each lies, and its name beside the others (its way within the folder that was named). */
export type FoundGenomes = {
  readonly found: readonly { readonly path: string; readonly name: string }[]
  /** What could not be looked into, or is no file that could be read. */
  readonly faults: readonly Fault[]
}

/** The named files and all VCF files under the named folders, in a fixed order; `except` is not looked into. */
export type FindGenomes = (paths: readonly string[], except?: string) => Promise<FoundGenomes>

/** Named alleles of each sample of each file, in order. A folder is all the VCF files in it. */
export async function* callGenomes(
  { readOutsideCalls, findGenomes, ...tables }: GenomePorts,
  files: readonly string[],
  options: GenomeOptions,
  show: (text: string) => void,
): AsyncIterable<Result<GenomeReport, Fault>> {
  const outside = options.outside === undefined ? ok([]) : await readOutsideCalls(options.outside)
  if (!outside.ok) return yield outside
  const caller = genomeCaller(tables, options, outside.value)
  const callOne = (file: string) => callFile(caller, file, show)
  for (const file of files) {
    for await (const report of callOne(file)) {
      if (report.ok) yield report
      else if (report.error.code !== folderCode || options.outside !== undefined) return yield report
      else yield* callFolder(await findGenomes([file]), callOne)
    }
  }
}

/** How a reader of files says that it was given a folder. */
const folderCode = 'vcf.not-a-file'

/** Whoever names a folder does not know which files come: one that cannot be read is told, and the others go on. */
async function* callFolder(
  { found, faults }: FoundGenomes,
  callOne: (file: string) => AsyncIterable<Result<GenomeReport, Fault>>,
): AsyncIterable<Result<GenomeReport, Fault>> {
  for (const fault of faults) yield err(fault)
  for (const { path } of found) yield* callOne(path)
}

async function* callFile(
  { read, report }: GenomeCaller,
  file: string,
  show: (text: string) => void,
): AsyncIterable<Result<GenomeReport, Fault>> {
  const genome = await read(file, (done) => show(`${file}: ${done} %`))
  if (!genome.ok) return yield genome
  for (const sample of genome.value.samples) yield ok(report(genome.value, sample))
}

/** Reads a file and reports each of its samples, as the options say. `onProgress` hears hundredths. */
export type GenomeCaller = {
  read(file: string, onProgress: (done: number) => void): Promise<Result<GenomeFile, Fault>>
  report(genome: GenomeFile, sample: SampleGenotypes): GenomeReport
}

export function genomeCaller(
  { genomes, knowledge }: Pick<GenomePorts, 'genomes' | 'knowledge'>,
  options: GenomeOptions,
  outside: readonly OutsideCall[],
): GenomeCaller {
  const { sample, minDepth, minGq, absentIsReference = false, allMatches = false, findings = [] } = options
  const reading = { minDepth: minDepth ?? null, minGq: minGq ?? null, absentIsReference }
  return {
    read: (file, onProgress) =>
      genomes.read(file, {
        ...{ sample, minDepth, minGq, absentIsReference },
        onProgress: (read, total) => onProgress(Math.floor((100 * read) / Math.max(total, 1))),
      }),
    report: (genome, each) =>
      reportSample(genome, each, knowledge, { allMatches, outside, findings, reading }),
  }
}
