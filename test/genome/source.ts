import { textOf } from './facts.ts'

/**
 * The published definitions, read by themselves: what is built from them here shares nothing with the program or its
 * tables, so that the two can be held against each other.
 */
export type SourceGene = {
  readonly gene: string
  readonly variants: readonly {
    readonly chromosome: string
    readonly position: number
    readonly ref: string
    readonly alts: readonly string[]
  }[]
  readonly namedAlleles: readonly {
    readonly name: string
    readonly reference: boolean
    readonly alleles: readonly (string | null)[]
  }[]
  readonly suballelesMap: Readonly<Record<string, string>>
}

export const readSource = (gene: string): SourceGene =>
  JSON.parse(textOf(`allele-definitions/${gene}_translation.json`)) as SourceGene

/** IUPAC codes as sets of bases; anything else is one allele, as it is written. */
const codes: Readonly<Record<string, string>> = { R: 'AG', Y: 'CT', S: 'CG', W: 'AT', K: 'GT', M: 'AC' }
export const basesOf = (written: string): readonly string[] => codes[written]?.split('') ?? [written]

/** Linear congruential: the same seed gives the same run everywhere. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Two bases at one position of the definition; null where the file has no record. */
export type SourceGenotype = readonly [string, string] | null

/** What one sample carries, and whether the file says which bases lie on one copy. */
export type SourceSample = { readonly genotypes: readonly SourceGenotype[]; readonly phased: boolean }

/** A VCF of one gene and one sample, one line for each known genotype. */
export const writeVcf = (source: SourceGene, genotypes: readonly SourceGenotype[], phased: boolean): string =>
  writeManyVcf(source, [{ genotypes, phased }])

/** The same of many samples; a line for each position that any of them is known at. */
export function writeManyVcf({ variants }: SourceGene, samples: readonly SourceSample[]): string {
  const lines = variants.flatMap(({ chromosome, position, ref, alts }, i) => {
    const known = [ref, ...alts]
    const calls = samples.map(({ genotypes, phased }) =>
      (genotypes[i]?.map((base) => known.indexOf(base)) ?? ['.', '.']).join(phased ? '|' : '/'),
    )
    if (samples.every(({ genotypes }) => genotypes[i] === null)) return []
    return [[chromosome, position, '.', ref, alts.join(','), '.', 'PASS', '.', 'GT', ...calls].join('\t')]
  })
  const fixed = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT']
  const columns = [...fixed, ...samples.map((_, i) => `S${i}`)].join('\t')
  return ['##fileformat=VCFv4.2', columns, ...lines, ''].join('\n')
}

/** What a copy with this named allele carries, ambiguous bases drawn. */
export function strandOf(
  { variants }: SourceGene,
  allele: SourceGene['namedAlleles'][number],
  random: (below: number) => number,
): readonly string[] {
  return allele.alleles.map((written, i) => {
    const bases = basesOf(written ?? variants[i]!.ref)
    return bases[random(bases.length)]!
  })
}
