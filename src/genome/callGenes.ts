import { callDiplotype } from './callDiplotype.ts'
import { callDpyd } from './callDpyd.ts'
import type { GeneDefinition, GenomeKnowledge } from './definition.ts'
import { type Finding, type GeneCall, notCalled } from './geneCall.ts'
import type { GenomeWarning, SampleGenotypes } from './genotype.ts'
import { joinOutsideCalls, type OutsideCall } from './outside.ts'
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
  return joinOutsideCalls(knowledge, called, outside)
}

function callGene(
  sample: SampleGenotypes,
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  allMatches: boolean,
): GeneCall {
  const read = readSites(definition, sample)
  const found = findIn(knowledge, definition, read, allMatches)
  const gaps = describeGaps(knowledge, definition, read)
  const extra = readExtra(definition, sample)
  return {
    gene: definition.gene,
    ...found,
    status: found.status === 'called' && lacksTier1(definition, read) ? 'ambiguous' : found.status,
    missing: read.missing,
    warnings: [...found.warnings, ...gaps, ...read.warnings, ...extra.map(describeExtra)],
    extra,
  }
}

function findIn(
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  { sites, missing }: GeneSites,
  allMatches: boolean,
): Finding {
  if (sites.length === 0) return notCalled([])
  const required = missing.filter((key) => definition.required.has(key))
  if (required.length > 0) {
    const message = `not called without ${required.join(', ')}`
    return notCalled([{ code: 'missing-positions', message }])
  }
  return definition.gene === 'DPYD'
    ? callDpyd(knowledge, definition, sites)
    : callDiplotype(knowledge, definition, sites, allMatches)
}

/** HapB3's exonic position only stands in for the intronic one, so with that one read it is no gap. */
function lacksTier1(definition: GeneDefinition, { missing, sites }: GeneSites): boolean {
  const standsIn = new Map([['rs56038477', 'rs75017182']])
  return missing.some((key) => {
    if (!definition.tier1.has(key)) return false
    const rsid = definition.positions.find((position) => position.key === key)?.rsid
    const better = standsIn.get(rsid ?? '')
    return better === undefined || !sites.some(({ position }) => position.rsid === better)
  })
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
