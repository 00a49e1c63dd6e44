import type { GeneDefinition, GenomeKnowledge, NamedAllele, Phenotype } from './definition.ts'
import type { Finding } from './geneCall.ts'
import { type GenomeWarning, isHalfCall, isHeterozygous } from './genotype.ts'
import { describeHapB3, type HapB3, hapB3ByCount, hapB3OnStrand, isHapB3Site, readHapB3 } from './hapB3.ts'
import { phaseBlocks, type Site } from './match.ts'
import { compareNames, diplotypeLabel, strandsLabel } from './names.ts'
import { phenotypeOf, summarise } from './phenotype.ts'

/** Of an allele that the table of phenotypes, perhaps older than the definitions, does not have. */
const unassigned = 'not assigned'

/** More phase sets than this are not arranged in every way but listed like unphased variants. */
const mostFreeBlocks = 8

/**
 * Copies of DPYD and RYR1 carry any number of variants, and the phenotype rests on the lowest function of each copy (CPIC).
 * With known phase: the variants of each copy. Without: every variant found, and the two of lowest function.
 */
export function callVariants(
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  sites: readonly Site[],
): Finding {
  const hapB3 = readHapB3(definition, sites)
  const frame = { knowledge, definition, sites, hapB3 }
  const free = phaseBlocks(sites).filter((block) => block.some((i) => isHeterozygous(sites[i]!.genotype)))
  const phased = sites.every(({ genotype }) => !isHeterozygous(genotype) || genotype.phaseSet !== null)
  const arranged = free.length <= 1 || (phased && free.length <= mostFreeBlocks)
  const found = sites.some(({ genotype }) => isHalfCall(genotype))
    ? listUnresolved(frame)
    : arranged
      ? callStrands(frame, free)
      : listVariants(frame)
  return {
    ...found,
    warnings: [...found.warnings, ...describeUnknown(frame, found), ...describeHapB3(hapB3)],
  }
}

type Frame = {
  readonly knowledge: GenomeKnowledge
  readonly definition: GeneDefinition
  readonly sites: readonly Site[]
  readonly hapB3: HapB3
}

/** Each way of joining the phase sets gives two copies; all are reported, the one of lowest function is looked up. */
function callStrands(frame: Frame, free: readonly (readonly number[])[]): Finding {
  const found = new Map<string, { readonly lookup: readonly [string, string]; readonly score: number }>()
  for (let order = 0; order < 2 ** Math.max(0, free.length - 1); order++) {
    const crossed = new Set(free.flatMap((block, i) => ((order >> i) & 1 ? block : [])))
    const first = variantsOnStrand(frame, (i) => (crossed.has(i) ? 1 : 0))
    const second = variantsOnStrand(frame, (i) => (crossed.has(i) ? 0 : 1))
    const lookup = [lowest(frame, first), lowest(frame, second)] as const
    const score = lookup.reduce((sum, name) => sum + rankOf(frame, name), 0)
    found.set(strandsLabel(first, second), { lookup, score })
  }
  const labels = [...found.keys()].sort(compareNames)
  const ranked = labels.map((label) => found.get(label)!).sort((a, b) => a.score - b.score)
  const phenotypes = new Set(ranked.map(({ lookup }) => phenotypeIn(frame, lookup)?.phenotype))
  return {
    status: phenotypes.size > 1 ? 'ambiguous' : 'called',
    diplotypes: labels,
    ...lookUp(frame, ranked[0]!.lookup),
    warnings: severalWarning(labels),
  }
}

const severalWarning = (labels: readonly string[]): GenomeWarning[] =>
  labels.length > 1
    ? [{ code: 'several-explanations', message: `phase sets can be joined in ${labels.length} ways` }]
    : []

function variantsOnStrand(frame: Frame, strandOf: (site: number) => 0 | 1): string[] {
  const { sites, hapB3 } = frame
  const baseOf = (site: Site | undefined) =>
    site === undefined ? undefined : site.genotype.alleles[strandOf(sites.indexOf(site))]
  const names = sites.flatMap((site, i) =>
    isHapB3Site(site) ? [] : namesOf(frame, site, site.genotype.alleles[strandOf(i)]),
  )
  names.push(...hapB3OnStrand(hapB3, baseOf(hapB3.intron), baseOf(hapB3.exon)))
  return names.length > 0 ? names.sort(compareNames) : [frame.definition.alleles[0]!.name]
}

/** The named variant of a base; the reference, an open half and a base that no definition knows have none. */
function namesOf({ definition }: Frame, { position }: Site, base: string | null | undefined): string[] {
  if (base === position.ref || base === null || base === undefined) return []
  return (variantsAt(definition).get(position.key) ?? [])
    .filter(({ accepts }) => accepts.get(position.key)!.includes(base))
    .map(({ name }) => name)
}

const found = new WeakMap<GeneDefinition, ReadonlyMap<string, readonly NamedAllele[]>>()

/** The variants that are defined at each position: found once, as the definition never changes. */
function variantsAt(definition: GeneDefinition): ReadonlyMap<string, readonly NamedAllele[]> {
  const known = found.get(definition)
  if (known !== undefined) return known
  const variants = new Map<string, NamedAllele[]>()
  for (const allele of definition.alleles.filter(({ reference }) => !reference))
    for (const key of allele.accepts.keys()) variants.set(key, [...(variants.get(key) ?? []), allele])
  found.set(definition, variants)
  return variants
}

function listVariants(frame: Frame): Finding {
  const found = variantsFound(frame)
  const reference = frame.definition.alleles[0]!.name
  const names = new Set(found.ordinary).size + found.hapB3.length
  const listed = [...found.ordinary, ...found.hapB3]
  if (names < 2 && someStrandIsReference(frame)) listed.unshift(reference)
  const [a, b] = [...listed].sort((x, y) => rankOf(frame, x) - rankOf(frame, y) || compareNames(x, y))
  const looked =
    a === undefined || b === undefined
      ? { lookupDiplotypes: [], phenotypes: [], activityScore: null }
      : lookUp(frame, [a, b])
  return {
    status: looked.lookupDiplotypes.length > 0 ? 'called' : 'ambiguous',
    diplotypes: listed.sort(compareNames),
    ...looked,
    warnings: [],
  }
}

/** With half of a call open, the other copy could carry anything: what was found is listed and nothing is looked up. */
function listUnresolved(frame: Frame): Finding {
  const { ordinary, hapB3 } = variantsFound(frame)
  return {
    status: 'ambiguous',
    diplotypes: [...ordinary, ...hapB3].sort(compareNames),
    lookupDiplotypes: [],
    phenotypes: [],
    activityScore: null,
    warnings: [],
  }
}

function variantsFound(frame: Frame): {
  readonly ordinary: readonly string[]
  readonly hapB3: readonly string[]
} {
  const ordinary = frame.sites.flatMap((site) =>
    isHapB3Site(site) ? [] : site.genotype.alleles.flatMap((base) => namesOf(frame, site, base)),
  )
  return { ordinary, hapB3: hapB3ByCount(frame.hapB3) }
}

function someStrandIsReference({ sites }: Frame): boolean {
  const isReference = (i: number, strand: 0 | 1) => {
    const site = sites[i]!
    return isHapB3Site(site) || site.genotype.alleles[strand] === site.position.ref
  }
  return phaseBlocks(sites).every(
    (block) => block.every((i) => isReference(i, 0)) || block.every((i) => isReference(i, 1)),
  )
}

/** Functions of genes without activity values, the one that decides first. */
const severity = ['Malignant Hyperthermia associated', unassigned, 'Uncertain function', 'Normal function']

/** The lower, the more the allele decides. One that the table does not know may be as bad as any but the worst. */
function rankOf({ knowledge, definition }: Frame, name: string): number {
  const found = knowledge.phenotypes.get(definition.gene)?.functions.get(name)
  return found?.value ?? severity.indexOf(found?.function ?? unassigned)
}

function lowest(frame: Frame, names: readonly string[]): string {
  return [...names].sort((a, b) => rankOf(frame, a) - rankOf(frame, b) || compareNames(a, b))[0]!
}

function phenotypeIn({ knowledge, definition }: Frame, names: readonly [string, string]) {
  const found = phenotypeOf(knowledge, definition.gene, names)
  if (found !== undefined) return found
  return names.map((name) => decidedBy(knowledge, definition.gene, name)).find((each) => each !== undefined)
}

/** What one allele decides whatever the other is: every pair with its function has the same phenotype. */
function decidedBy(knowledge: GenomeKnowledge, gene: string, name: string): Phenotype | undefined {
  const table = knowledge.phenotypes.get(gene)
  const key = table?.functions.get(name)?.key
  const all = [...(table?.pairs ?? [])].flatMap(([keys, each]) =>
    key !== undefined && keys.split(' + ').includes(key) ? [each] : [],
  )
  return new Set(all.map(({ phenotype }) => phenotype)).size === 1 ? all[0] : undefined
}

const lookUp = (frame: Frame, names: readonly [string, string]) => ({
  lookupDiplotypes: [diplotypeLabel(...names)],
  ...summarise([phenotypeIn(frame, names)]),
})

function describeUnknown(frame: Frame, { lookupDiplotypes, phenotypes }: Finding): GenomeWarning[] {
  if (phenotypes.length > 0 || lookupDiplotypes.length === 0) return []
  const message = `no assigned phenotype in ${frame.definition.gene}: ${lookupDiplotypes.join(', ')}`
  return [{ code: 'function-unknown', message }]
}
