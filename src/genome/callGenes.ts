import { callDiplotype } from './callDiplotype.ts'
import { callHaploid, isHaploid } from './callHaploid.ts'
import { callVariants } from './callVariants.ts'
import { hangsOnGaps } from './certainty.ts'
import type { GeneDefinition, GenomeKnowledge } from './definition.ts'
import { type Finding, type GeneCall, notCalled } from './geneCall.ts'
import type { GenomeWarning, SampleGenotypes } from './genotype.ts'
import type { Site } from './match.ts'
import { joinOutsideCalls, type OutsideCall } from './outside.ts'
import { describeAge } from './phenotype.ts'
import { describeGaps, type GeneSites, readSites } from './sites.ts'

export type CallOptions = {
  /** Every explanation in score order instead of the best. */
  readonly allMatches: boolean
  /** Results of other laboratories; they replace what the genome says of a gene. */
  readonly outside: readonly OutsideCall[]
}

/** Every gene of the knowledge in its order, then the genes that only outside calls name. Pure and total. */
export function callGenes(
  sample: SampleGenotypes,
  knowledge: GenomeKnowledge,
  { allMatches, outside }: CallOptions,
): GeneCall[] {
  const called = knowledge.genes.map((definition) => callGene(sample, knowledge, definition, allMatches))
  const joined = joinOutsideCalls(knowledge, called, outside)
  const given = new Set(joined.map(({ gene }) => gene))
  return [
    ...joined,
    ...outsideOnly(knowledge)
      .filter((gene) => !given.has(gene))
      .map(notFromFile),
  ]
}

/** Genes with phenotypes or markers that no file of variants is called for. */
const outsideOnly = ({ genes, phenotypes, markers }: GenomeKnowledge): readonly string[] => {
  const defined = new Set(genes.map(({ gene }) => gene))
  return [...phenotypes.keys(), ...markers.keys()].filter((gene) => !defined.has(gene))
}

const notFromFile = (gene: string): GeneCall => ({
  gene,
  ...notCalled([
    { code: 'outside-only', message: `${gene} is known from an outside call only, and none is given` },
  ]),
  missing: [],
  extra: [],
})

function callGene(
  sample: SampleGenotypes,
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  allMatches: boolean,
): GeneCall {
  const read = readSites(definition, sample)
  const find = (sites: readonly Site[]) => findIn(knowledge, definition, sites, allMatches)
  const found = lackRequired(definition, read) ?? find(read.sites)
  const certain = found.status !== 'called' || !hangsOnGaps(definition, read, found, find)
  const gaps = describeGaps(knowledge, definition, read)
  const extra = readExtra(definition, sample)
  return {
    gene: definition.gene,
    ...found,
    status: certain ? found.status : 'ambiguous',
    missing: read.missing,
    warnings: [
      ...found.warnings,
      ...(found.status === 'not-called' ? [] : describeAge(knowledge, definition.gene)),
      ...gaps,
      ...read.warnings,
      ...extra.map(describeExtra),
    ],
    extra,
  }
}

function lackRequired({ required }: GeneDefinition, { missing }: GeneSites): Finding | undefined {
  const lacking = missing.filter((key) => required.has(key))
  if (lacking.length === 0) return undefined
  return notCalled([{ code: 'missing-positions', message: `not called without ${lacking.join(', ')}` }])
}

function findIn(
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  sites: readonly Site[],
  allMatches: boolean,
): Finding {
  if (sites.length === 0) return notCalled([])
  if (definition.byVariants) return callVariants(knowledge, definition, sites)
  return isHaploid(sites)
    ? callHaploid(knowledge, definition, sites, allMatches)
    : callDiplotype(knowledge, definition, sites, allMatches)
}

const readExtra = ({ extra }: GeneDefinition, sample: SampleGenotypes): GeneCall['extra'] =>
  extra.map(({ rsid, key }) => ({
    rsid,
    position: key,
    genotype:
      sample.genotypes
        .get(key)
        ?.alleles.map((base) => base ?? '.')
        .sort()
        .join('/') ?? null,
  }))

const describeExtra = ({ rsid, position, genotype }: GeneCall['extra'][number]): GenomeWarning => ({
  code: 'extra-position',
  message: `${rsid ?? position} is ${genotype ?? 'not known'}`,
})
