import type { Position } from './definition.ts'
import type { GenomeWarning, Genotype, SampleGenotypes } from './genotype.ts'
import { readCall, type SampleCall, type Thresholds, type VcfRecord } from './record.ts'
import { ReferenceTally } from './referenceTally.ts'
import { type Notes, type Observation, type RecordName, settle } from './settle.ts'
import { type KnownBases, type View, viewTogether } from './view.ts'

/** What one record says of one position to every sample whose column has the same text. */
type Remark = { readonly observation: Observation | undefined; readonly warnings: readonly GenomeWarning[] }

/** Gathers what the records of a file say of each wanted position, for each sample that is read. */
export class GenotypeCollector {
  readonly references = new ReferenceTally()
  readonly #names: readonly string[]
  readonly #thresholds: Thresholds
  readonly #remarks: readonly Map<string, readonly Remark[]>[]
  readonly #positions = new Map<string, Position>()

  constructor(names: readonly string[], thresholds: Thresholds) {
    this.#names = names
    this.#thresholds = thresholds
    this.#remarks = names.map(() => new Map())
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
    const byText = new Map<string, readonly (Remark | undefined)[]>()
    for (const [i, column] of columns.entries()) {
      const before = byText.get(column)
      const remarks =
        before ?? remarkAll(record, positions, views, mismatch, readCall(column, record, this.#thresholds))
      if (before === undefined) byText.set(column, remarks)
      for (const [k, position] of positions.entries()) this.#keep(this.#remarks[i]!, position, remarks[k])
    }
  }

  /** `absent`: what the positions that no record speaks of are taken for, given the keys of those that one does. */
  finish(
    absent: (spoken: ReadonlySet<string>) => readonly (readonly [string, Genotype])[],
  ): SampleGenotypes[] {
    return this.#names.map((sample, i) => {
      const genotypes = new Map<string, Genotype>(absent(new Set(this.#remarks[i]!.keys())))
      const warnings = new Map<string, readonly GenomeWarning[]>()
      for (const [key, remarks] of this.#remarks[i]!) {
        const notes = joinRemarks(remarks)
        const genotype = settle(this.#positions.get(key)!, notes)
        if (genotype !== undefined) genotypes.set(key, genotype)
        const sorted = [...notes.warnings.values()].sort((a, b) => (a.message < b.message ? -1 : 1))
        if (sorted.length > 0) warnings.set(key, sorted)
      }
      return { sample, genotypes, warnings }
    })
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

  #keep(remarks: Map<string, readonly Remark[]>, position: Position, remark: Remark | undefined): void {
    if (remark === undefined) return
    this.#positions.set(position.key, position)
    const before = remarks.get(position.key)
    remarks.set(position.key, before === undefined ? [remark] : [...before, remark])
  }
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
