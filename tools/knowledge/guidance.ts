import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDrugs } from './drugs.ts'
import { byText, readSharedJson, rowsJson } from './rows.ts'
import { parseStatements, type StatementRow } from './statement.ts'
import type { KnowledgeTable } from './table.ts'

const annotations = 'pgx/recommendations/clinpgx-2024-05-29'
const newer = 'pgx/recommendations/harvested_from_pharmcat_example_reports.json'
const cpicDump = 'pgx/recommendations/cpic_api_drugs_2022-09-15.json'
const reviewFile = new URL('./guidance-actions.tsv', import.meta.url)

type Key = { readonly [gene: string]: string }
type Body = 'CPIC' | 'DPWG' | 'FDA label' | 'FDA table'

/** One recommendation of a source as a fact: for whom, how strong, and the reviewed action codes. */
type Recommendation = {
  readonly guideline: string
  readonly body: Body
  readonly name: string
  readonly url: string
  readonly published: string
  readonly drug: string
  readonly population: readonly string[]
  readonly classification: string
  readonly key: Key
  readonly code: string
}

/** Text of a recommendation without markup and without its further considerations, only to recognise it again. */
const digestOf = (html: string): string => {
  const text = (html.split('<h4')[0] ?? '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

type Review = (drug: string, html: string, fda: boolean) => string

/** Fails on a recommendation that nobody has reviewed: a new text is never guessed at. */
async function readReview(): Promise<Review> {
  const codes = new Map<string, string>()
  for (const line of (await readFile(reviewFile, 'utf8')).split('\n')) {
    const [key = '', code] = line.split('\t')
    if (code !== undefined && !key.startsWith('#')) codes.set(key, code)
  }
  return (drug, html, fda) => {
    const key = fda ? `${drug}:${digestOf(html)}` : digestOf(html)
    const code = codes.get(key)
    if (code === undefined) throw new Error(`${drug}: recommendation ${key} is not in guidance-actions.tsv`)
    return code
  }
}

const populations: { readonly [name: string]: readonly string[] } = {
  'CVI ACS PCI': ['acs-pci'],
  'CVI non-ACS non-PCI': ['cardiovascular-other'],
  NVI: ['neurovascular'],
  'CBZ naive': ['naive'],
  'PHT naive': ['naive'],
  'OXC naive': ['naive'],
  'CBZ use >3mos': ['over-3-months'],
  'PHT use >3mos': ['over-3-months'],
  'OXC use >3 mos': ['over-3-months'],
  'CBZ-no alternatives': ['no-alternatives'],
  adults: ['adult'],
  pediatrics: ['child'],
  'child >40kg_adult': ['over-40-kg'],
  general: [],
  'n/a': [],
}

function contextsOf(population: string | null | undefined): readonly string[] {
  if (population == null || /^(Affected subgroup|HLA-|Pediatrics;)/.test(population)) return []
  const contexts = populations[population]
  if (contexts === undefined) throw new Error(`population "${population}" is not known`)
  return contexts
}

type RawKey = { readonly [gene: string]: string | null | { readonly [allele: string]: number } }

/** Alleles as a lookup key become a sorted diplotype, `*1/*3`; a gene without a value is left out. */
const keyOf = (raw: RawKey): Key =>
  Object.fromEntries(
    Object.entries(raw)
      .filter(([, value]) => value !== null)
      .map(([gene, value]) => [gene, typeof value === 'string' ? value : diplotypeOf(value!)] as const)
      .sort(([a], [b]) => byText(a, b)),
  )

const diplotypeOf = (alleles: { readonly [allele: string]: number }): string =>
  Object.entries(alleles)
    .flatMap(([allele, copies]) => Array.from({ length: copies }, () => allele))
    .sort(byText)
    .join('/')

type AnnotationFile = {
  readonly guideline: {
    readonly id: string
    readonly name: string
    readonly source: 'CPIC' | 'DPWG'
    readonly url: string
  }
  readonly recommendations: readonly {
    readonly population?: string | null
    readonly classification?: { readonly term: string } | null
    readonly relatedChemicals: readonly { readonly name: string }[]
    readonly text?: { readonly html: string } | null
    readonly lookupKey?: RawKey | null
  }[]
}

async function readAnnotations(shared: string, review: Review): Promise<Recommendation[]> {
  const files = (await readdir(join(shared, 'data', annotations))).sort(byText)
  const all: Recommendation[] = []
  for (const file of files) {
    const { guideline, recommendations } = await readSharedJson<AnnotationFile>(
      shared,
      `${annotations}/${file}`,
    )
    for (const row of recommendations) {
      for (const { name: drug } of row.relatedChemicals) {
        all.push({
          guideline: guideline.id,
          body: guideline.source,
          name: guideline.name,
          url: guideline.url,
          published: '2024-05-29',
          drug,
          population: contextsOf(row.population),
          classification: row.classification?.term ?? 'N/A',
          key: keyOf(row.lookupKey ?? {}),
          code: review(drug, row.text?.html ?? '', false),
        })
      }
    }
  }
  return all
}

type Harvested = {
  readonly source: string
  readonly drug: string
  readonly guidelineId: string
  readonly guideline: string
  readonly url: string
  readonly lookupKey: RawKey | readonly RawKey[]
  readonly population: string | null
  readonly classification: string | null
  readonly recommendation: string | null
  readonly dataVersion: string
}

const bodies: { readonly [source: string]: Body } = {
  'CPIC Guideline Annotation': 'CPIC',
  'DPWG Guideline Annotation': 'DPWG',
  'FDA Label Annotation': 'FDA label',
  'FDA PGx Association': 'FDA table',
}

async function readNewer(shared: string, review: Review): Promise<Recommendation[]> {
  const rows = await readSharedJson<readonly Harvested[]>(shared, newer)
  return rows.flatMap((row) => {
    const body = bodies[row.source]!
    const fda = body === 'FDA label' || body === 'FDA table'
    const keys = 'map' in row.lookupKey ? (row.lookupKey as readonly RawKey[]) : [row.lookupKey as RawKey]
    const common = {
      guideline: row.guidelineId,
      body,
      name: row.guideline,
      url: row.url,
      published: row.dataVersion.slice(0, 10),
      drug: row.drug,
      population: contextsOf(row.population),
      classification: row.classification ?? 'N/A',
      code: review(row.drug, row.recommendation ?? '', fda),
    }
    return keys.flatMap((key) => subgroupKeys(keyOf(key), row.population).map((key) => ({ ...common, key })))
  })
}

/** FDA's table names the subgroup in words: one row there stands for several phenotypes. */
function subgroupKeys(key: Key, population: string | null): readonly Key[] {
  const [, gene, words] = /Affected subgroup: (\w+) (.+) metabolizers$/.exec(population ?? '') ?? []
  if (gene === undefined || words === undefined || !(gene in key)) return [key]
  const names = ['ultrarapid', 'rapid', 'normal', 'intermediate', 'poor'].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(words),
  )
  return names.map((name) => ({ ...key, [gene]: `${name[0]!.toUpperCase()}${name.slice(1)} Metabolizer` }))
}

/** A newer reading of the same guideline for the same genotype replaces the older one. */
function withoutSuperseded(rows: readonly Recommendation[]): Recommendation[] {
  const latest = new Map<string, Recommendation>()
  for (const row of rows) {
    const identity = JSON.stringify([row.guideline, row.body, row.drug, row.population, row.key])
    const known = latest.get(identity)
    if (known === undefined || row.published > known.published) latest.set(identity, row)
  }
  return [...latest.values()].filter(({ code }) => code !== 'silent' && code !== 'skip')
}

const cpicLevels: { readonly [term: string]: number } = { Strong: 3, Moderate: 2, Optional: 1 }

/** Levels of actions.md section 2. DPWG and FDA grade by what they ask for. */
function levelOf({ body, classification, name }: Recommendation, { action }: StatementRow): number {
  if (body === 'CPIC') return cpicLevels[classification] ?? 0
  if (body === 'DPWG')
    return action === 'standard' ? 1 : action === 'monitor' ? 2 : action === 'no-guidance' ? 0 : 3
  if (body === 'FDA table')
    return /Management Recommendations/.test(name) ? 3 : /Safety or Response/.test(name) ? 2 : 1
  return action === 'contraindicated' ? 3 : action === 'monitor' ? 1 : 2
}

type CpicDrug = {
  readonly guidelinepharmgkbids: readonly string[]
  readonly citations: readonly ({ readonly year: number } | null)[]
}

async function readYears(shared: string): Promise<Map<string, number>> {
  const years = new Map<string, number>()
  for (const drug of await readSharedJson<readonly CpicDrug[]>(shared, cpicDump)) {
    const cited = drug.citations.flatMap((citation) => (citation ? [citation.year] : []))
    if (cited.length > 0) for (const id of drug.guidelinepharmgkbids) years.set(id, Math.max(...cited))
  }
  return years
}

/** Renewed in 2023, after the dump with the citations (2022-09). */
const isCpicSsri = (name: string): boolean =>
  /(citalopram|sertraline|paroxetine|fluvoxamine|venlafaxine|vortioxetine)/.test(name)

function guidelineRow(row: Recommendation, years: ReadonlyMap<string, number>) {
  const [, about = row.name] =
    /^Annotation of (?:CPIC Guideline|DPWG Guideline|FDA Label) for (.+)$/.exec(row.name) ?? []
  const [, subject = about] = /\]: (.+)$/.exec(about) ?? []
  const ownYear = row.body === 'CPIC' ? (isCpicSsri(row.name) ? 2023 : years.get(row.guideline)) : undefined
  const kind = {
    CPIC: 'guideline',
    DPWG: 'guideline',
    'FDA label': 'label',
    'FDA table': 'table of associations',
  }[row.body]
  return {
    id: row.guideline,
    body: row.body.slice(0, 4).trim(),
    title: `${row.body.slice(0, 4).trim()} ${kind}: ${subject} (ClinPGx ${row.published})`,
    year: ownYear ?? Number(row.published.slice(0, 4)),
    url: row.url,
  }
}

type GuidanceRow = {
  readonly guideline: string
  readonly drug: string
  readonly population?: readonly string[]
  readonly level: number
  readonly says: readonly StatementRow[]
  readonly genes: readonly string[]
  readonly keys: readonly (readonly string[])[]
}

/** Genotypes for which one guideline says the same of the same drug stand in one row. */
function groupRows(rows: readonly Recommendation[]): GuidanceRow[] {
  const groups = new Map<string, { readonly row: Omit<GuidanceRow, 'keys'>; readonly keys: string[][] }>()
  for (const one of rows) {
    const says = parseStatements(one.code)
    const genes = Object.keys(one.key)
    const row = {
      guideline: one.guideline,
      drug: one.drug,
      ...(one.population.length > 0 ? { population: one.population } : {}),
      level: Math.max(...says.map((statement) => levelOf(one, statement))),
      says,
      genes,
    }
    const identity = JSON.stringify(row)
    const group = groups.get(identity) ?? { row, keys: [] }
    group.keys.push(genes.map((gene) => one.key[gene]!))
    groups.set(identity, group)
  }
  return [...groups.values()]
    .map(({ row, keys }) => ({ ...row, keys: keys.sort((a, b) => byText(a.join(), b.join())) }))
    .sort((a, b) =>
      byText(a.drug + a.guideline + JSON.stringify(a), b.drug + b.guideline + JSON.stringify(b)),
    )
}

async function makeRecommendations(shared: string): Promise<string> {
  const review = await readReview()
  const all = [...(await readAnnotations(shared, review)), ...(await readNewer(shared, review))]
  const rows = withoutSuperseded(all.filter(({ key }) => Object.keys(key).length > 0))
  const years = await readYears(shared)
  const guidelines = new Map(rows.map((row) => [row.guideline, guidelineRow(row, years)]))
  const head = {
    version: '2025-11-05',
    sources:
      'CPIC (CC0), DPWG and FDA as annotated by ClinPGx, 2024-05-29 and newer; facts and reviewed action codes only',
    licence: 'CPIC content CC0 1.0; ClinPGx annotations CC BY-SA 4.0',
    madeBy: 'npm run knowledge (tools/knowledge/guidance.ts with guidance-actions.tsv)',
    halfFunction: { DPYD: await halfFunctionAlleles(shared) },
  }
  return rowsJson(head, {
    guidelines: [...guidelines.values()].sort((a, b) => byText(a.id, b.id)),
    rows: groupRows(rows),
  })
}

/** DPWG tells an activity score of 1 made of two halves from one made of a whole and nothing. */
async function halfFunctionAlleles(shared: string): Promise<string[]> {
  const map = await readSharedJson<{ readonly haplotypes: { readonly [allele: string]: string } }>(
    shared,
    'pgx/phenotype-maps/DPYD.json',
  )
  return Object.entries(map.haplotypes).flatMap(([allele, value]) => (value === '0.5' ? [allele] : []))
}

export const guidanceTables: readonly KnowledgeTable[] = [
  { path: 'knowledge/guidance/recommendations.json', make: makeRecommendations },
  { path: 'knowledge/guidance/drugs.json', make: makeDrugs },
]
