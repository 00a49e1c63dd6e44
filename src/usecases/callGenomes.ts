import {
  type FindingKind,
  findingKinds,
  type GenomeKnowledge,
  type GenomeReader,
  type GenomeReport,
  type OutsideCall,
  reportSample,
} from '#genome'
import { err, type Fault, ok, type Result } from '#kernel'

export { type FindingKind, findingKinds, type GenomeReport }

export type GenomeOptions = {
  readonly outside?: string | undefined
  readonly sample?: string | undefined
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
  for (const file of files) {
    const onProgress = (read: number, total: number) =>
      show(`${file}: ${Math.floor((100 * read) / Math.max(total, 1))} %`)
    const genome = await genomes.read(file, { sample: options.sample, onProgress })
    if (!genome.ok) return yield err(genome.error)
    const how = {
      allMatches: options.allMatches === true,
      outside: outside.value,
      findings: options.findings ?? [],
    }
    for (const sample of genome.value.samples) yield ok(reportSample(genome.value, sample, knowledge, how))
  }
}
