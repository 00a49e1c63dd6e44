import { concatBytes, err, type Fault, FaultError, inputFault, ok, type Result } from '#kernel'
import { assumeReference, referenceBases } from './absent.ts'
import { checkAssembly, checkContig, contigName } from './assembly.ts'
import { GenotypeCollector } from './collect.ts'
import { type Position, reachOf } from './definition.ts'
import type { SampleGenotypes } from './genotype.ts'
import { LineCutter, stretchLength } from './lines.ts'
import { passOver, type Quiet } from './passOver.ts'
import { lastBase, readRecord, type Thresholds } from './record.ts'
import type { KnownBases } from './view.ts'

export type ScanOptions = {
  readonly positions: readonly Position[]
  /** How faults name the file. */
  readonly file: string
  /** Read this sample only; all of them when absent. */
  readonly sample?: string | undefined
  /** Only because the user says so: a position of an autosome that no record speaks of is the reference. */
  readonly absentIsReference?: boolean | undefined
  /** One REF that contradicts a definition refuses the file: for a use that is acted upon. */
  readonly refuseMismatch?: boolean | undefined
} & Thresholds

export type ScannedVcf = { readonly records: number; readonly samples: readonly SampleGenotypes[] }

const tab = 9
const newline = 10
const carriageReturn = 13
const hash = 35
const dot = 46
const zero = 48
const lessThan = 60
const equals = 61
const fixedColumns = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT']
/** A line longer than this is no VCF of this world; without a bound a file without newlines would fill the memory. */
const longestLine = 1 << 27

/** Wanted positions of one contig by place, for a scan that mostly moves forward. */
type Targets = {
  readonly positions: readonly Position[]
  /** `reachOf` each of them. */
  readonly reaches: readonly number[]
  next: number
  last: number
  readonly known: KnownBases
}

/**
 * Reads a VCF from decompressed chunks of bytes, in memory that does not grow with the file. Of a line elsewhere only
 * CHROM, POS and the number of columns are looked at; lines that touch a wanted position are read in full.
 */
export class VcfScanner {
  readonly #file: string
  readonly #options: ScanOptions
  readonly #targets: ReadonlyMap<string, Targets>
  readonly #text = new TextDecoder()
  #fault: Fault | undefined
  #line = 0
  #records = 0
  #pending: Uint8Array[] = []
  #pendingLength = 0
  readonly #lines = new LineCutter()
  #columns = 0
  #sampleColumns: readonly number[] = []
  #collector: GenotypeCollector | undefined
  #hasBlocks = false
  #isStated = false
  #jumped = false
  readonly #contigsSeen = new Set<string>()
  /** With the tab behind it, which an empty name would begin with. */
  #contig: Uint8Array = new Uint8Array([newline])
  #contigTargets: Targets | undefined
  #quiet: Quiet | undefined

  constructor(options: ScanOptions) {
    this.#file = options.file
    this.#options = options
    this.#targets = groupByContig(options.positions)
  }

  /** Takes the next bytes; false when the file is refused already and the rest need not be read. */
  push(chunk: Uint8Array): boolean {
    // A plain view: loops that see one kind of array only are the fast ones.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    return this.#attempt(() => this.#split(bytes))
  }

  /**
   * What is pushed next lies elsewhere in the file and begins with a line. From then on lines and records are not counted,
   * and `where` names the file alone.
   */
  jump(): void {
    this.#pending = []
    this.#pendingLength = 0
    this.#lines.rest = 0
    this.#jumped = true
  }

  /** Says that the file has records of a contig, of which none need be pushed. */
  noteContig(contig: string): void {
    this.#attempt(() => {
      if (checkContig(contig, this.#where)) this.#isStated = true
      this.#contigsSeen.add(contigName(contig))
    })
  }

  finish(): Result<ScannedVcf, Fault> {
    this.#attempt(() => {
      if (this.#pendingLength > 0) this.#takePending(new Uint8Array(), this.#lines.rest)
      if (this.#line === 0) fail('vcf.empty', this.#file, 'an empty file', 'a VCF')
      if (this.#collector === undefined)
        fail('vcf.no-header', this.#file, 'no #CHROM line', 'a header that ends with #CHROM')
      this.#collector.references.check(this.#isStated, this.#options.refuseMismatch === true)
    })
    if (this.#fault !== undefined) return err(this.#fault)
    const { positions, absentIsReference } = this.#options
    const absent = assumeReference(absentIsReference === true ? positions : [], this.#contigsSeen)
    return ok({ records: this.#records, samples: this.#collector!.finish(absent) })
  }

  #attempt(step: () => void): boolean {
    if (this.#fault !== undefined) return false
    try {
      step()
      return true
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
      this.#fault = error.fault
      return false
    }
  }

  get #where(): string {
    return this.#jumped ? this.#file : `${this.#file}:${this.#line}`
  }

  #split(bytes: Uint8Array): void {
    if (this.#line === 0 && this.#pendingLength === 0 && bytes.length > 0 && bytes[0] !== hash)
      fail('vcf.not-vcf', `${this.#file}:1`, 'text or bytes that are no VCF', '##fileformat=VCF…')
    let start = 0
    for (let at = 0; at < bytes.length; at += stretchLength)
      start = this.#takeLines(bytes, start, at, Math.min(at + stretchLength, bytes.length))
    if (this.#lines.rest < 0) this.#refuseNul()
    this.#keep(bytes.slice(start))
  }

  /** Those that end from `from` to `to`; gives where the next one starts. */
  #takeLines(bytes: Uint8Array, lineStart: number, from: number, to: number): number {
    const count = this.#lines.cut(bytes, from, to)
    const { ends, tabs } = this.#lines
    let start = lineStart
    for (let k = 0; k < count; k++) {
      if (this.#quiet !== undefined && this.#pendingLength === 0) {
        const passed = passOver(bytes, this.#lines, this.#quiet, [k, count, start]) - k
        this.#line += passed
        this.#records += passed
        k += passed
        if (passed > 0) start = ends[k - 1]! + 1
        if (k === count) break
      }
      const end = ends[k]!
      if (this.#pendingLength > 0) this.#takePending(bytes.subarray(start, end), tabs[k]!)
      else this.#takeLine(bytes, start, end, tabs[k]!)
      start = end + 1
    }
    return start
  }

  #refuseNul(): never {
    return fail('vcf.nul', `${this.#file}:${this.#line + 1}`, 'a NUL byte', 'text')
  }

  #keep(rest: Uint8Array): void {
    if (rest.length === 0) return
    this.#pending.push(rest)
    this.#pendingLength += rest.length
    if (this.#pendingLength > longestLine)
      fail(
        'vcf.line-too-long',
        `${this.#file}:${this.#line + 1}`,
        `over ${longestLine} bytes`,
        'a shorter line',
      )
  }

  #takePending(last: Uint8Array, tabs: number): void {
    const line = concatBytes(...this.#pending, last)
    this.#pending = []
    this.#pendingLength = 0
    this.#takeLine(line, 0, line.length, tabs)
  }

  #takeLine(bytes: Uint8Array, start: number, newlineAt: number, tabs: number): void {
    if (tabs < 0) this.#refuseNul()
    this.#line++
    const end = newlineAt > start && bytes[newlineAt - 1] === carriageReturn ? newlineAt - 1 : newlineAt
    if (bytes[start] === hash && start < end) this.#takeHeader(this.#text.decode(bytes.subarray(start, end)))
    else if (this.#line === 1) fail('vcf.not-vcf', this.#where, 'no ##fileformat line', '##fileformat=VCF…')
    else if (end > start) this.#takeRecord(bytes, start, end, tabs)
  }

  #takeHeader(line: string): void {
    if (this.#line === 1 && !line.startsWith('##fileformat=VCF'))
      fail('vcf.not-vcf', this.#where, 'another first line', '##fileformat=VCF…')
    if (line.startsWith('##')) {
      if (line.startsWith('##INFO=<ID=END,')) this.#hasBlocks = true
      if (checkAssembly(line, this.#where)) this.#isStated = true
    } else this.#takeColumnNames(line)
  }

  #takeColumnNames(line: string): void {
    if (this.#collector !== undefined) fail('vcf.header', this.#where, 'a second #CHROM line', 'one header')
    const columns = line.split('\t')
    const names = columns.slice(fixedColumns.length)
    if (
      fixedColumns.some((name, i) => (columns[i] ?? name) !== name) ||
      columns.length < fixedColumns.length - 1
    )
      fail('vcf.header', this.#where, 'other column names', fixedColumns.join(' '))
    if (names.length === 0)
      fail('vcf.no-samples', this.#where, 'no sample column', 'genotypes of at least one sample')
    if (new Set(names).size < names.length)
      fail('vcf.duplicate-sample', this.#where, 'the same sample name twice', 'each name once')
    this.#columns = columns.length
    this.#sampleColumns = this.#chooseSamples(names)
    this.#collector = new GenotypeCollector(
      this.#sampleColumns.map((column) => columns[column]!),
      this.#options,
    )
  }

  #chooseSamples(names: readonly string[]): readonly number[] {
    const columns = names.map((_, i) => i + fixedColumns.length)
    const { sample } = this.#options
    if (sample === undefined) return columns
    const at = names.indexOf(sample)
    const count = names.length === 1 ? '1 sample' : `${names.length} samples`
    if (at < 0)
      fail('vcf.sample-unknown', this.#where, `${count}, none of the wanted name`, 'the wanted sample')
    return [columns[at]!]
  }

  #takeRecord(bytes: Uint8Array, start: number, end: number, tabs: number): void {
    if (this.#collector === undefined)
      fail('vcf.no-header', this.#where, 'a data line before #CHROM', 'a header')
    if (tabs !== this.#columns - 1)
      fail('vcf.columns', this.#where, `${tabs + 1} columns`, `${this.#columns}, as in the header`)
    this.#records++
    const contigEnd = this.#enterContig(bytes, start)
    let pos = 0
    let i = contigEnd + 1
    for (; bytes[i] !== tab; i++) {
      const digit = bytes[i]! - zero
      if (digit < 0 || digit > 9 || i - contigEnd > 10)
        fail('vcf.pos', this.#where, 'a POS that is no number', 'a 1-based position')
      pos = pos * 10 + digit
    }
    if (i === contigEnd + 1) fail('vcf.pos', this.#where, 'an empty POS', 'a 1-based position')
    const targets = this.#contigTargets
    if (targets !== undefined) seek(targets, pos)
    const next = targets?.positions[targets.next]
    this.#quiet = {
      contig: this.#contig,
      tabs: this.#columns - 1,
      from: targets === undefined ? 0 : pos,
      until: next?.pos ?? Number.POSITIVE_INFINITY,
      hasBlocks: this.#hasBlocks,
    }
    if (targets === undefined) return
    // REF cannot be longer than its line, so a position beyond that is out of reach, unless INFO reaches further.
    const reaches = next !== undefined && next.pos < pos + (end - start)
    if (next === undefined || (!reaches && !this.#reachesFurther(bytes, i, end))) return
    this.#readInFull(this.#text.decode(bytes.subarray(start, end)), pos, targets)
  }

  /** By INFO/END or SVLEN of a symbolic ALT; of a record without ALT, only where the header knows END. Others end where their REF does. */
  #reachesFurther(bytes: Uint8Array, start: number, end: number): boolean {
    return hasOpenAlt(bytes, start, this.#hasBlocks) && mentionsLength(bytes, start, end)
  }

  /** Gives where its name ends; a record has tabs. */
  #enterContig(bytes: Uint8Array, start: number): number {
    if (beginsWith(bytes, start, this.#contig)) return start + this.#contig.length - 1
    const end = bytes.indexOf(tab, start)
    this.#contig = bytes.slice(start, end + 1)
    const contig = this.#text.decode(bytes.subarray(start, end))
    this.noteContig(contig)
    this.#contigTargets = this.#targets.get(contigName(contig))
    return end
  }

  #readInFull(line: string, pos: number, targets: Targets): void {
    const fields = line.split('\t')
    const end = lastBase(pos, fields[3]!, fields[4]!, fields[7]!)
    const touched = touchedBy(targets, pos, end)
    if (touched.length === 0) return
    const record = readRecord(fields, pos, this.#where)
    this.#collector!.add(
      record,
      touched,
      targets.known,
      this.#sampleColumns.map((column) => fields[column]!),
    )
  }
}

function fail(code: string, where: string, found: string, expected: string): never {
  throw new FaultError(inputFault(code, where, found, expected))
}

function beginsWith(bytes: Uint8Array, start: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false
  return true
}

function groupByContig(positions: readonly Position[]): ReadonlyMap<string, Targets> {
  const groups = new Map<string, Position[]>()
  for (const position of positions) {
    const group = groups.get(position.chrom)
    if (group === undefined) groups.set(position.chrom, [position])
    else group.push(position)
  }
  const targets = [...groups].map(([chrom, group]) => {
    const sorted = group.sort((a, b) => a.pos - b.pos)
    const targets = { positions: sorted, reaches: sorted.map(reachOf), next: 0, last: 0 }
    return [chrom, { ...targets, known: referenceBases(sorted) }] as const
  })
  return new Map(targets)
}

/** Whether ALT, the third column behind `start`, names a symbol or, where that counts, nothing; it has eight columns at least. */
function hasOpenAlt(bytes: Uint8Array, start: number, orNone: boolean): boolean {
  let i = start
  for (let column = 0; column < 3; i++) if (bytes[i] === tab) column++
  if (orNone && bytes[i] === dot && bytes[i + 1] === tab) return true
  for (; bytes[i] !== tab; i++) if (bytes[i] === lessThan) return true
  return false
}

/** Whether a line has `END=` or `LEN=` somewhere, before it is worth taking apart. */
function mentionsLength(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end - 3; i++) {
    if (bytes[i + 3] !== equals) continue
    const [a, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]]
    if ((a === 69 && b === 78 && c === 68) || (a === 76 && b === 69 && c === 78)) return true
  }
  return false
}

/** Those before `next` are out of reach. */
function touchedBy({ positions, reaches, next }: Targets, pos: number, end: number): Position[] {
  const touched: Position[] = []
  for (let k = next; k < positions.length && positions[k]!.pos <= end; k++)
    if (reaches[k]! > pos) touched.push(positions[k]!)
  return touched
}

/** Moves to the first position that is within reach of `pos`; a file that is not sorted only costs time. */
function seek(targets: Targets, pos: number): void {
  if (pos < targets.last) targets.next = 0
  targets.last = pos
  while (targets.next < targets.reaches.length && targets.reaches[targets.next]! <= pos) targets.next++
}
