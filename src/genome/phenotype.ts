import { type GenomeKnowledge, type Phenotype, pairKey } from './definition.ts'

/** Phenotype and activity score of a pair of named alleles; undefined when an allele has no assigned function. */
export function phenotypeOf(
  knowledge: GenomeKnowledge,
  gene: string,
  [a, b]: readonly [string, string],
): Phenotype | undefined {
  const table = knowledge.phenotypes.get(gene)
  const left = table?.functions.get(a)
  const right = table?.functions.get(b)
  return left && right ? table?.pairs.get(pairKey(left.key, right.key)) : undefined
}

/** Distinct phenotypes of several pairs in their order, and the activity score if all agree on one. */
export function summarise(found: readonly (Phenotype | undefined)[]): {
  readonly phenotypes: readonly string[]
  readonly activityScore: number | null
} {
  const phenotypes = [...new Set(found.flatMap((each) => (each ? [each.phenotype] : [])))]
  const scores = new Set(found.map((each) => each?.activityScore ?? null))
  return { phenotypes, activityScore: scores.size === 1 ? [...scores][0]! : null }
}
