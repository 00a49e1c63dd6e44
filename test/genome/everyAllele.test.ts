import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callGenes, type GeneCall, type GeneDefinition, type SampleGenotypes } from '#genome'
import { scanText, skip } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { matchSlowly } from './slowMatcher.ts'
import {
  randomFrom,
  readSource,
  type SourceGene,
  type SourceGenotype,
  type SourceSample,
  strandOf,
  writeManyVcf,
} from './source.ts'

/** Random pairs of each gene; `HABEAS_PAIRS` draws fewer or more. */
const pairs = Number(process.env['HABEAS_PAIRS'] ?? 2000)
/** The slow matcher takes twice as long for each heterozygous position. */
const mostHets = 10

type Drawn = SourceSample & { readonly names: readonly [string, string] }

function drawPair(
  source: SourceGene,
  a: number,
  b: number,
  random: (below: number) => number,
): readonly Drawn[] {
  const [first, second] = [source.namedAlleles[a]!, source.namedAlleles[b]!]
  const strands = [strandOf(source, first, random), strandOf(source, second, random)] as const
  const genotypes = source.variants.map((_, i) => [strands[0][i]!, strands[1][i]!] as const)
  return [true, false].map((phased) => ({ names: [first.name, second.name], genotypes, phased }))
}

const sorted = (labels: Iterable<string>): string[] => [...labels].toSorted()
const isHet = (genotype: SourceGenotype): boolean => genotype![0] !== genotype![1]

/** Names of both copies, whatever their order and spelling in the label. */
function namesIn({ alleles }: GeneDefinition): (label: string) => string {
  const printed = new Map(alleles.map((each) => [each.printedAs, each.reportedAs]))
  return (label) => {
    for (let at = label.indexOf('/'); at > 0; at = label.indexOf('/', at + 1)) {
      const [a, b] = [printed.get(label.slice(0, at)), printed.get(label.slice(at + 1))]
      if (a !== undefined && b !== undefined) return [a, b].sort().join(' & ')
    }
    return label
  }
}

type Caller = (sample: SampleGenotypes, allMatches: boolean) => GeneCall

/** The gene alone is called: the others have no record in the file. */
const callerOf = (definition: GeneDefinition): Caller => {
  const own = { ...knowledge, genes: [definition] }
  return (sample, allMatches) => callGenes(sample, own, { allMatches, outside: [] })[0]!
}

/** `compared`: with the slow matcher, label by label; `ties`: several pairs explain the sample equally well. */
type Figures = { compared: number; ties: number }

/** With every position read, an allele or pair is called back, alone or among equals that are all listed. */
function checkByScore(
  source: SourceGene,
  definition: GeneDefinition,
  { names, genotypes, phased }: Drawn,
  sample: SampleGenotypes,
  figures: Figures,
): void {
  const call = callerOf(definition)
  const read = namesIn(definition)
  const found = call(sample, true).diplotypes.map(read)
  const wanted = names
    .map((name) => source.suballelesMap[name] ?? name)
    .sort()
    .join(' & ')
  assert.ok(found.includes(wanted), `${source.gene} ${wanted}: ${found.join(', ')}`)
  const top = call(sample, false)
  if (top.diplotypes.length > 1) figures.ties++
  if (!phased && genotypes.filter(isHet).length > mostHets) return
  figures.compared++
  const slow = matchSlowly(source, genotypes, phased)
  assert.deepEqual(sorted(found), sorted(slow.keys()), `${source.gene} ${wanted}`)
  if (top.warnings.some(({ code }) => code === 'taken-by-priority')) return
  const best = Math.max(...slow.values())
  assert.deepEqual(
    sorted(top.diplotypes.map(read)),
    sorted([...slow].flatMap(([label, score]) => (score === best ? [label] : []))),
  )
}

/**
 * Each copy one variant: a pair where the phase is known or does not matter, as it does not where at most one position is
 * heterozygous; the two one by one where it is open.
 */
function checkByVariants(
  { gene }: SourceGene,
  definition: GeneDefinition,
  { names, genotypes, phased }: Drawn,
  sample: SampleGenotypes,
): void {
  const { diplotypes } = callerOf(definition)(sample, false)
  const [a, b] = names
  const text = JSON.stringify([gene, names, diplotypes])
  const isOpen = !phased && genotypes.filter(isHet).length > 1
  if (diplotypes.length === 1) {
    assert.ok([`${a}/${b}`, `${b}/${a}`].includes(diplotypes[0]!), text)
    assert.ok(!isOpen || names.includes('Reference'), text)
  } else {
    assert.ok(isOpen, text)
    assert.deepEqual(sorted(diplotypes), sorted(names), text)
  }
}

describe('every named allele, written by a generator of its own', () => {
  for (const definition of knowledge.genes) {
    const { gene, byVariants } = definition
    test(`${gene}: homozygous, and ${pairs} random pairs, phased and unphased`, { skip }, (t) => {
      const source = readSource(gene)
      const random = randomFrom(gene.length)
      const count = source.namedAlleles.length
      const chosen = [
        ...source.namedAlleles.map((_, i) => [i, i] as const),
        ...Array.from({ length: pairs }, () => [random(count), random(count)] as const),
      ]
      const drawn = chosen.flatMap(([a, b]) => drawPair(source, a, b, random))
      const figures: Figures = { compared: 0, ties: 0 }
      for (const [i, sample] of scanText(writeManyVcf(source, drawn)).entries()) {
        if (byVariants) checkByVariants(source, definition, drawn[i]!, sample)
        else checkByScore(source, definition, drawn[i]!, sample, figures)
      }
      const samples = drawn.length
      t.diagnostic(JSON.stringify({ gene, alleles: count, samples, ...(byVariants ? {} : figures) }))
    })
  }
})
