import { type CallOptions, callGenes } from './callGenes.ts'
import type { FindingKind, GenomeKnowledge } from './definition.ts'
import { findChanges, type GenomeFinding } from './findings.ts'
import type { GeneCall } from './geneCall.ts'
import type { SampleGenotypes } from './genotype.ts'
import type { GenomeFile } from './ports.ts'

/** What the user asked of the calls and said of the file; null where nothing was asked. */
type Asked = {
  readonly minDepth: number | null
  readonly minGq: number | null
  readonly absentIsReference: boolean
}

/** The contract's document for one sample: `habeas genome --json`, and what a page saves. */
export type GenomeReport = {
  readonly sample: string
  readonly assembly: GenomeFile['assembly']
  readonly source: GenomeFile['source']
  readonly reading: Asked
  readonly knowledge: { readonly alleles: string }
  readonly genes: readonly GeneCall[]
  /** Changes looked for one by one; each says whether it was read at all. */
  readonly findings: readonly GenomeFinding[]
}

type ReportOptions = CallOptions & {
  readonly reading: Asked
  /** Kinds of findings, besides those that bear on drugs, that were asked for. */
  readonly findings: readonly FindingKind[]
}

/** Calls one sample of a file and says what it was called from. */
export function reportSample(
  { source, assembly }: GenomeFile,
  sample: SampleGenotypes,
  knowledge: GenomeKnowledge,
  options: ReportOptions,
): GenomeReport {
  const genes = callGenes(sample, knowledge, options)
  const findings = findChanges(sample, knowledge.findings ?? [], ['pgx', ...options.findings])
  const { version } = knowledge
  return {
    sample: sample.sample,
    assembly,
    source,
    reading: options.reading,
    knowledge: { alleles: version },
    genes,
    findings,
  }
}
