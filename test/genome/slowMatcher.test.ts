import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { matchDiplotypes, type Site } from '../../src/genome/match.ts'
import { skip } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { matchSlowly } from './slowMatcher.ts'
import { randomFrom, readSource, type SourceGene, type SourceGenotype, strandOf } from './source.ts'

const sets = 10_000
const mostHets = 6
const genes = knowledge.genes.filter(({ byVariants }) => !byVariants)

/** Two named alleles, some positions changed at random, some taken away. */
function draw(source: SourceGene, random: (below: number) => number): SourceGenotype[] {
  const pick = () => source.namedAlleles[random(source.namedAlleles.length)]!
  const [first, second] = [strandOf(source, pick(), random), strandOf(source, pick(), random)]
  const rate = [0, 0, 10, 60][random(4)]!
  const noise = random(3) === 0 ? 4 : 0
  const genotypes = source.variants.map(({ ref, alts }, i): SourceGenotype => {
    if (random(100) < rate) return null
    const other = [ref, ...alts][random(1 + alts.length)]!
    return random(100) < noise ? [first[i]!, other] : [first[i]!, second[i]!]
  })
  let hets = 0
  return genotypes.map((each) => (each !== null && each[0] !== each[1] && ++hets > mostHets ? null : each))
}

describe('the fast matcher and a slow one that shares nothing with it', () => {
  test(`agree on ${sets} genotype sets of the real definitions`, { skip }, () => {
    const random = randomFrom(8)
    const sources = genes.map(({ gene }) => readSource(gene))
    for (let round = 0; round < sets; round++) {
      const at = random(genes.length)
      const definition = genes[at]!
      const genotypes = draw(sources[at]!, random)
      const phased = random(3) === 0
      const sites = definition.positions.flatMap((position, i): Site[] => {
        const alleles = genotypes[i]
        return alleles ? [{ position, genotype: { alleles, phaseSet: phased ? '' : null } }] : []
      })
      const fast = matchDiplotypes(definition, sites).map(
        ({ names, score }) => [[...names].sort().join(' & '), score] as const,
      )
      const slow = matchSlowly(sources[at]!, genotypes, phased)
      assert.deepEqual(fast.toSorted(), [...slow].toSorted(), `${definition.gene}, round ${round}`)
    }
  })
})
