import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { GeneDefinition, NamedAllele, Position } from './definition.ts'
import type { Genotype } from './genotype.ts'
import { matchDiplotypes, type Site } from './match.ts'

const position = (i: number): Position => ({
  key: `chr1:${i}`,
  chrom: 'chr1',
  pos: i,
  rsid: null,
  ref: 'A',
  alts: ['C', 'G'],
})

const allele = (name: string, accepts: Readonly<Record<number, string>>, reference = false): NamedAllele => ({
  name,
  reportedAs: name,
  printedAs: name,
  reference,
  accepts: new Map(Object.entries(accepts).map(([i, bases]) => [`chr1:${i}`, bases.split('/')])),
})

function gene(size: number, named: readonly Readonly<Record<number, string>>[]): GeneDefinition {
  const positions = Array.from({ length: size }, (_, i) => position(i))
  const reference = allele('*1', Object.fromEntries(positions.map((_, i) => [i, 'A'])), true)
  const alleles = [reference, ...named.map((accepts, i) => allele(`*${i + 2}`, accepts))]
  const none = new Set<string>()
  return {
    gene: 'G',
    positions,
    alleles,
    extra: [],
    required: none,
    tier1: none,
    undocumentedIsReference: false,
    byVariants: false,
    priorities: [],
  }
}

/** The slow reference: multiplies out every arrangement of the two copies and tries every pair on each. */
function matchSlowly({ alleles }: GeneDefinition, sites: readonly Site[]): Map<string, number> {
  const best = new Map<string, number>()
  const usable = alleles.filter(({ accepts }) => sites.some(({ position }) => accepts.has(position.key)))
  for (const [first, second] of arrangements(sites)) {
    for (const a of usable) {
      for (const b of usable) {
        const [x, y] = [scoreOn(a, sites, first), scoreOn(b, sites, second)]
        if (x === undefined || y === undefined) continue
        const label = [a.name, b.name].sort().join('/')
        best.set(label, Math.max(best.get(label) ?? 0, x + y))
      }
    }
  }
  return best
}

type Strand = readonly (string | null)[]

function arrangements(sites: readonly Site[]): (readonly [Strand, Strand])[] {
  const sets = [...new Set(sites.map(({ genotype }, i) => genotype.phaseSet ?? `alone ${i}`))]
  return Array.from({ length: 2 ** sets.length }, (_, order) => {
    const strand = (which: 0 | 1) =>
      sites.map(({ genotype }, i) => {
        const swapped = (order >> sets.indexOf(genotype.phaseSet ?? `alone ${i}`)) & 1
        return genotype.alleles[swapped ? 1 - which : which] as string | null
      })
    return [strand(0), strand(1)] as const
  })
}

function scoreOn({ accepts }: NamedAllele, sites: readonly Site[], strand: Strand): number | undefined {
  let score = 0
  for (const [i, { position }] of sites.entries()) {
    const defined = accepts.get(position.key)
    const base = strand[i]!
    if (base === null || !(defined ?? [position.ref]).includes(base)) return undefined
    if (defined !== undefined && !(defined.length > 1 && base === position.ref)) score++
  }
  return score
}

const base = fc.constantFrom<string | null>('A', 'A', 'A', 'C', 'G', 'T', null)
const genotype = fc.record({
  alleles: fc.tuple(base, base),
  phaseSet: fc.constantFrom<string | null>(null, null, '', '1'),
})
const accepts = fc.dictionary(
  fc.integer({ min: 0, max: 5 }).map(String),
  fc.constantFrom('A', 'C', 'G', 'C', 'A/C', 'C/G'),
  { minKeys: 1, maxKeys: 3 },
)
const sample = fc.array(fc.option(genotype, { freq: 5 }), { minLength: 6, maxLength: 6 })

const sitesOf = (definition: GeneDefinition, genotypes: readonly (Genotype | null)[]): Site[] =>
  definition.positions.flatMap((position, i) => (genotypes[i] ? [{ position, genotype: genotypes[i] }] : []))

describe('matching pairs of named alleles', () => {
  test('the fast matcher finds what multiplying out every arrangement finds', () => {
    fc.assert(
      fc.property(fc.array(accepts, { maxLength: 5 }), sample, (named, genotypes) => {
        const definition = gene(6, named)
        const sites = sitesOf(definition, genotypes as (Genotype | null)[])
        const fast = new Map(
          matchDiplotypes(definition, sites).map(({ names, score }) => [[...names].sort().join('/'), score]),
        )
        const slow = matchSlowly(definition, sites)
        assert.deepEqual([...fast].sort(), [...slow].sort())
      }),
      { numRuns: 5000 },
    )
  })

  const site = (
    i: number,
    alleles: readonly [string | null, string | null],
    phaseSet: string | null = null,
  ) => ({
    position: position(i),
    genotype: { alleles, phaseSet },
  })

  // The worked example of the matcher's documentation: five positions, *2 by the first and the fourth, and so on.
  const documented = gene(5, [{ 0: 'C', 3: 'C' }, { 3: 'C' }, { 1: 'C' }, { 0: 'C' }])
  const labels = (sites: readonly Site[]) =>
    matchDiplotypes(documented, sites).map(({ label, score }) => [label, score])

  test('two unphased hets: both explanations, the one with the reference first', () => {
    const sites = [
      site(0, ['A', 'C']),
      site(1, ['A', 'A']),
      site(2, ['A', 'A']),
      site(3, ['A', 'C']),
      site(4, ['A', 'A']),
    ]
    assert.deepEqual(labels(sites), [
      ['*1/*2', 7],
      ['*3/*5', 2],
    ])
  })

  test('a missing position lowers the score', () => {
    const sites = [site(0, ['A', 'C']), site(1, ['A', 'A']), site(2, ['A', 'A']), site(3, ['A', 'C'])]
    assert.deepEqual(labels(sites), [
      ['*1/*2', 6],
      ['*3/*5', 2],
    ])
  })

  test('without the position that tells them apart, two alleles tie, and one that has no other is gone', () => {
    const sites = [site(1, ['A', 'A']), site(2, ['A', 'A']), site(3, ['A', 'C']), site(4, ['A', 'A'])]
    assert.deepEqual(labels(sites), [
      ['*1/*2', 5],
      ['*1/*3', 5],
    ])
  })

  test('phase decides', () => {
    const rest = [site(1, ['A', 'A']), site(2, ['A', 'A']), site(4, ['A', 'A'])]
    const cis = [site(0, ['A', 'C'], 'x'), site(3, ['A', 'C'], 'x'), ...rest]
    const trans = [site(0, ['A', 'C'], 'x'), site(3, ['C', 'A'], 'x'), ...rest]
    const apart = [site(0, ['A', 'C'], 'x'), site(3, ['C', 'A'], 'y'), ...rest]
    assert.deepEqual(labels(cis), [['*1/*2', 7]])
    assert.deepEqual(labels(trans), [['*3/*5', 2]])
    assert.equal(labels(apart).length, 2)
  })

  test('30 unphased hets are matched: their 2²⁹ phases are not tried one by one', () => {
    const named = Array.from({ length: 30 }, (_, i) => ({ [i]: 'C' }))
    const wide = gene(30, [...named, Object.fromEntries(named.map((_, i) => [i, 'C']))])
    const sites = wide.positions.map((position) => ({
      position,
      genotype: { alleles: ['A', 'C'], phaseSet: null } as const,
    }))
    assert.deepEqual(
      matchDiplotypes(wide, sites).map(({ label }) => label),
      ['*1/*32'],
    )
  })
})
