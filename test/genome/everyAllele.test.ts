import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callText, skip } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { matchSlowly } from './slowMatcher.ts'
import { randomFrom, readSource, type SourceGene, type SourceGenotype, strandOf, writeVcf } from './source.ts'

/** `HABEAS_PAIRS=2000` draws as many pairs of each gene. */
const pairs = Number(process.env['HABEAS_PAIRS'] ?? 60)

type Drawn = { readonly names: readonly [string, string]; readonly genotypes: readonly SourceGenotype[] }

function drawPair(source: SourceGene, a: number, b: number, random: (below: number) => number): Drawn {
  const [first, second] = [source.namedAlleles[a]!, source.namedAlleles[b]!]
  const strands = [strandOf(source, first, random), strandOf(source, second, random)] as const
  const genotypes = source.variants.map((_, i) => [strands[0][i]!, strands[1][i]!] as const)
  return { names: [first.name, second.name], genotypes }
}

const sorted = (labels: Iterable<string>): string[] => [...labels].toSorted()

/** Names of both copies, whatever their order and spelling in the label. */
function namesIn(gene: string, label: string): string {
  const printed = new Map(
    knowledge.genes
      .find((each) => each.gene === gene)!
      .alleles.map((each) => [each.printedAs, each.reportedAs]),
  )
  for (let at = label.indexOf('/'); at > 0; at = label.indexOf('/', at + 1)) {
    const [a, b] = [printed.get(label.slice(0, at)), printed.get(label.slice(at + 1))]
    if (a !== undefined && b !== undefined) return [a, b].sort().join(' & ')
  }
  return label
}

/** With every position read, an allele or pair is called back, alone or among equals that are all listed. */
function checkByScore(source: SourceGene, { names, genotypes }: Drawn, phased: boolean): void {
  const call = callText(writeVcf(source, genotypes, phased), source.gene, true)
  const found = call.diplotypes.map((label) => namesIn(source.gene, label))
  const wanted = names
    .map((name) => source.suballelesMap[name] ?? name)
    .sort()
    .join(' & ')
  assert.ok(found.includes(wanted), `${source.gene} ${wanted}: ${found.join(', ')}`)
  const hets = genotypes.filter((each) => each![0] !== each![1]).length
  if (!phased && hets > 10) return
  const slow = matchSlowly(source, genotypes, phased)
  assert.deepEqual(sorted(found), sorted(slow.keys()), `${source.gene} ${wanted}`)
  const best = Math.max(...slow.values())
  const top = callText(writeVcf(source, genotypes, phased), source.gene)
  if (top.warnings.some(({ code }) => code === 'taken-by-priority')) return
  assert.deepEqual(
    sorted(top.diplotypes.map((label) => namesIn(source.gene, label))),
    sorted([...slow].flatMap(([label, score]) => (score === best ? [label] : []))),
  )
}

/** Each copy one variant: a pair where the phase is known or does not matter, the two one by one where it is open. */
function checkByVariants(source: SourceGene, { names, genotypes }: Drawn, phased: boolean): void {
  const { diplotypes } = callText(writeVcf(source, genotypes, phased), source.gene)
  const [a, b] = names
  const isOpen = !phased && a !== b && names.every((name) => name !== 'Reference')
  const text = JSON.stringify([source.gene, names, diplotypes])
  if (isOpen || (diplotypes.length === 2 && !phased))
    assert.deepEqual(sorted(diplotypes), sorted(names), text)
  else assert.ok(diplotypes.length === 1 && [`${a}/${b}`, `${b}/${a}`].includes(diplotypes[0]!), text)
}

describe('every named allele, written by a generator of its own', () => {
  for (const { gene, byVariants } of knowledge.genes) {
    test(`${gene}: homozygous, and ${pairs} random pairs, phased and unphased`, { skip }, () => {
      const source = readSource(gene)
      const random = randomFrom(gene.length)
      const check = byVariants ? checkByVariants : checkByScore
      const count = source.namedAlleles.length
      const chosen = [
        ...source.namedAlleles.map((_, i) => [i, i] as const),
        ...Array.from({ length: pairs }, () => [random(count), random(count)] as const),
      ]
      for (const [a, b] of chosen) {
        const drawn = drawPair(source, a, b, random)
        check(source, drawn, true)
        check(source, drawn, false)
      }
    })
  }
})
