/** A place in the reference genome that some allele is defined by, as in VCF: 1-based, indels with their anchor base. */
export type Position = {
  /** `chr10:94781859`, how faults, `missing` and genotypes name it. */
  readonly key: string
  readonly chrom: string
  readonly pos: number
  readonly rsid: string | null
  readonly ref: string
  readonly alts: readonly string[]
}

export const isSubstitution = ({ ref, alts }: Position): boolean =>
  ref.length === 1 && alts.every((alt) => alt.length === 1)

/**
 * Bases behind an insertion or deletion, at least, within which the same change, placed further right, is looked for; of a
 * long one, four times its length.
 */
const basesSearched = 50
const repeatsSearched = 4

/** One behind the last POS of a record that can speak of the position. */
export function reachOf(position: Position): number {
  const { pos, ref, alts } = position
  if (isSubstitution(position)) return pos + ref.length
  const longest = Math.max(...alts.map((alt) => Math.abs(alt.length - ref.length)))
  return pos + ref.length + Math.max(basesSearched, repeatsSearched * longest)
}

/**
 * A haplotype with a name. At a position that it does not define it carries the reference (PharmCAT,
 * NamedAlleleMatcher 101, step 1). Two accepted bases come from an IUPAC code.
 */
export type NamedAllele = {
  readonly name: string
  /** The name that is reported: sub-alleles of an ambiguous core allele are reported as the core allele. */
  readonly reportedAs: string
  /** How a diplotype spells it: CFTR's reference allele is looked up by its sentence and printed "Reference". */
  readonly printedAs: string
  readonly reference: boolean
  /** By `Position.key`. */
  readonly accepts: ReadonlyMap<string, readonly string[]>
}

export type GeneDefinition = {
  readonly gene: string
  readonly positions: readonly Position[]
  /** The reference allele first. */
  readonly alleles: readonly NamedAllele[]
  /** Read and reported, part of no allele (CYP2C9: rs12777823). */
  readonly extra: readonly Position[]
  /** Keys of positions without which the gene is not called. */
  readonly required: ReadonlySet<string>
  /** Keys of the positions that every test of this gene should cover (AMP tier 1; SLCO1B1: rs4149056). */
  readonly tier1: ReadonlySet<string>
  /** Genes of toxicity: a base that no definition knows counts as the reference, with a warning. */
  readonly undocumentedIsReference: boolean
  /** Copies carry any number of variants, each an allele of its own, the lowest function deciding (DPYD, RYR1). */
  readonly byVariants: boolean
  /** Which of the explanations of unphased genotypes is taken when exactly these are possible (NAT2). */
  readonly priorities: readonly { readonly pick: string; readonly among: readonly string[] }[]
}

export type AlleleFunction = {
  readonly function: string
  /** Null where CPIC gives none; `undefined` never. */
  readonly value: number | null
  /** What the phenotype of a pair is looked up by. */
  readonly key: string
}

export type Phenotype = {
  readonly phenotype: string
  readonly activityScore: number | null
  /** The score is a lower bound (`≥3.0`: copies were not counted beyond three). */
  readonly atLeast?: true
}

export type GenePhenotypes = {
  readonly functions: ReadonlyMap<string, AlleleFunction>
  /** By the two keys of the alleles, sorted and joined with ` + `; by one key where there is one copy. */
  readonly pairs: ReadonlyMap<string, Phenotype>
  /** Day of the table when it is older than the allele definitions; null when it is of their version. */
  readonly older: string | null
}

/**
 * Under which consent a finding may be told (classes of `prevention.json`). What bears on drugs goes with every other call;
 * risk, carriership and APOE are told to those only who asked for that class.
 */
export const findingKinds = [
  'pgx',
  'risk-factor-opt-in',
  'carrier-opt-in',
  'special-explicit-consent',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** A change of one position, or of several on the same copy, that is looked for by itself and is no named allele's call. */
export type FindingDefinition = {
  readonly gene: string
  readonly name: string
  readonly kind: FindingKind
  /** As the source gives it; null when it gives none. */
  readonly function: string | null
  /** What a copy carries that has it, position by position. */
  readonly at: readonly { readonly position: Position; readonly base: string }[]
}

export type GenomeKnowledge = {
  /** Version of the allele definitions; the phenotypes are of the same one where they do not say that they are older. */
  readonly version: string
  readonly genes: readonly GeneDefinition[]
  readonly phenotypes: ReadonlyMap<string, GenePhenotypes>
  /** HLA alleles that are looked for one by one, by gene. */
  readonly markers: ReadonlyMap<string, readonly string[]>
  /** Changes that are told one by one; where there is no such table, none are. */
  readonly findings?: readonly FindingDefinition[]
}

export const pairKey = (keys: readonly string[]): string => [...keys].sort().join(' + ')

/** Every position that a file is searched for. */
export const wantedPositions = ({ genes, findings = [] }: GenomeKnowledge): readonly Position[] => [
  ...genes.flatMap(({ positions, extra }) => [...positions, ...extra]),
  ...new Set(findings.flatMap(({ at }) => at.map(({ position }) => position))),
]
