import type { FindingDefinition, FindingKind, Position } from './definition.ts'
import type { Genotype, SampleGenotypes } from './genotype.ts'

/**
 * `found`: on one copy at least. `not-found`: both copies were read and neither has it, which excludes nothing else.
 * `not-tested`: a position was not read. `unclear`: half a call, a base that nobody has described, or two positions of which
 * the file does not say whether they lie on the same copy. `not-asked`: nobody asked for findings of its kind, so nothing is told.
 */
export type GenomeFinding = {
  readonly gene: string
  readonly name: string
  readonly kind: FindingKind
  readonly function: string | null
  readonly status: 'found' | 'not-found' | 'not-tested' | 'unclear' | 'not-asked'
  /** Copies that have it; null when that is not known or not told. */
  readonly copies: 0 | 1 | 2 | null
  /** `bases`: what was read, `A/G`; null when nothing was, or is told. */
  readonly positions: readonly {
    readonly rsid: string | null
    readonly position: string
    readonly bases: string | null
  }[]
}

/** Every finding of the knowledge in its order, whether it was found or not. Pure and total. */
export const findChanges = (
  sample: SampleGenotypes,
  definitions: readonly FindingDefinition[],
  asked: readonly FindingKind[],
): GenomeFinding[] => definitions.map((definition) => findChange(sample, definition, asked))

function findChange(
  { genotypes }: SampleGenotypes,
  definition: FindingDefinition,
  asked: readonly FindingKind[],
): GenomeFinding {
  const { gene, name, kind, function: known, at } = definition
  const isAsked = asked.includes(kind)
  const read = at.map(({ position: { key } }) => (isAsked ? genotypes.get(key) : undefined))
  const positions = at.map(({ position: { rsid, key } }, i) => ({
    rsid,
    position: key,
    bases: spell(read[i]),
  }))
  const outcome = isAsked ? judge(definition, read) : ({ status: 'not-asked', copies: null } as const)
  return { gene, name, kind, function: known, ...outcome, positions }
}

function judge(
  { at }: FindingDefinition,
  read: readonly (Genotype | undefined)[],
): Pick<GenomeFinding, 'status' | 'copies'> {
  const known = read.filter((genotype) => genotype !== undefined)
  if (known.length < at.length) return { status: 'not-tested', copies: null }
  const isClear = known.every(({ alleles }, i) =>
    alleles.every((allele) => isDescribed(at[i]!.position, allele)),
  )
  const counts = isClear
    ? countCopies(
        known,
        at.map(({ base }) => base),
      )
    : []
  const [copies] = counts
  if (copies === undefined || counts.length > 1) return { status: 'unclear', copies: null }
  return { status: copies === 0 ? 'not-found' : 'found', copies }
}

const isDescribed = ({ ref, alts }: Position, allele: string | null): boolean =>
  allele === ref || (allele !== null && alts.includes(allele))

/** On how many copies all bases lie, in every arrangement that the genotypes allow; each number once. */
function countCopies(genotypes: readonly Genotype[], bases: readonly string[]): readonly (0 | 1 | 2)[] {
  const open = genotypes.filter(({ alleles: [a, b] }) => a !== b)
  const isOrdered =
    open.length < 2 ||
    (open[0]!.phaseSet !== null && open.every(({ phaseSet }) => phaseSet === open[0]!.phaseSet))
  // The first open position decides which copy is which; each further one may lie either way.
  const turnable = isOrdered ? [] : open.slice(1)
  const counts = Array.from({ length: 2 ** turnable.length }, (_, way) => {
    const isTurned = (genotype: Genotype) =>
      ((way >> turnable.indexOf(genotype)) & 1) === 1 && turnable.includes(genotype)
    const carries = (copy: 0 | 1) =>
      genotypes.every((genotype, i) => genotype.alleles[isTurned(genotype) ? 1 - copy : copy] === bases[i])
    return (Number(carries(0)) + Number(carries(1))) as 0 | 1 | 2
  })
  return [...new Set(counts)]
}

const spell = (genotype: Genotype | undefined): string | null =>
  genotype === undefined
    ? null
    : genotype.alleles
        .map((base) => base ?? '.')
        .sort()
        .join('/')
