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
  /**
   * First and last base that it makes a statement on: without the ends that REF and every ALT share. One that was padded
   * with its neighbours' bases says nothing of them.
   */
  readonly span: readonly [from: number, to: number]
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
      /** Why the call is not to be used: the file or the user's thresholds say so. */
      readonly doubts: readonly GenomeWarning[]
    }
  | { readonly called: false; readonly why: readonly GenomeWarning[] }

/** What a call must reach to be used; nothing is asked where absent. */
export type Thresholds = {
  /** Reads: MIN_DP of a block, else DP, else the sum of AD. */
  readonly minDepth?: number | undefined
  /** Phred-scaled quality of the genotype: GQ, or RGQ of a reference call. */
  readonly minGq?: number | undefined
}

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
  const span = spanOf(pos, ref, alts) ?? ([pos, end] as const)
  return { where, pos, ref, alts, filter: fields[6]!, end, span, format, mayBeHaploid }
}

export const isSymbolic = (alt: string): boolean => /[^ACGT]/.test(alt)
export const isPlaceholder = (alt: string): boolean => alt === '<NON_REF>' || alt === '<*>'

/** Undefined where an ALT is no sequence, or there is none. */
function spanOf(pos: number, ref: string, alts: readonly string[]): VcfRecord['span'] | undefined {
  const real = alts.filter((alt) => !isPlaceholder(alt))
  if (real.length === 0 || real.some(isSymbolic)) return undefined
  const shortest = Math.min(ref.length, ...real.map(({ length }) => length))
  let cut = 0
  while (cut < shortest - 1 && real.every((alt) => alt.at(-1 - cut) === ref.at(-1 - cut))) cut++
  let lead = 0
  while (lead < shortest - cut - 1 && real.every((alt) => alt[lead] === ref[lead])) lead++
  return [pos + lead, pos + ref.length - 1 - cut]
}

/** Reads one sample's column. A half that is the reference, or a reference without any read behind it, is no call. */
export function readCall(column: string, record: VcfRecord, thresholds: Thresholds): SampleCall {
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
    doubts: [...doubtFilters(record, fieldOf('FT')), ...doubtEvidence(thresholds, fieldOf)],
  }
}

/**
 * PharmCAT reads neither column and leaves it to the user to take failed records away first (its VCF requirements, 6).
 * Here a failed one is a gap: FILTER of the record and FT of the call must be PASS or not applied.
 */
function doubtFilters({ filter }: VcfRecord, own: string | undefined): GenomeWarning[] {
  const hasFailed = (value: string) => value !== 'PASS' && value !== '.' && value !== ''
  const message = hasFailed(filter)
    ? `not used, because the record failed the filter ${filter}`
    : hasFailed(own ?? '.')
      ? `not used, because the call failed the filter ${own}`
      : undefined
  return message === undefined ? [] : [{ code: 'filter-not-pass', message }]
}

type FieldOf = (name: string) => string | undefined

function doubtEvidence({ minDepth, minGq }: Thresholds, fieldOf: FieldOf): GenomeWarning[] {
  const depth = numberIn(fieldOf('MIN_DP')) ?? numberIn(fieldOf('DP')) ?? sumOf(fieldOf('AD'))
  const quality = numberIn(fieldOf('GQ')) ?? numberIn(fieldOf('RGQ'))
  const doubts: GenomeWarning[] = []
  const compare = (code: GenomeWarning['code'], name: string, found: number | undefined, least = 0) => {
    if (least === 0 || (found !== undefined && found >= least)) return
    const message = `not used, because its ${name} is ${found ?? 'not stated'} and at least ${least} was asked for`
    doubts.push({ code, message })
  }
  compare('below-min-depth', 'depth', depth, minDepth)
  compare('below-min-gq', 'genotype quality', quality, minGq)
  return doubts
}

const numberIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined

function sumOf(depths: string | undefined): number | undefined {
  const numbers = depths?.split(',').map(numberIn) ?? [undefined]
  return numbers.reduce((sum, each) => (sum === undefined || each === undefined ? undefined : sum + each), 0)
}

const refuse = (code: GenomeWarning['code'], message: string): SampleCall => ({
  called: false,
  why: [{ code, message }],
})

/** `0/0` with no read or no quality is how some callers write "not seen"; a het of which only one allele was read is none. */
function lacksEvidence(a: number | null, b: number | null, fieldOf: FieldOf): string | undefined {
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
