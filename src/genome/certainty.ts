import { isHaploid } from './callHaploid.ts'
import type { GeneDefinition, NamedAllele, Position } from './definition.ts'
import type { Finding } from './geneCall.ts'
import type { Site } from './match.ts'
import type { GeneSites } from './sites.ts'

/** Trying every pair of more combinations would take seconds; so much that is unread is no sure ground anyway. */
const mostWays = 20

/**
 * Whether the phenotype hangs on a position that every test of the gene should cover and this file does not, or at which
 * the file shows a variant that cannot be read. Of a gene for which nobody has said which positions those are, each is one:
 * that almost nothing was read of CFTR or G6PD is not that nothing is there. Any two named alleles are supposed there, and what would then be found is
 * compared. That nothing would be found is a change too: linked positions make a variant unlikely, they do not replace
 * reading it.
 */
export function hangsOnGaps(
  definition: GeneDefinition,
  { sites, disturbed }: GeneSites,
  found: Finding,
  find: (sites: readonly Site[]) => Finding,
): boolean {
  const { tier1, required } = definition
  const isListed = tier1.size > 0 || required.size > 0
  const read = new Set(sites.map(({ position }) => position.key))
  const gaps = definition.positions.filter(
    ({ key }) => (!isListed || tier1.has(key) || disturbed.has(key)) && !read.has(key),
  )
  if (gaps.length === 0) return false
  const ways = distinctWays(definition.alleles, gaps)
  if (ways.length > mostWays) return true
  const haploid = isHaploid(sites)
  const differs = (first: readonly string[], second: readonly string[]) => {
    const supposed = gaps.map((position, k): Site => {
      const genotype = { alleles: [first[k]!, second[k]!], phaseSet: null } as const
      return { position, genotype: haploid ? { ...genotype, haploid } : genotype }
    })
    return find([...sites, ...supposed]).phenotypes.join() !== found.phenotypes.join()
  }
  return ways.some((first, i) =>
    // Where there is one copy, one allele is supposed.
    (haploid ? [first] : ways.slice(i)).some((second) => differs(first, second)),
  )
}

/** What the named alleles carry at the gaps, each combination once. */
function distinctWays(alleles: readonly NamedAllele[], gaps: readonly Position[]): readonly string[][] {
  const ways = alleles.map(({ accepts }) => gaps.map(({ key, ref }) => accepts.get(key)?.[0] ?? ref))
  return [...new Map(ways.map((way) => [way.join(), way])).values()]
}
