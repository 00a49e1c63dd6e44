import { FaultError, inputFault } from '#kernel'
import type { Position } from './definition.ts'
import type { VcfRecord } from './record.ts'

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
}

/** Compares a record with a position that it overlaps. A REF that contradicts the definition is refused. */
export function viewRecord(record: VcfRecord, position: Position): View {
  const known = checkReference(record, position)
  const alts = record.alts.map((alt) => readAlt(record, position, alt))
  const isDocumented = (allele: string | null) => allele !== null && position.alts.includes(allele)
  const foreign = alts.flatMap((allele, i) =>
    allele === null || (allele !== position.ref && !isDocumented(allele)) ? [i + 1] : [],
  )
  return {
    level: !known
      ? 'beside'
      : alts.some(isDocumented)
        ? 'specific'
        : speaksOf(record, position)
          ? 'plain'
          : 'beside',
    alleles: [position.ref, ...alts],
    foreign: new Set(foreign),
  }
}

/** False where REF is ambiguous (`N`), so that it can neither confirm nor contradict. */
function checkReference(record: VcfRecord, position: Position): boolean {
  const from = Math.max(record.pos, position.pos)
  const to = Math.min(record.pos + record.ref.length, position.pos + position.ref.length)
  const found = record.ref.slice(from - record.pos, Math.max(from, to) - record.pos)
  const expected = position.ref.slice(from - position.pos, Math.max(from, to) - position.pos)
  if (/[^ACGT]/.test(found)) return false
  if (found === expected) return true
  throw new FaultError(
    inputFault(
      'vcf.ref-mismatch',
      record.where,
      `REF ${found} at ${position.key}`,
      `${expected}, as in GRCh38`,
    ),
  )
}

const isSymbolic = (alt: string): boolean => /[^ACGT]/.test(alt)
const isPlaceholder = (alt: string): boolean => alt === '<NON_REF>' || alt === '<*>'
const isSubstitution = ({ ref, alts }: Position): boolean =>
  ref.length === 1 && alts.every((alt) => alt.length === 1)

/** Whether the record's reference allele is a statement on the position itself. */
function speaksOf(record: VcfRecord, position: Position): boolean {
  if (record.pos === position.pos && record.ref === position.ref) return true
  const real = record.alts.filter((alt) => !isPlaceholder(alt))
  const covers = record.pos <= position.pos && record.end >= position.pos + position.ref.length - 1
  if (real.length === 0) return covers && (isSubstitution(position) || record.end > position.pos)
  return (
    isSubstitution(position) &&
    covers &&
    real.every((alt) => !isSymbolic(alt) && alt.length === record.ref.length)
  )
}

function readAlt(record: VcfRecord, position: Position, alt: string): string | null {
  if (isSymbolic(alt)) return null
  const change = trim(record.pos, record.ref, alt)
  if (isSubstitution(position)) return readBase(record, position, alt, change)
  const documented = position.alts.find((each) => sameChange(trim(position.pos, position.ref, each), change))
  if (documented !== undefined) return documented
  if (record.pos === position.pos && record.ref === position.ref) return alt
  const [from, to] = extent(change)
  const touches = from <= position.pos + Math.max(position.ref.length - 1, 0.5) && to >= position.pos + 0.5
  // Spelled so that it cannot be taken for an allele of the definition, which has another REF.
  return touches ? `${change.ref}>${change.alt}` : position.ref
}

/** The base that a copy with this ALT carries at a single-base position; null when it has none there. */
function readBase(record: VcfRecord, position: Position, alt: string, change: Change): string | null {
  if (alt.length === record.ref.length) return alt[position.pos - record.pos] ?? position.ref
  if (record.pos === position.pos && record.ref === position.ref) return alt
  const [from, to] = extent(change)
  return from <= position.pos && position.pos <= to ? null : position.ref
}

export type Change = { readonly pos: number; readonly ref: string; readonly alt: string }

/** The shortest spelling of a change: common ends are cut off, the right one first, so that one base remains on each side. */
export function trim(pos: number, ref: string, alt: string): Change {
  let cut = 0
  while (cut < Math.min(ref.length, alt.length) - 1 && ref.at(-1 - cut) === alt.at(-1 - cut)) cut++
  const [left, right] = [ref.slice(0, ref.length - cut), alt.slice(0, alt.length - cut)]
  let lead = 0
  while (lead < Math.min(left.length, right.length) - 1 && left[lead] === right[lead]) lead++
  return { pos: pos + lead, ref: left.slice(lead), alt: right.slice(lead) }
}

const sameChange = (a: Change, b: Change): boolean => a.pos === b.pos && a.ref === b.ref && a.alt === b.alt

/** First and last base that change; an insertion lies half-way behind its anchor. */
function extent({ pos, ref, alt }: Change): readonly [number, number] {
  if (ref[0] !== alt[0]) return [pos, pos + ref.length - 1]
  return ref.length > 1 ? [pos + 1, pos + ref.length - 1] : [pos + 0.5, pos + 0.5]
}
