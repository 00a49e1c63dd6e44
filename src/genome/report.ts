import { type CallOptions, callGenes } from './callGenes.ts'
import type { GenomeKnowledge } from './definition.ts'
import type { GeneCall } from './geneCall.ts'
import type { SampleGenotypes } from './genotype.ts'
import type { GenomeFile } from './ports.ts'

/** The contract's document for one sample: `habeas genome --json`, and what a page saves. */
export type GenomeReport = {
  readonly sample: string
  readonly assembly: GenomeFile['assembly']
  readonly source: GenomeFile['source']
  readonly knowledge: { readonly alleles: string }
  readonly genes: readonly GeneCall[]
}

/** Calls one sample of a file and says what it was called from. */
export function reportSample(
  { source, assembly }: GenomeFile,
  sample: SampleGenotypes,
  knowledge: GenomeKnowledge,
  options: CallOptions,
): GenomeReport {
  const genes = callGenes(sample, knowledge, options)
  return { sample: sample.sample, assembly, source, knowledge: { alleles: knowledge.version }, genes }
}
