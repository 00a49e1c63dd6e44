import { basesOf, type SourceGene, type SourceGenotype } from './source.ts'

/** Every pair that explains a genotype set, by its names in alphabetical order, with its best score. */
export type Explanations = ReadonlyMap<string, number>

/**
 * The matcher as one would write it first: each arrangement of the heterozygous positions is written out as two strands,
 * each strand is compared with each allele, and the scores are added. Exponential in the heterozygous positions.
 */
export function matchSlowly(
  source: SourceGene,
  genotypes: readonly SourceGenotype[],
  phased: boolean,
): Explanations {
  const known = genotypes.flatMap((genotype, i) => (genotype === null ? [] : [i]))
  const hets = phased ? [] : known.filter((i) => genotypes[i]![0] !== genotypes[i]![1])
  const best = new Map<string, number>()
  for (let order = 0; order < 2 ** hets.length; order++) {
    const isCrossed = (i: number) => hets.includes(i) && ((order >> hets.indexOf(i)) & 1) === 1
    const first = known.map((i) => genotypes[i]![isCrossed(i) ? 1 : 0])
    const second = known.map((i) => genotypes[i]![isCrossed(i) ? 0 : 1])
    for (const [a, x] of explain(source, known, first))
      for (const [b, y] of explain(source, known, second)) {
        const label = [a, b]
          .map((name) => source.suballelesMap[name] ?? name)
          .sort()
          .join(' & ')
        best.set(label, Math.max(best.get(label) ?? 0, x + y))
      }
  }
  return best
}

function explain(
  { namedAlleles, variants }: SourceGene,
  known: readonly number[],
  strand: readonly string[],
): (readonly [name: string, score: number])[] {
  return namedAlleles.flatMap(({ name, alleles }) => {
    let score = 0
    let defined = 0
    for (const [k, i] of known.entries()) {
      const written = alleles[i] ?? null
      const bases = basesOf(written ?? variants[i]!.ref)
      if (!bases.includes(strand[k]!)) return []
      if (written === null) continue
      defined++
      if (bases.length === 1 || strand[k] !== variants[i]!.ref) score++
    }
    return defined === 0 ? [] : [[name, score] as const]
  })
}
