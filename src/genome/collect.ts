import type { Position } from './definition.ts'
import type { GenomeWarning, Genotype, SampleGenotypes } from './genotype.ts'
import { readCall, type SampleCall, type VcfRecord } from './record.ts'
import { type View, viewTogether } from './view.ts'

type Observation =
  | { readonly kind: 'specific' | 'plain'; readonly genotype: Genotype }
  | { readonly kind: 'spoiled' }

/** What records said of one position for one sample; several may, and their order must not matter. */
type Notes = { readonly observations: Observation[]; readonly warnings: Map<string, GenomeWarning> }

/** What one record says of one position to every sample whose column has the same text. */
type Remark = { readonly observation: Observation | undefined; readonly warnings: readonly GenomeWarning[] }

/** Gathers what the records of a file say of each wanted position, for each sample that is read. */
export class GenotypeCollector {
  readonly #names: readonly string[]
  readonly #remarks: readonly Map<string, readonly Remark[]>[]

  constructor(names: readonly string[]) {
    this.#names = names
    this.#remarks = names.map(() => new Map())
  }

  /** `columns`: the samples' columns, in the order of the names. Throws a fault when REF contradicts a position. */
  add(record: VcfRecord, positions: readonly Position[], columns: readonly string[]): void {
    const views = viewTogether(record, positions)
    const byText = new Map<string, readonly (Remark | undefined)[]>()
    for (const [i, column] of columns.entries()) {
      const known = byText.get(column)
      const remarks = known ?? remarkAll(record, positions, views, readCall(column, record))
      if (known === undefined) byText.set(column, remarks)
      for (const [k, { key }] of positions.entries()) this.#keep(this.#remarks[i]!, key, remarks[k])
    }
  }

  finish(): SampleGenotypes[] {
    return this.#names.map((sample, i) => {
      const genotypes = new Map<string, Genotype>()
      const warnings = new Map<string, readonly GenomeWarning[]>()
      for (const [key, remarks] of this.#remarks[i]!) {
        const notes = joinRemarks(remarks)
        const genotype = settle(key, notes)
        if (genotype !== undefined) genotypes.set(key, genotype)
        const sorted = [...notes.warnings.values()].sort((a, b) => (a.message < b.message ? -1 : 1))
        if (sorted.length > 0) warnings.set(key, sorted)
      }
      return { sample, genotypes, warnings }
    })
  }

  #keep(remarks: Map<string, readonly Remark[]>, key: string, remark: Remark | undefined): void {
    if (remark === undefined) return
    const before = remarks.get(key)
    remarks.set(key, before === undefined ? [remark] : [...before, remark])
  }
}

const joinRemarks = (remarks: readonly Remark[]): Notes => ({
  observations: remarks.flatMap(({ observation }) => observation ?? []),
  warnings: new Map(
    remarks.flatMap(({ warnings }) => warnings.map((warning) => [warning.message, warning] as const)),
  ),
})

const remarkAll = (
  record: VcfRecord,
  positions: readonly Position[],
  views: readonly View[],
  call: SampleCall,
): readonly (Remark | undefined)[] =>
  positions.map(({ key }, k) => {
    const observation = call.called ? observe(views[k]!, call) : undefined
    const odd = call.called ? [] : call.why
    if (observation === undefined && (views[k]!.level === 'beside' || odd.length === 0)) return undefined
    const filtered = record.filter !== 'PASS' && record.filter !== '.'
    const warnings: GenomeWarning[] = odd.map(({ code, message }) => ({
      code,
      message: `${key}: ${message}`,
    }))
    if (filtered)
      warnings.push({ code: 'filter-not-pass', message: `${key}: the file marks the record as filtered` })
    return { observation, warnings }
  })

const warn = (notes: Notes, code: GenomeWarning['code'], message: string): void =>
  void notes.warnings.set(message, { code, message })

function observe(view: View, call: SampleCall & { readonly called: true }): Observation | undefined {
  const carried = call.indexes.filter((index) => index !== null)
  const lost = carried.some((index) => view.alleles[index] === null)
  if (lost || (view.level === 'beside' && carried.some((index) => view.foreign.has(index))))
    return { kind: 'spoiled' }
  if (view.level === 'beside') return undefined
  const [a, b] = call.indexes.map((index) => (index === null ? null : (view.alleles[index] ?? null)))
  const genotype = { alleles: [a ?? null, b ?? null], phaseSet: call.phaseSet } as const
  return { kind: view.level, genotype: call.haploid ? { ...genotype, haploid: true } : genotype }
}

/** One genotype from all observations, or none: then the position is missing and a warning says why. */
function settle(key: string, notes: Notes): Genotype | undefined {
  const { observations } = notes
  if (observations.some(({ kind }) => kind === 'spoiled')) {
    warn(notes, 'overlapping-variant', `${key}: a variant that no definition knows takes the position away`)
    return undefined
  }
  const of = (kind: Observation['kind']) =>
    observations.flatMap((each) => ('genotype' in each && each.kind === kind ? [each.genotype] : []))
  const specific = of('specific')
  const plain = of('plain').filter(
    ({ alleles }) => specific.length === 0 || alleles[0] !== alleles[1] || !isKnownBy(specific, alleles[0]),
  )
  const all = [...specific, ...plain]
  const first = all[0]
  if (first === undefined) return undefined
  if (!all.every((each) => sameAlleles(first, each))) {
    warn(notes, 'conflicting-records', `${key}: records contradict each other`)
    return undefined
  }
  return agreeOnPhase(all)
}

/** Beside a record that knows the alternatives, a plain homozygous one adds nothing if its base is among those found. */
const isKnownBy = (specific: readonly Genotype[], base: string | null): boolean =>
  specific.some(({ alleles }) => alleles.includes(base))

const sorted = ({ alleles }: Genotype): string =>
  alleles
    .map((allele) => allele ?? '.')
    .sort()
    .join(' ')
const sameAlleles = (a: Genotype, b: Genotype): boolean => sorted(a) === sorted(b)

/** Phase is kept only where every record gives the same order in the same phase set. */
function agreeOnPhase(all: readonly Genotype[]): Genotype {
  const [first] = all as readonly [Genotype, ...Genotype[]]
  const same = all.every(
    ({ alleles, phaseSet }) => phaseSet === first.phaseSet && alleles[0] === first.alleles[0],
  )
  return same ? first : { ...first, phaseSet: null }
}
