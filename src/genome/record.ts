import { FaultError, inputFault } from '#kernel'
import { contigName } from './assembly.ts'
import type { GenomeWarning } from './genotype.ts'

/** One data line, as far as it is read. */
export type VcfRecord = {
  /** `file:line`. */
  readonly where: string
  readonly pos: number
  readonly ref: string
  readonly alts: readonly string[]
  readonly filter: string
  /** Last base that the record speaks of: see `lastBase`. */
  readonly end: number
  readonly format: readonly string[]
  /** On chromosomes X, Y and M a call of one copy is whole. */
  readonly mayBeHaploid: boolean
}

/** A sample's call as the file spells it: allele indexes, null for an open half; or none, with the reason if odd. */
export type SampleCall =
  | {
      readonly called: true
      readonly indexes: readonly [number | null, number | null]
      readonly phaseSet: string | null
      readonly haploid: boolean
    }
  | { readonly called: false; readonly why: readonly GenomeWarning[] }

const bases = /^[ACGTNRYSWKMBDHV]+$/
const altPattern = /^(?:[ACGTNRYSWKMBDHV]+|\*|<[^<>\s]+>|\.?[^\s<>]*[[\]][^\s<>]*\.?|\.[ACGTN]+|[ACGTN]+\.)$/
const gtPattern = /^(?:\.|\d{1,5})(?:[/|](?:\.|\d{1,5}))*$/

function fail(code: string, where: string, found: string, expected: string): never {
  throw new FaultError(inputFault(code, where, found, expected))
}

/** Last base that a record speaks of: by INFO/END, by INFO/SVLEN of a symbolic ALT (VCF 4.5), or by REF. */
export function lastBase(pos: number, ref: string, alt: string, info: string): number {
  const end = Number(/(?:^|;)END=(\d+)/.exec(info)?.[1] ?? 0)
  const lengths = /<(?:DEL|DUP|INV|CNV)/i.test(alt) ? (/(?:^|;)SVLEN=([-\d,.]+)/.exec(info)?.[1] ?? '') : ''
  const longest = Math.max(0, ...lengths.split(',').map((each) => Math.abs(Number.parseInt(each, 10)) || 0))
  return Math.max(end, pos + longest, pos + ref.length - 1)
}

/** Reads the fixed columns; a contradiction to the format is a fault of this line. */
export function readRecord(fields: readonly string[], pos: number, where: string): VcfRecord {
  const ref = fields[3]!.toUpperCase()
  if (!bases.test(ref)) fail('vcf.ref', where, 'a REF that is no sequence', 'bases')
  const alt = fields[4]!
  const alts =
    alt === '.' ? [] : alt.split(',').map((each) => (each.startsWith('<') ? each : each.toUpperCase()))
  if (alts.some((each) => !altPattern.test(each)))
    fail('vcf.alt', where, 'an ALT that is no allele', 'bases, `*`, a symbol, a breakend or `.`')
  const end = lastBase(pos, ref, alt, fields[7]!)
  const format = fields[8]!.split(':')
  if (!format.includes('GT')) fail('vcf.gt-missing', where, 'a FORMAT without GT', 'GT')
  const mayBeHaploid = /^chr[XYM]$/.test(contigName(fields[0]!))
  return { where, pos, ref, alts, filter: fields[6]!, end, format, mayBeHaploid }
}

/** Reads one sample's column. A half that is the reference, or a reference without any read behind it, is no call. */
export function readCall(column: string, record: VcfRecord): SampleCall {
  const values = column.split(':')
  const fieldOf = (name: string): string | undefined => values[record.format.indexOf(name)]
  const gt = fieldOf('GT') ?? ''
  if (!gtPattern.test(gt)) fail('vcf.gt', record.where, 'a GT that is no genotype', 'allele numbers, as 0/1')
  const indexes = gt.split(/[/|]/).map((index) => (index === '.' ? null : Number(index)))
  if (indexes.some((index) => index !== null && index > record.alts.length))
    fail('vcf.gt', record.where, 'a GT beyond the ALT alleles', `at most ${record.alts.length}`)
  if (indexes.every((index) => index === null)) return { called: false, why: [] }
  const place = `the call at ${record.pos}`
  if (indexes.length > 2) return refuse('unexpected-ploidy', `${place} has ${indexes.length} copies`)
  const haploid = indexes.length === 1 && record.mayBeHaploid
  const [a = null, b = null] = haploid ? [indexes[0]!, indexes[0]!] : indexes
  if (indexes.length === 1 && !haploid && a === 0)
    return refuse('unexpected-ploidy', `${place} has one copy only`)
  if ((a === null && b === 0) || (a === 0 && b === null))
    return refuse('half-call', `${place} leaves one copy open and the other is the reference`)
  const doubt = lacksEvidence(a, b, fieldOf)
  if (doubt !== undefined) return refuse('no-evidence', `${place} ${doubt}`)
  const phased = gt.includes('|') && !gt.includes('/')
  const phaseSet = fieldOf('PS') ?? '.'
  return {
    called: true,
    indexes: [a, b],
    phaseSet: phased ? (phaseSet === '.' ? '' : phaseSet) : null,
    haploid,
  }
}

const refuse = (code: GenomeWarning['code'], message: string): SampleCall => ({
  called: false,
  why: [{ code, message }],
})

/** `0/0` with no read or no quality is how some callers write "not seen"; a het of which only one allele was read is none. */
function lacksEvidence(
  a: number | null,
  b: number | null,
  fieldOf: (name: string) => string | undefined,
): string | undefined {
  if (a === 0 && b === 0) {
    const zero = ['DP', 'MIN_DP', 'GQ'].filter((name) => fieldOf(name) === '0')
    return zero.length > 0 ? `is the reference with ${zero.join(' and ')} of 0` : undefined
  }
  if (a === b) return undefined
  const depths = (fieldOf('AD') ?? '.').split(',')
  if (depths.length < 2 || depths.some((depth) => !/^\d+$/.test(depth))) return undefined
  return depths.filter((depth) => Number(depth) > 0).length === 1
    ? 'is heterozygous but only one allele has reads'
    : undefined
}
