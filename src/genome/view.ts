import { alignLeft, type Change, extent, isPlacedElsewhere, sameChange, trim } from './change.ts'
import { isSubstitution, type Position } from './definition.ts'
import { isPlaceholder, isSymbolic, type VcfRecord } from './record.ts'

/**
 * What a record says of one wanted position.
 * `specific`: it knows one of the position's alternative alleles. `plain`: it speaks of the position's own bases.
 * `beside`: it overlaps, but its reference says nothing of the position; only what a sample carries of it can spoil the
 * position.
 */
export type View = {
  readonly level: 'specific' | 'plain' | 'beside'
  /** By allele index, in the definition's spelling; null when the copy's base at the position cannot be told. */
  readonly alleles: readonly (string | null)[]
  /** Allele indexes that change the position in a way that no definition knows. */
  readonly foreign: ReadonlySet<number>
  /** Allele indexes that are alternative alleles of the position. */
  readonly documented: ReadonlySet<number>
  /** REF contradicts the definition; such a record says nothing that could be relied on. */
  readonly contradiction: { readonly found: string; readonly expected: string } | undefined
  /** A record without a change of length that covers a part of an insertion's or deletion's place. */
  readonly part: boolean
}

/** Bases of the reference that the definitions spell, by place on one chromosome. */
export type KnownBases = ReadonlyMap<number, string>

/** The record as each of the positions sees it that it touches. */
export function viewTogether(
  record: VcfRecord,
  positions: readonly Position[],
  known: KnownBases,
): readonly View[] {
  const views = positions.map((position) => viewRecord(record, position, known))
  return views.map((view, k) => {
    const position = positions[k]!
    const rivals = views.filter((_, m) => m !== k && isWithin(position, positions[m]!))
    return rivals.length === 0 ? view : yieldTo(view, position, rivals)
  })
}

/** A deletion of the definition and another of its positions within the bases that it takes away. */
const isWithin = (a: Position, b: Position): boolean =>
  (!isSubstitution(a) || !isSubstitution(b)) && a.pos < b.pos + b.ref.length && b.pos < a.pos + a.ref.length

/**
 * A change that the other position documents is no unknown one here: an allele carries the reference at every position
 * that it does not define.
 */
function yieldTo(view: View, position: Position, rivals: readonly View[]): View {
  const isKnown = (index: number) =>
    index > 0 && !view.documented.has(index) && rivals.some(({ documented }) => documented.has(index))
  return {
    ...view,
    alleles: view.alleles.map((allele, index) => (isKnown(index) ? position.ref : allele)),
    foreign: new Set([...view.foreign].filter((index) => !isKnown(index))),
  }
}

/** Compares a record with a position that it overlaps. */
function viewRecord(record: VcfRecord, position: Position, known: KnownBases): View {
  const reference = compareReference(record, position)
  const alts = record.alts.map((alt) => readAlt(record, position, alt, known))
  const isDocumented = (allele: string | null) => allele !== null && position.alts.includes(allele)
  const foreign = alts.flatMap((allele, i) =>
    allele === null || (allele !== position.ref && !isDocumented(allele)) ? [i + 1] : [],
  )
  const isClear = reference === 'same'
  const level = !isClear
    ? 'beside'
    : alts.some(isDocumented)
      ? 'specific'
      : speaksOf(record, position)
        ? 'plain'
        : 'beside'
  return {
    level,
    alleles: [position.ref, ...alts],
    foreign: new Set(foreign),
    documented: new Set(alts.flatMap((allele, i) => (isDocumented(allele) ? [i + 1] : []))),
    contradiction: typeof reference === 'object' ? reference : undefined,
    part: isClear && level === 'beside' && !isSubstitution(position) && keepsLength(record),
  }
}

/** `unclear` where REF is ambiguous (`N`), so that it can neither confirm nor contradict. */
function compareReference(
  record: VcfRecord,
  position: Position,
): 'same' | 'unclear' | NonNullable<View['contradiction']> {
  const from = Math.max(record.pos, position.pos)
  const to = Math.min(record.pos + record.ref.length, position.pos + position.ref.length)
  const found = record.ref.slice(from - record.pos, Math.max(from, to) - record.pos)
  const expected = position.ref.slice(from - position.pos, Math.max(from, to) - position.pos)
  if (/[^ACGT]/.test(found)) return 'unclear'
  return found === expected ? 'same' : { found, expected }
}

const realAlts = ({ alts }: VcfRecord): readonly string[] => alts.filter((alt) => !isPlaceholder(alt))

/** Whether every sequence that the record knows is as long as its REF. */
const keepsLength = (record: VcfRecord): boolean =>
  realAlts(record).every((alt) => !isSymbolic(alt) && alt.length === record.ref.length)

/**
 * Whether the record's reference allele is a statement on the position itself. A block that ends at the anchor says
 * nothing of what is inserted or deleted behind it, even where it is one base long.
 */
function speaksOf(record: VcfRecord, position: Position): boolean {
  const isBlock = record.alts.some(isPlaceholder)
  const isAt = record.pos === position.pos && record.ref === position.ref
  if (isAt && !isBlock) return true
  const [from, to] = record.span
  const covers = from <= position.pos && to >= position.pos + position.ref.length - 1
  if (isSubstitution(position)) return covers && (isAt || keepsLength(record))
  return covers && to > position.pos && (isAt || realAlts(record).length === 0)
}

function readAlt(record: VcfRecord, position: Position, alt: string, known: KnownBases): string | null {
  const isBehind = record.pos >= position.pos + position.ref.length
  if (isSymbolic(alt)) return isBehind ? position.ref : null
  const change = trim(record.pos, record.ref, alt)
  if (isSubstitution(position)) return readBase(record, position, alt, change)
  const placed = alignLeft(change, position.pos, baseOf(record, position, known))
  const changes = position.alts.map((each) => trim(position.pos, position.ref, each))
  const documented = changes.findIndex((each) => sameChange(each, placed))
  if (documented >= 0) return position.alts[documented]!
  if (record.pos === position.pos && record.ref === position.ref) return alt
  const [from, to] = extent(change)
  const touches = from <= position.pos + Math.max(position.ref.length - 1, 0.5) && to >= position.pos + 0.5
  const elsewhere = changes.some((each) => isPlacedElsewhere(placed, each))
  // Spelled so that it cannot be taken for an allele of the definition, which has another REF.
  return touches || elsewhere ? `${change.ref}>${change.alt}` : position.ref
}

/** Bases of the reference, as far as the position, the record and the other definitions spell them. */
const baseOf =
  (record: VcfRecord, position: Position, known: KnownBases) =>
  (pos: number): string | undefined =>
    position.ref[pos - position.pos] ?? record.ref[pos - record.pos] ?? known.get(pos)

/** The base that a copy with this ALT carries at a single-base position; null when it has none there. */
function readBase(record: VcfRecord, position: Position, alt: string, change: Change): string | null {
  if (alt.length === record.ref.length) return alt[position.pos - record.pos] ?? position.ref
  if (record.pos === position.pos && record.ref === position.ref) return alt
  const [from, to] = extent(change)
  return from <= position.pos && position.pos <= to ? null : position.ref
}
