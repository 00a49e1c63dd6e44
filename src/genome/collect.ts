import type { Position } from './definition.ts'
import type { GenomeWarning, Genotype, SampleGenotypes } from './genotype.ts'
import { readCall, type SampleCall, type Thresholds, type VcfRecord } from './record.ts'
import { ReferenceTally } from './referenceTally.ts'
import { type Notes, type Observation, type RecordName, settle } from './settle.ts'
import { type KnownBases, type View, viewTogether } from './view.ts'

/** What one record says of one position to every sample whose column has the same text. */
type Remark = { readonly observation: Observation | undefined; readonly warnings: readonly GenomeWarning[] }

/** What the records said of one position, by the index of the sample. Whoever was told the same shares one list. */
type Column = { readonly position: Position; readonly told: (readonly Remark[] | undefined)[] }

type Settled = { readonly genotype: Genotype | undefined; readonly warnings: readonly GenomeWarning[] }

/**
 * Gathers what the records of a file say of each wanted position, for each sample that is read. Thousands of samples share what
 * few different calls say, so that a sample costs one place in a list for each position.
 */
export class GenotypeCollector {
  readonly references = new ReferenceTally()
  readonly #names: readonly string[]
  readonly #thresholds: Thresholds
  readonly #columns = new Map<string, Column>()

  constructor(names: readonly string[], thresholds: Thresholds) {
    this.#names = names
    this.#thresholds = thresholds
  }

  /** `columns`: the samples' columns, in the order of the names. */
  add(
    record: VcfRecord,
    positions: readonly Position[],
    known: KnownBases,
    columns: readonly string[],
  ): void {
    const views = viewTogether(record, positions, known)
    const mismatch = this.#compare(record, positions, views)
    const byCall = new Map<string, readonly (Remark | undefined)[]>()
    const remarksOf = (call: SampleCall) =>
      makeOnce(byCall, JSON.stringify(call), () => remarkAll(record, positions, views, mismatch, call))
    const kept = positions.map((position) => joiner(this.#columnOf(position)))
    const byText = new Map<string, readonly (Remark | undefined)[]>()
    for (const [i, text] of columns.entries()) {
      const remarks = makeOnce(byText, text, () => remarksOf(readCall(text, record, this.#thresholds)))
      for (const [k, remark] of remarks.entries()) if (remark !== undefined) kept[k]!(i, remark)
    }
  }

  #columnOf(position: Position): Column {
    return makeOnce(this.#columns, position.key, () => ({ position, told: new Array(this.#names.length) }))
  }

  /**
   * Samples read when they are asked for, the last one kept: those of a large file would not fit into memory together.
   * `absent`: what the positions that no record speaks of are taken for, given the keys of those that one does.
   */
  finish(
    absent: (spoken: ReadonlySet<string>) => readonly (readonly [string, Genotype])[],
  ): SampleGenotypes[] {
    const settled = new Map<readonly Remark[], Settled>()
    let last: { readonly sample: number; readonly read: Omit<SampleGenotypes, 'sample'> } | undefined
    const read = (sample: number) => {
      if (last?.sample !== sample) last = { sample, read: this.#readSample(sample, absent, settled) }
      return last.read
    }
    return this.#names.map((sample, i) => ({
      sample,
      get genotypes() {
        return read(i).genotypes
      },
      get warnings() {
        return read(i).warnings
      },
    }))
  }

  #readSample(
    sample: number,
    absent: (spoken: ReadonlySet<string>) => readonly (readonly [string, Genotype])[],
    settled: Map<readonly Remark[], Settled>,
  ): Omit<SampleGenotypes, 'sample'> {
    const told = [...this.#columns].flatMap(([key, { position, told }]) => {
      const remarks = told[sample]
      return remarks === undefined
        ? []
        : [[key, makeOnce(settled, remarks, () => settleAll(position, remarks))] as const]
    })
    const genotypes = new Map<string, Genotype>(absent(new Set(told.map(([key]) => key))))
    const warnings = new Map<string, readonly GenomeWarning[]>()
    for (const [key, { genotype, warnings: remarked }] of told) {
      if (genotype !== undefined) genotypes.set(key, genotype)
      if (remarked.length > 0) warnings.set(key, remarked)
    }
    return { genotypes, warnings }
  }

  /** A record whose REF contradicts one position is not believed on its others either. */
  #compare({ where }: VcfRecord, positions: readonly Position[], views: readonly View[]): string | undefined {
    const at = views.findIndex(({ contradiction }) => contradiction !== undefined)
    if (at < 0) {
      if (views.some(({ level }) => level !== 'beside')) this.references.agree()
      return undefined
    }
    const { found, expected } = views[at]!.contradiction!
    this.references.contradict({ where, found: `REF ${found} at ${positions[at]!.key}`, expected })
    const strand = found === complement(expected) ? ', which is the base of the other strand' : ''
    return `not used, because REF of the record (${where}) is ${found}${strand}; GRCh38 has ${expected} at ${positions[at]!.key}`
  }
}

/** Adds a remark to what a sample was told of the position before; the same remark to the same list gives the same list. */
function joiner({ told }: Column): (sample: number, remark: Remark) => void {
  const joined = new Map<Remark, Map<readonly Remark[] | undefined, readonly Remark[]>>()
  return (sample, remark) => {
    const lists = makeOnce(joined, remark, () => new Map())
    told[sample] = makeOnce(lists, told[sample], () => [...(told[sample] ?? []), remark])
  }
}

function makeOnce<K, V>(made: Map<K, V>, key: K, make: () => V): V {
  const known = made.get(key)
  if (known !== undefined) return known
  const value = make()
  made.set(key, value)
  return value
}

function settleAll(position: Position, remarks: readonly Remark[]): Settled {
  const notes = joinRemarks(remarks)
  const genotype = settle(position, notes)
  return { genotype, warnings: [...notes.warnings.values()].sort((a, b) => (a.message < b.message ? -1 : 1)) }
}

const pairs: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' }
const complement = (bases: string): string =>
  [...bases]
    .reverse()
    .map((base) => pairs[base])
    .join('')

const joinRemarks = (remarks: readonly Remark[]): Notes => ({
  observations: remarks.flatMap(({ observation }) => observation ?? []),
  warnings: new Map(
    remarks.flatMap(({ warnings }) => warnings.map((warning) => [warning.message, warning] as const)),
  ),
})

function remarkAll(
  record: VcfRecord,
  positions: readonly Position[],
  views: readonly View[],
  mismatch: string | undefined,
  call: SampleCall,
): readonly (Remark | undefined)[] {
  const name = { name: [record.pos, record.ref, ...record.alts].join(' '), where: record.where }
  return positions.map((position, k) => {
    const view = views[k]!
    if (!call.called) return view.level === 'beside' ? undefined : remark(position, undefined, call.why)
    if (mismatch !== undefined)
      return refuse(position, call, [{ code: 'reference-mismatch', message: mismatch }])
    const seen = observe(view, call, record, name)
    if (seen === undefined) return undefined
    if (call.doubts.length === 0) return { observation: seen, warnings: [] }
    if (seen.kind === 'part') return remark(position, undefined, call.doubts)
    return seen.kind === 'spoiled' ? remark(position, seen, call.doubts) : refuse(position, call, call.doubts)
  })
}

const remark = (
  { key }: Position,
  observation: Observation | undefined,
  why: readonly GenomeWarning[],
): Remark => ({
  observation,
  warnings: why.map(({ code, message }) => ({ code, message: `${key}: ${message}` })),
})

type Call = SampleCall & { readonly called: true }

/** The call is not used; that a variant is lost with it is more than a gap. */
function refuse(position: Position, call: Call, why: readonly GenomeWarning[]): Remark {
  const isVariant = call.indexes.some((index) => index !== null && index > 0)
  const lost = { code: 'variant-not-used', message: 'the call that is not used carries a variant' } as const
  return remark(position, { kind: 'unused' }, isVariant ? [...why, lost] : why)
}

function observe(view: View, call: Call, record: VcfRecord, name: RecordName): Observation | undefined {
  const carried = call.indexes.filter((index) => index !== null)
  const lost = carried.some((index) => view.alleles[index] === null)
  if (lost || (view.level === 'beside' && carried.some((index) => view.foreign.has(index))))
    return { kind: 'spoiled' }
  if (view.level === 'beside') {
    const isReference = call.indexes.every((index) => index === 0)
    return view.part && isReference ? { kind: 'part', from: record.span[0], to: record.span[1] } : undefined
  }
  const [a, b] = call.indexes.map((index) => (index === null ? null : (view.alleles[index] ?? null)))
  const genotype = { alleles: [a ?? null, b ?? null], phaseSet: call.phaseSet } as const
  const alts = [...new Set(view.alleles.slice(1))].filter(
    (allele) => allele !== null && allele !== view.alleles[0],
  ) as string[]
  return {
    kind: view.level,
    genotype: call.haploid ? { ...genotype, haploid: true } : genotype,
    alts,
    record: name,
  }
}
