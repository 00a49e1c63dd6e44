import { isSubstitution, type Position } from './definition.ts'
import type { GenomeWarning, Genotype } from './genotype.ts'

/** What one record says of one position for one sample. */
export type Observation =
  | Reading
  /** Both copies carry the reference on these bases, which are only a part of the position's. */
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  /** A variant takes the position away, or what is there cannot be told. */
  | { readonly kind: 'spoiled' }
  /** Said, but not to be relied on. */
  | { readonly kind: 'unused' }

export type Reading = {
  readonly kind: 'specific' | 'plain'
  readonly genotype: Genotype
  /** Alternatives that the record can tell; of any other its `0` says only that it is not one of these. */
  readonly alts: readonly string[]
  readonly record: RecordName
}

/** `name` tells records with different alleles apart; `where` is `file:line`. */
export type RecordName = { readonly name: string; readonly where: string }

/** What records said of one position for one sample; several may, and their order must not matter. */
export type Notes = {
  readonly observations: readonly Observation[]
  readonly warnings: Map<string, GenomeWarning>
}

/** One genotype from all observations, or none: then the position is missing and a warning says why. */
export function settle(position: Position, notes: Notes): Genotype | undefined {
  const { key } = position
  const has = (kind: Observation['kind']) => notes.observations.some((each) => each.kind === kind)
  if (has('spoiled')) {
    warn(notes, 'overlapping-variant', `${key}: a variant that no definition knows takes the position away`)
    return undefined
  }
  if (has('unused')) return undefined
  const all = withoutPlain(notes.observations.flatMap((each) => ('genotype' in each ? [each] : [])))
  if (all.length === 0) return joinParts(position, notes.observations)
  const joined = joinReadings(position, all)
  if (joined === undefined) {
    warn(notes, 'conflicting-records', `${key}: records contradict each other (${placesOf(all)})`)
    return undefined
  }
  for (const same of repeated(all))
    warn(notes, 'duplicate-records', `${key}: the file says the same more than once (${placesOf(same)})`)
  return joined
}

const warn = (notes: Notes, code: GenomeWarning['code'], message: string): void =>
  void notes.warnings.set(message, { code, message })

/** The first few lines, in their order in the file. */
function placesOf(readings: readonly Reading[]): string {
  const places = readings.map(({ record }) => record.where)
  const sorted = [...new Set(places)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return `${sorted.slice(0, 3).join(', ')}${sorted.length > 3 ? ', …' : ''}`
}

/** Beside a record that knows the alternatives, a plain homozygous one adds nothing if its base is among those found. */
function withoutPlain(readings: readonly Reading[]): readonly Reading[] {
  const specific = readings.filter(({ kind }) => kind === 'specific')
  const adds = ({ kind, genotype: { alleles } }: Reading) =>
    kind === 'specific' ||
    specific.length === 0 ||
    alleles[0] !== alleles[1] ||
    !specific.some((each) => each.genotype.alleles.includes(alleles[0]))
  return readings.filter(adds)
}

function repeated(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const groups = new Map<string, Reading[]>()
  for (const reading of readings) {
    const { name } = reading.record
    groups.set(name, [...(groups.get(name) ?? []), reading])
  }
  return [...groups.values()].filter(({ length }) => length > 1)
}

/**
 * Records that name the same alternatives must agree. Records that name different ones are one site with several
 * alternatives, split up (`bcftools norm -m-`: `1/2` becomes `1/0` and `0/1`; vt writes `1/.` and `./1`): their `0` means
 * "none of mine", so what each copy carries is found by putting them together.
 */
function joinReadings({ ref }: Position, all: readonly Reading[]): Genotype | undefined {
  const first = all[0]!.genotype
  if (all.every(({ genotype }) => sameAlleles(first, genotype))) return agreeOnPhase(all)
  return isSplit(all) ? joinSplit(ref, all) : undefined
}

const sorted = ({ alleles }: Genotype): string =>
  alleles
    .map((allele) => allele ?? '.')
    .sort()
    .join(' ')
const sameAlleles = (a: Genotype, b: Genotype): boolean => sorted(a) === sorted(b)

/** Phase is kept only where every record gives the same order in the same phase set. */
function agreeOnPhase(all: readonly Reading[]): Genotype {
  const first = all[0]!.genotype
  const same = all.every(
    ({ genotype: { alleles, phaseSet } }) => phaseSet === first.phaseSet && alleles[0] === first.alleles[0],
  )
  return same ? first : { ...first, phaseSet: null }
}

/** Each names alternatives, none the same as another, and all speak of as many copies. */
function isSplit(all: readonly Reading[]): boolean {
  const named = all.flatMap(({ alts }) => alts)
  const isHaploid = all[0]!.genotype.haploid
  return (
    new Set(named).size === named.length &&
    all.every(({ alts, genotype }) => alts.length > 0 && genotype.haploid === isHaploid)
  )
}

function joinSplit(ref: string, all: readonly Reading[]): Genotype | undefined {
  const isAlternative = (allele: string | null) => allele !== null && allele !== ref
  const carrying = all.filter(({ genotype }) => genotype.alleles.some(isAlternative))
  const [one, other, ...more] = carrying.map(({ genotype }) => genotype)
  if (one === undefined || more.length > 0) return undefined
  if (other === undefined) return one
  const [a, ...others] = one.alleles.filter(isAlternative)
  const [b, ...beyond] = other.alleles.filter(isAlternative)
  if (others.length > 0 || beyond.length > 0) return undefined
  if (one.phaseSet === null || one.phaseSet !== other.phaseSet) return { alleles: [a!, b!], phaseSet: null }
  const [at, bt] = [one.alleles.indexOf(a!), other.alleles.indexOf(b!)]
  if (at === bt) return undefined
  return { alleles: at === 0 ? [a!, b!] : [b!, a!], phaseSet: one.phaseSet }
}

/**
 * Blocks or single bases, each the reference on both copies, that together cover an insertion's or deletion's place: the
 * bases of its REF, and at least the one behind the anchor.
 */
function joinParts(position: Position, observations: readonly Observation[]): Genotype | undefined {
  if (isSubstitution(position)) return undefined
  const parts = observations
    .flatMap((each) => (each.kind === 'part' ? [each] : []))
    .sort((a, b) => a.from - b.from)
  const last = position.pos + Math.max(position.ref.length - 1, 1)
  let next = position.pos
  for (const { from, to } of parts) if (from <= next) next = Math.max(next, to + 1)
  return next > last ? { alleles: [position.ref, position.ref], phaseSet: null } : undefined
}
