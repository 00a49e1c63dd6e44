import { activityOf } from './copies.ts'
import { type GenePhenotypes, type GenomeKnowledge, type Phenotype, pairKey } from './definition.ts'
import type { GenomeWarning } from './genotype.ts'

/** The activity value that CPIC writes for an allele of uncertain function, in genes that are scored. */
const unscored = 'n/a'

/**
 * Phenotype and activity score of a pair of named alleles, or of one where there is one copy; undefined when an allele has no assigned function. In a gene
 * that is scored, such an allele counts as one without a value, as the published calls do.
 */
export function phenotypeOf(
  knowledge: GenomeKnowledge,
  gene: string,
  names: readonly string[],
): Phenotype | undefined {
  const table = knowledge.phenotypes.get(gene)
  const keyOf = (name: string) => table?.functions.get(name)?.key ?? unscored
  if (table === undefined) return undefined
  return bySum(table, names) ?? table.pairs.get(pairKey(names.map(keyOf)))
}

/** A copy that only its parts give a value decides by the sum of both, for which the table has a phenotype. */
function bySum(table: GenePhenotypes, names: readonly string[]): Phenotype | undefined {
  if (names.length !== 2 || names.every((name) => table.functions.has(name))) return undefined
  const values = names.map((name) => activityOf(table, name))
  const sum = values.reduce((all, value) => (all === null || value === null ? null : all + value), 0)
  return [...table.pairs.values()].find(
    ({ activityScore, atLeast }) => activityScore !== null && activityScore === sum && atLeast !== true,
  )
}

/** Tables that were not to be had in the version of the definitions say so with their date. */
export function describeAge(knowledge: GenomeKnowledge, gene: string): GenomeWarning[] {
  const older = knowledge.phenotypes.get(gene)?.older ?? null
  if (older === null) return []
  return [{ code: 'older-phenotypes', message: `phenotypes of ${gene} are as of ${older}` }]
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
