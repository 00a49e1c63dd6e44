import type { GeneDefinition, GenomeKnowledge } from './definition.ts'
import { type Finding, notCalled } from './geneCall.ts'
import { type GenomeWarning, isHeterozygous } from './genotype.ts'
import { type DiplotypeMatch, matchDiplotypes, type Site } from './match.ts'
import { phenotypeOf, summarise } from './phenotype.ts'

export const isHaploid = (sites: readonly Site[]): boolean =>
  sites.some(({ genotype }) => genotype.haploid === true)

/**
 * A gene of which the file gives one copy (G6PD of a man): one allele, and no slash. Calls of two equal copies among them
 * say the same of one copy. Calls of two different ones do not: several alleles are then listed and nothing is certain.
 */
export function callHaploid(
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  sites: readonly Site[],
  allMatches: boolean,
): Finding {
  const isMosaic = sites.some(({ genotype }) => isHeterozygous(genotype))
  const matches = matchDiplotypes(definition, sites).filter(({ names: [a, b] }) => isMosaic || a === b)
  if (matches.length === 0)
    return notCalled([{ code: 'no-match', message: 'no named allele explains the genotypes' }])
  const best = matches.filter(({ score }) => score === matches[0]!.score)
  const found = namesOf(best).map((name) => phenotypeOf(knowledge, definition.gene, [name]))
  return {
    status: isMosaic || new Set(found.map((each) => each?.phenotype)).size > 1 ? 'ambiguous' : 'called',
    diplotypes: namesOf(allMatches ? matches : best),
    lookupDiplotypes: namesOf(best),
    ...summarise(found),
    warnings: describe(sites, isMosaic, namesOf(best), found.includes(undefined)),
  }
}

const namesOf = (matches: readonly DiplotypeMatch[]): readonly string[] => [
  ...new Set(matches.flatMap(({ names }) => names)),
]

function describe(
  sites: readonly Site[],
  isMosaic: boolean,
  names: readonly string[],
  unknown: boolean,
): GenomeWarning[] {
  const mixed = sites.some(({ genotype }) => genotype.haploid !== true)
  const warnings: GenomeWarning[] = []
  if (isMosaic)
    warnings.push({
      code: 'mosaic',
      message: 'two alleles at some positions, one copy at others: a mosaic, or a wrong call',
    })
  else if (mixed)
    warnings.push({
      code: 'mixed-ploidy',
      message: 'some positions are called with two equal copies; read as one copy',
    })
  if (names.length > 1 && !isMosaic)
    warnings.push({ code: 'several-explanations', message: `equally good: ${names.join(', ')}` })
  if (unknown)
    warnings.push({ code: 'function-unknown', message: `no assigned phenotype among: ${names.join(', ')}` })
  return warnings
}
