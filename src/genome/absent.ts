import type { Position } from './definition.ts'
import type { Genotype } from './genotype.ts'
import type { KnownBases } from './view.ts'

/** The bases of the reference that the definitions of one chromosome spell. */
export function referenceBases(positions: readonly Position[]): KnownBases {
  return new Map(positions.flatMap(({ pos, ref }) => [...ref].map((base, i) => [pos + i, base] as const)))
}

const isAutosome = (chrom: string): boolean => /^chr\d+$/.test(chrom)

/**
 * For a file of variants only, when the user says that it is one: the reference at positions that no record speaks of. Not
 * on X, Y and M, where the number of copies is not known without a record, nor on a chromosome that the file has nothing of.
 */
export const assumeReference =
  (positions: readonly Position[], contigs: ReadonlySet<string>) =>
  (spoken: ReadonlySet<string>): readonly (readonly [string, Genotype])[] =>
    positions.flatMap(({ key, chrom, ref }) =>
      isAutosome(chrom) && contigs.has(chrom) && !spoken.has(key)
        ? [[key, { alleles: [ref, ref], phaseSet: null, assumed: true }] as const]
        : [],
    )
