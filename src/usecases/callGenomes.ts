import {
  callGenes,
  type GeneCall,
  type GenomeFile,
  type GenomeKnowledge,
  type GenomeReader,
  type OutsideCall,
  type Reading,
} from '#genome'
import { err, type Fault, ok, type Result } from '#kernel'

export type GenomeOptions = Reading & {
  readonly outside?: string | undefined
  readonly allMatches?: boolean | undefined
}

/** The contract's document for one sample. */
export type GenomeReport = {
  readonly sample: string
  readonly assembly: GenomeFile['assembly']
  readonly source: GenomeFile['source']
  /** What the user asked of the calls and said of the file; null where nothing was asked. */
  readonly reading: {
    readonly minDepth: number | null
    readonly minGq: number | null
    readonly absentIsReference: boolean
  }
  readonly knowledge: { readonly alleles: string }
  readonly genes: readonly GeneCall[]
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
    const { source, assembly, samples } = genome.value
    for (const sample of samples) {
      const genes = callGenes(sample, knowledge, {
        allMatches: options.allMatches === true,
        outside: outside.value,
      })
      const alleles = knowledge.version
      yield ok({ sample: sample.sample, assembly, source, reading, knowledge: { alleles }, genes })
    }
  }
}
