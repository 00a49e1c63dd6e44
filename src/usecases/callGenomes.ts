import {
  type FindingKind,
  findingKinds,
  type GenomeKnowledge,
  type GenomeReader,
  type GenomeReport,
  type OutsideCall,
  type Reading,
  reportSample,
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
}

/** Named alleles of each sample of each file, in order. The first fault ends it. */
export async function* callGenomes(
  { genomes, knowledge, readOutsideCalls }: GenomePorts,
  files: readonly string[],
  options: GenomeOptions,
  show: (text: string) => void,
): AsyncIterable<Result<GenomeReport, Fault>> {
  const outside = options.outside === undefined ? ok([]) : await readOutsideCalls(options.outside)
  if (!outside.ok) return yield outside
  const { sample: wanted, minDepth, minGq, absentIsReference = false } = options
  const reading = { minDepth: minDepth ?? null, minGq: minGq ?? null, absentIsReference }
  for (const file of files) {
    const onProgress = (read: number, total: number) =>
      show(`${file}: ${Math.floor((100 * read) / Math.max(total, 1))} %`)
    const asked = { sample: wanted, minDepth, minGq, absentIsReference, onProgress }
    const genome = await genomes.read(file, asked)
    if (!genome.ok) return yield err(genome.error)
    const how = {
      allMatches: options.allMatches === true,
      outside: outside.value,
      findings: options.findings ?? [],
      reading,
    }
    for (const sample of genome.value.samples) yield ok(reportSample(genome.value, sample, knowledge, how))
  }
}
