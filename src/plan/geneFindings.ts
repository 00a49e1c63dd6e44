import { protectiveFrom, rankOf, refusingFrom } from './action.ts'
import { contextTruth } from './context.ts'
import { convertGene } from './convert.ts'
import type { Drug } from './drug.ts'
import { type Finding, type Gap, plainStatement, ruleSource, type Statement } from './finding.ts'
import type { Frame } from './frame.ts'
import { type GeneView, viewGene } from './geneView.ts'
import type { GuidanceRow } from './knowledge.ts'

/** Findings on one drug from the genes, and what is missing. */
export type GeneFindings = { readonly findings: readonly Finding[]; readonly gaps: readonly Gap[] }

type Applied = {
  readonly row: GuidanceRow
  readonly key: readonly string[]
  readonly says: Statement
  /** Genes of the row that are not known: the row would apply if they had the row's value. */
  readonly open: readonly string[]
}

/** What guidelines say of this drug for this person's genes, converted by the other drugs they take. */
export function geneFindings(frame: Frame, drug: Drug): GeneFindings {
  const rows = frame.knowledge.guidance.filter((row) => row.drug === drug.name)
  if (rows.length === 0) return { findings: [], gaps: [] }
  const views = viewsOf(frame, drug, rows)
  const truth = contextTruth(frame, drug)
  const applied = rows.flatMap((row) => applyRow(row, views, truth))
  const theirs = mostSpecific(applied.filter(({ open }) => open.length === 0))
  const findings = theirs.map((one) => findingOf(one, views)).filter((finding) => isReliable(finding, views))
  const open = applied.filter(({ open }) => open.length > 0)
  return withUnknowns(findings, theirs, open, views, rows)
}

function viewsOf(frame: Frame, drug: Drug, rows: readonly GuidanceRow[]): ReadonlyMap<string, GeneView> {
  const others = frame.taken.map((one) => one.drug).filter(({ name }) => name !== drug.name)
  const genes = [...new Set(rows.flatMap((row) => row.genes))].sort()
  return new Map(
    genes.map((gene) => {
      const call = frame.input.genes.find((one) => one.gene === gene)
      const conversion = convertGene(gene, call, others, frame.knowledge)
      const lookup = {
        halfFunction: frame.knowledge.halfFunction[gene] ?? [],
        markers: markersOf(gene, rows),
      }
      return [gene, viewGene(gene, call, conversion, lookup)] as const
    }),
  )
}

/** HLA alleles that the rows of a drug name. */
export function markersOf(gene: string, rows: readonly GuidanceRow[]): readonly string[] {
  const values = rows.flatMap((row) => row.keys.map((key) => key[row.genes.indexOf(gene)]))
  return [
    ...new Set(values.flatMap((value) => /^(\*[\d:]+) (?:positive|negative)$/.exec(value ?? '')?.[1] ?? [])),
  ].sort()
}

function applyRow(
  row: GuidanceRow,
  views: ReadonlyMap<string, GeneView>,
  truth: (context: string) => boolean | null,
): readonly Applied[] {
  const says = row.says.filter(({ contexts }) =>
    [...row.population, ...contexts].every((context) => truth(context) !== false),
  )
  if (says.length === 0) return []
  return row.keys.flatMap((key) => {
    const stands = key.map((value, i) => views.get(row.genes[i]!)!.stands(value))
    if (stands.includes('other')) return []
    const open = row.genes.filter((_, i) => stands[i] === 'open')
    return says.map((statement) => ({ row, key, says: statement, open }))
  })
}

const isDiplotype = (value: string): boolean => /^\S.*\/.*\S$/.test(value)

/** Where a guideline speaks of the very diplotype, its row for the phenotype is about other alleles. */
function mostSpecific(applied: readonly Applied[]): readonly Applied[] {
  const named = new Set(
    applied.filter(({ key }) => key.some(isDiplotype)).map(({ row }) => `${row.source.url} ${row.drug}`),
  )
  return applied.filter(
    ({ row, key }) => key.some(isDiplotype) || !named.has(`${row.source.url} ${row.drug}`),
  )
}

function findingOf({ row, says }: Applied, views: ReadonlyMap<string, GeneView>): Finding {
  return {
    kind: 'gene',
    of: row.genes.join(', '),
    text: row.genes.map((gene) => views.get(gene)!.label).join('; '),
    says,
    level: row.level,
    source: row.source,
    gap: null,
    removable: null,
  }
}

/** Rule 8: an unsure phenotype counts for what protects, and for nothing else. */
function isReliable({ of, says }: Finding, views: ReadonlyMap<string, GeneView>): boolean {
  const unsure = of.split(', ').some((gene) => ['possible', 'ambiguous'].includes(views.get(gene)!.certainty))
  return !unsure || rankOf(says.action) >= protectiveFrom
}

/**
 * Rule 7. A gene that is not known and could refuse the drug: test first. One that could only change the dose: what the
 * source itself says of a missing result, else insufficient data. Never the action of the normal genotype.
 */
function withUnknowns(
  findings: readonly Finding[],
  theirs: readonly Applied[],
  open: readonly Applied[],
  views: ReadonlyMap<string, GeneView>,
  rows: readonly GuidanceRow[],
): GeneFindings {
  const added: Finding[] = []
  const gaps: Gap[] = []
  for (const view of views.values()) {
    if (
      view.certainty === 'sure' ||
      (view.certainty === 'possible' && findings.some(({ of }) => of.split(', ').includes(view.gene)))
    )
      continue
    const what = testNames(view, rows)
    const possible =
      view.certainty === 'unknown'
        ? open.filter((one) => one.open.includes(view.gene))
        : rowsOf(view.gene, rows)
    const gap = { what, why: `${view.label}: it can change what is done with ${rows[0]!.drug}` }
    const said = theirs.filter(({ row }) => row.genes.includes(view.gene)).map(({ says }) => says)
    const worst = worstOf(
      possible.filter(({ row, says }) => row.level >= 2 && isWorse(says, said)).map(({ says }) => says),
    )
    const spoken = said.length > 0 && view.certainty === 'unknown'
    if (rarelyTested.includes(view.gene) || (spoken && worst === 'tolerable')) gaps.push(gap)
    else if (worst === 'grave') added.push(unknownFinding('test-first', view, gap))
    else if (spoken || possible.some(({ says }) => rankOf(says.action) >= rankOf('monitor')))
      added.push(unknownFinding('insufficient-data', view, gap))
  }
  return { findings: [...findings, ...added], gaps }
}

const smallestFactor = ({ action, factor }: Statement): number =>
  action === 'reduce-dose' ? (factor?.[1] ?? 1) : 1

/** More protective than everything the source already says of a missing result. */
const isWorse = (one: Statement, said: readonly Statement[]): boolean =>
  said.every(
    (other) =>
      rankOf(one.action) > rankOf(other.action) ||
      (one.action === other.action && smallestFactor(one) < smallestFactor(other)),
  )

/** Nobody is tested for these before a first dose: they are named as missing and hold nothing back. */
const rarelyTested: readonly string[] = ['CYP3A4']

/** What the missing result could mean at worst: the drug refused or a quarter of the dose, half of it, or less than that. */
function worstOf(says: readonly Statement[]): 'grave' | 'serious' | 'tolerable' {
  const least = Math.min(
    ...says.map(({ action, factor }) => (action === 'reduce-dose' ? (factor?.[1] ?? 1) : 1)),
  )
  if (says.some(({ action }) => rankOf(action) >= refusingFrom) || least <= 0.25) return 'grave'
  return least <= 0.5 ? 'serious' : 'tolerable'
}

const rowsOf = (gene: string, rows: readonly GuidanceRow[]): readonly Pick<Applied, 'row' | 'says'>[] =>
  rows.filter((row) => row.genes.includes(gene)).flatMap((row) => row.says.map((says) => ({ row, says })))

function testNames({ gene, stands }: GeneView, rows: readonly GuidanceRow[]): string {
  const open = markersOf(gene, rows).filter((marker) => stands(`${marker} positive`) === 'open')
  return open.length === 0 ? gene : open.map((marker) => `${gene}${marker}`).join(', ')
}

const unknownFinding = (action: 'test-first' | 'insufficient-data', view: GeneView, gap: Gap): Finding => ({
  kind: 'gene',
  of: view.gene,
  text: view.label,
  says: { ...plainStatement(action), test: [gap.what] },
  level: 3,
  source: ruleSource('a missing gene is never normal'),
  gap,
  removable: null,
})
