import type { GeneDefinition, GenomeKnowledge, Position } from './definition.ts'
import { type GenomeWarning, type Genotype, isHalfCall, type SampleGenotypes } from './genotype.ts'
import { callableAlleles, type Site } from './match.ts'
import { compareNames } from './names.ts'

export type GeneSites = {
  readonly sites: readonly Site[]
  readonly missing: readonly string[]
  /** Those of the missing where the file shows a variant that cannot be read: more than a mere gap. */
  readonly disturbed: ReadonlySet<string>
  readonly warnings: readonly GenomeWarning[]
}

/** The sample's genotypes at a gene's positions, as the gene's rule wants them read, with every remark on them. */
export function readSites(definition: GeneDefinition, sample: SampleGenotypes): GeneSites {
  const warnings: GenomeWarning[] = []
  const sites: Site[] = []
  const missing: string[] = []
  for (const position of definition.positions) {
    warnings.push(...(sample.warnings.get(position.key) ?? []))
    const genotype = sample.genotypes.get(position.key)
    if (genotype === undefined) missing.push(position.key)
    else sites.push({ position, genotype: readGenotype(definition, position, genotype, warnings) })
  }
  warnings.push(...describeAssumed(sites))
  const isDisturbed = (key: string) =>
    (sample.warnings.get(key) ?? []).some(({ code }) => disturbing.has(code))
  return { sites, missing, disturbed: new Set(missing.filter(isDisturbed)), warnings }
}

function describeAssumed(sites: readonly Site[]): GenomeWarning[] {
  const count = sites.filter(({ genotype }) => genotype.assumed).length
  if (count === 0) return []
  const message = `${count} positions that no record speaks of are read as the reference, as was asked for`
  return [{ code: 'absent-as-reference', message }]
}

const disturbing: ReadonlySet<GenomeWarning['code']> = new Set([
  'conflicting-records',
  'overlapping-variant',
  'variant-not-used',
])

function readGenotype(
  { undocumentedIsReference }: GeneDefinition,
  position: Position,
  genotype: Genotype,
  warnings: GenomeWarning[],
): Genotype {
  const known = [position.ref, ...position.alts, null]
  const strange = genotype.alleles.filter((allele) => !known.includes(allele))
  if (isHalfCall(genotype)) {
    const message = `${position.key}: only one of the two copies is called`
    warnings.push({ code: 'half-call', message })
  }
  if (strange.length === 0) return genotype
  const found = [...new Set(strange)].join(', ')
  const message = `${position.key}: ${found} is in no definition of this gene`
  if (!undocumentedIsReference) {
    warnings.push({ code: 'undocumented-variant', message })
    return genotype
  }
  warnings.push({ code: 'undocumented-as-reference', message: `${message}; read as ${position.ref}` })
  const read = (allele: string | null) => (known.includes(allele) ? allele : position.ref)
  return { ...genotype, alleles: [read(genotype.alleles[0]), read(genotype.alleles[1])] }
}

/** What the gaps mean: how many, which alleles can no longer be seen, and whether a position of tier 1 is among them. */
export function describeGaps(
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  { sites, missing }: GeneSites,
): GenomeWarning[] {
  if (missing.length === 0) return []
  const total = definition.positions.length
  const warnings: GenomeWarning[] = [
    { code: 'missing-positions', message: `${missing.length} of ${total} positions have no usable genotype` },
  ]
  const unseen = undetectable(knowledge, definition, sites)
  if (unseen.length > 0) {
    const message = `cannot be detected or excluded: ${unseen.join('; ')}`
    warnings.push({ code: 'allele-undetectable', message })
  }
  const tier1 = missing.filter((key) => definition.tier1.has(key))
  if (tier1.length > 0) {
    const message = `positions that every test of ${definition.gene} should cover are missing: ${tier1.join(', ')}`
    warnings.push({ code: 'tier1-missing', message })
  }
  return warnings
}

/** Names of alleles that lost every position, without those that function normally. */
function undetectable(
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  sites: readonly Site[],
): string[] {
  const functions = knowledge.phenotypes.get(definition.gene)?.functions
  const callable = new Set(callableAlleles(definition, sites))
  return definition.alleles
    .filter(
      (allele) => !callable.has(allele) && functions?.get(allele.reportedAs)?.function !== 'Normal function',
    )
    .map(({ reportedAs }) => reportedAs)
    .sort(compareNames)
}
