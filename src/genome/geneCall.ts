import type { GenomeWarning } from './genotype.ts'

/**
 * The contract's gene of `habeas genome --json`. `ambiguous`: several explanations with different phenotypes, or a
 * position that every test of the gene should cover was not read and could change the phenotype; then the phenotypes are
 * no basis for a confident plan.
 */
export type GeneCall = {
  readonly gene: string
  readonly status: 'called' | 'ambiguous' | 'not-called' | 'outside'
  /** Best score with ties, or every explanation in score order; unphased DPYD: the alleles found, one by one. */
  readonly diplotypes: readonly string[]
  readonly lookupDiplotypes: readonly string[]
  readonly phenotypes: readonly string[]
  readonly activityScore: number | null
  /** `chr10:94762706`: positions of the definition without a usable genotype. Never taken for the reference. */
  readonly missing: readonly string[]
  readonly warnings: readonly GenomeWarning[]
  /** Positions that are read beside the definition, with the bases found; null when not in the file. */
  readonly extra: readonly {
    readonly rsid: string | null
    readonly position: string
    readonly genotype: string | null
  }[]
}

/** What calling a gene decides; the rest of the call is the same for every gene. */
export type Finding = Pick<
  GeneCall,
  'status' | 'diplotypes' | 'lookupDiplotypes' | 'phenotypes' | 'activityScore' | 'warnings'
>

export const notCalled = (warnings: readonly GenomeWarning[]): Finding => ({
  status: 'not-called',
  diplotypes: [],
  lookupDiplotypes: [],
  phenotypes: [],
  activityScore: null,
  warnings,
})
