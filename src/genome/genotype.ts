/** A remark on one position or gene; `code` is literal, the message carries no personal data beyond the genotype. */
export type GenomeWarning = { readonly code: GenomeWarningCode; readonly message: string }

export type GenomeWarningCode =
  | 'absent-as-reference'
  | 'allele-not-excluded'
  | 'allele-undetectable'
  | 'below-min-depth'
  | 'below-min-gq'
  | 'conflicting-records'
  | 'duplicate-records'
  | 'extra-position'
  | 'filter-not-pass'
  | 'function-unknown'
  | 'half-call'
  | 'hapb3-exonic-only'
  | 'hapb3-intronic-only'
  | 'hapb3-mismatch'
  | 'missing-positions'
  | 'mixed-ploidy'
  | 'mosaic'
  | 'no-evidence'
  | 'no-match'
  | 'older-phenotypes'
  | 'other-explanation'
  | 'outside-contradicts-itself'
  | 'outside-only'
  | 'outside-replaces'
  | 'outside-unknown-allele'
  | 'outside-unknown-phenotype'
  | 'overlapping-variant'
  | 'reference-mismatch'
  | 'reference-unknown'
  | 'rs4149056-only'
  | 'score-at-least'
  | 'several-explanations'
  | 'taken-by-priority'
  | 'tier1-missing'
  | 'undocumented-as-reference'
  | 'undocumented-variant'
  | 'unexpected-ploidy'
  | 'variant-not-used'

/** Whether the message says in which line of the file its record stands. */
export const namesLine = ({ code }: GenomeWarning): boolean =>
  code === 'reference-mismatch' || code === 'duplicate-records' || code === 'conflicting-records'

/**
 * What the two copies carry at one wanted position, in the definition's spelling; null for the half of a call that the
 * file leaves open (`./1`). A base that no definition knows keeps the file's spelling.
 */
export type Genotype = {
  readonly alleles: readonly [string | null, string | null]
  /** Genotypes of one phase set are in order; null when the order is not known. */
  readonly phaseSet: string | null
  /** The file gives one copy only (chromosomes X, Y and M); `alleles` then says it twice. */
  readonly haploid?: true
  /** No record speaks of the position; the user said that this means the reference. */
  readonly assumed?: true
}

/** All that is kept of a sample: its genotypes at wanted positions, by `Position.key`. A position not here is not known. */
export type SampleGenotypes = {
  readonly sample: string
  readonly genotypes: ReadonlyMap<string, Genotype>
  readonly warnings: ReadonlyMap<string, readonly GenomeWarning[]>
}

export const isHeterozygous = ({ alleles: [a, b] }: Genotype): boolean => a !== b
export const isHalfCall = ({ alleles }: Genotype): boolean => alleles.includes(null)
