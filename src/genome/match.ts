import type { GeneDefinition, NamedAllele, Position } from './definition.ts'
import type { Genotype } from './genotype.ts'
import { compareNames, diplotypeLabel } from './names.ts'

/** A position that the sample has a genotype at. */
export type Site = { readonly position: Position; readonly genotype: Genotype }

export type DiplotypeMatch = {
  /** As reported, `*1/*2`. */
  readonly label: string
  readonly names: readonly [string, string]
  readonly score: number
}

/**
 * Every pair of named alleles that explains the genotypes, best score first. An allele explains a copy when it accepts
 * the copy's base at every site; it scores one for each site that it defines, but an ambiguous (IUPAC) site counts only
 * where the copy differs from the reference. Unphased sites are never multiplied out: a pair is tried at each phase set
 * in both orders, which is the same as trying every arrangement, because phase sets do not depend on each other.
 */
export function matchDiplotypes(definition: GeneDefinition, sites: readonly Site[]): DiplotypeMatch[] {
  const candidates = callableAlleles(definition, sites).flatMap((allele) => readAllele(allele, sites) ?? [])
  const blocks = phaseBlocks(sites)
  const best = new Map<string, DiplotypeMatch>()
  for (const [i, a] of candidates.entries()) {
    for (let j = i; j < candidates.length; j++) {
      const b = candidates[j]!
      const score = scorePair(a, b, blocks)
      if (score !== undefined) keepBest(best, a.allele, b.allele, score)
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score || compareNames(a.label, b.label))
}

/** Alleles that at least one site can tell; without any site that it defines, an allele can be neither seen nor excluded. */
export function callableAlleles(definition: GeneDefinition, sites: readonly Site[]): readonly NamedAllele[] {
  return definition.alleles.filter(({ accepts }) => sites.some(({ position }) => accepts.has(position.key)))
}

/** Indexes of sites whose copies are in a known order among themselves; sites of one base on both copies need none. */
export function phaseBlocks(sites: readonly Site[]): number[][] {
  const blocks = new Map<string, number[]>()
  for (const [i, { genotype }] of sites.entries()) {
    const { alleles, phaseSet } = genotype
    const key = alleles[0] === alleles[1] ? 'same' : phaseSet === null ? `alone ${i}` : `set ${phaseSet}`
    const block = blocks.get(key)
    if (block === undefined) blocks.set(key, [i])
    else block.push(i)
  }
  return [...blocks.values()]
}

/** By site, for each of its two bases: -1 where the allele does not explain it, else what it scores there. */
type Candidate = { readonly allele: NamedAllele; readonly first: Int8Array; readonly second: Int8Array }

/** Undefined when some site has no base that the allele explains. */
function readAllele(allele: NamedAllele, sites: readonly Site[]): Candidate | undefined {
  const first = new Int8Array(sites.length)
  const second = new Int8Array(sites.length)
  for (let i = 0; i < sites.length; i++) {
    const { position, genotype } = sites[i]!
    const defined = allele.accepts.get(position.key)
    const [a, b] = genotype.alleles
    first[i] = scoreAt(position, defined, a)
    second[i] = a === b ? first[i]! : scoreAt(position, defined, b)
    if (first[i]! < 0 && second[i]! < 0) return undefined
  }
  return { allele, first, second }
}

/** An open half is explained by nothing, not even by an allele that leaves the position to the reference. */
function scoreAt({ ref }: Position, defined: readonly string[] | undefined, base: string | null): number {
  if (defined === undefined) return base === ref ? 0 : -1
  if (base === null || !defined.includes(base)) return -1
  return defined.length > 1 && base === ref ? 0 : 1
}

/** Score of the best arrangement in which `a` explains one copy and `b` the other; undefined when there is none. */
function scorePair(a: Candidate, b: Candidate, blocks: readonly (readonly number[])[]): number | undefined {
  let score = 0
  for (const block of blocks) {
    const straight = scoreBlock(a, b, block)
    const crossed = scoreBlock(b, a, block)
    if (straight === undefined && crossed === undefined) return undefined
    score += Math.max(straight ?? -1, crossed ?? -1)
  }
  return score
}

function scoreBlock(first: Candidate, second: Candidate, block: readonly number[]): number | undefined {
  let score = 0
  for (const i of block) {
    const one = first.first[i]!
    const two = second.second[i]!
    if (one < 0 || two < 0) return undefined
    score += one + two
  }
  return score
}

function keepBest(best: Map<string, DiplotypeMatch>, a: NamedAllele, b: NamedAllele, score: number): void {
  const names = [a.reportedAs, b.reportedAs] as const
  const label = diplotypeLabel(a.printedAs, b.printedAs)
  const known = best.get(label)
  if (known === undefined || known.score < score) best.set(label, { label, names, score })
}
