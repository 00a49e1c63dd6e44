import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KnowledgeTable } from './table.ts'

/** Called from the file. CYP2D6 is not among them: copy numbers and hybrids cannot be read from its positions. */
const genes = [
  'CYP2C19',
  'CYP2C9',
  'VKORC1',
  'SLCO1B1',
  'DPYD',
  'TPMT',
  'NUDT15',
  'ABCG2',
  'CACNA1S',
  'CFTR',
  'CYP2B6',
  'CYP3A4',
  'CYP3A5',
  'CYP4F2',
  'G6PD',
  'IFNL3',
  'NAT2',
  'RYR1',
  'UGT1A1',
] as const

/** File of each gene's phenotypes; CYP4F2 has none, CYP2D6 and MT-RNR1 are known from outside calls only. */
const phenotypeFiles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(genes.filter((gene) => gene !== 'CYP4F2').map((gene) => [gene, gene])),
  G6PD: 'G6PD_20230808.OLDER',
  RYR1: 'RYR1_20231219.OLDER',
  CYP2D6: 'CYP2D6_20240827.OLDER',
  'MT-RNR1': 'MT_RNR1',
}

/** Day of an older map whose version is no date, from the name of its file. */
const dayOf = (file: string): string | null =>
  /_(\d{4})(\d{2})(\d{2})\.OLDER$/.exec(file)?.slice(1).join('-') ?? null

/** How the field prints an allele whose name is a sentence (README of the data). */
const printedAs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CFTR: { 'ivacaftor non-responsive CFTR sequence': 'Reference' },
}

/** Genes whose copies carry any number of listed variants, the lowest function deciding (CPIC for DPYD and RYR1). */
const byVariants: readonly string[] = ['DPYD', 'RYR1']

/**
 * The matcher's documentation lists the genes whose alternative bases outside every definition count as reference,
 * because their defined variants are about toxicity (NamedAlleleMatcher 101, "Undocumented Variations").
 */
const undocumentedIsReference: readonly string[] = ['CACNA1S', 'DPYD', 'G6PD', 'NUDT15', 'RYR1', 'TPMT']

/**
 * AMP lists no tier 1 for SLCO1B1. CPIC's guidance rests on rs4149056, and the lookup falls back to it alone, so a call
 * without it is no more certain than one of another gene without its tier 1.
 */
const decisive: Readonly<Record<string, readonly number[]>> = { SLCO1B1: [21178615] }

type Variant = {
  readonly chromosome: string
  readonly position: number
  readonly rsid: string | null
  readonly ref: string
  readonly alts: readonly string[]
}
type Definition = {
  readonly version: string
  readonly variants: readonly Variant[]
  readonly namedAlleles: readonly {
    readonly name: string
    readonly alleles: readonly (string | null)[]
    readonly reference: boolean
  }[]
  readonly suballelesMap: Readonly<Record<string, string>>
}
type Exemption = {
  readonly requiredPositions: readonly number[]
  readonly ignoredPositions: readonly Variant[]
  readonly extraPositions: readonly Variant[]
  readonly ignoredAlleles: readonly string[]
  readonly amp1Positions: readonly number[]
  readonly unphasedDiplotypePriorities: readonly { readonly list: readonly string[]; readonly pick: string }[]
}
type PhenotypeMap = {
  readonly version: string
  readonly haplotypes: Readonly<Record<string, string>>
  readonly activityValues?: Readonly<Record<string, string>>
  readonly diplotypes: readonly {
    readonly diplotypekey: Readonly<Record<string, number>>
    readonly generesult: string
    readonly phenotype?: string
    readonly activityScore?: string | null
  }[]
}

const header = {
  source:
    'ClinPGx allele definitions and CPIC phenotype assignments as published with PharmCAT 3.1.1 (clinpgx.org, 2025-11-19)',
  licence: 'CPIC content CC0-1.0; PharmCAT files MPL-2.0',
  madeBy: 'npm run knowledge',
}

/** IUPAC ambiguity codes: a definition that carries one accepts each of these bases. */
const iupac: Readonly<Record<string, string>> = {
  R: 'A/G',
  Y: 'C/T',
  S: 'C/G',
  W: 'A/T',
  K: 'G/T',
  M: 'A/C',
  B: 'C/G/T',
  D: 'A/G/T',
  H: 'A/C/T',
  V: 'A/C/G',
}

const read = async <T>(shared: string, path: string): Promise<T> =>
  JSON.parse(await readFile(join(shared, 'data/pgx', path), 'utf8')) as T

const toRow = ({ position, rsid, ref, alts }: Variant) => [position, rsid, ref, ...alts] as const

/** Position → accepted alleles; positions that the allele leaves open are absent (the reference holds there). */
function definesOf(
  variants: readonly Variant[],
  alleles: readonly (string | null)[],
): Record<string, string> {
  const defined = alleles.flatMap((allele, i) =>
    allele === null ? [] : [[variants[i]!.position, iupac[allele] ?? allele] as const],
  )
  return Object.fromEntries(defined)
}

function makeGene(gene: string, definition: Definition, exemption: Exemption | undefined) {
  const isIgnored = ({ position, ref, alts }: Variant) =>
    exemption?.ignoredPositions.some(
      (each) => each.position === position && each.ref === ref && each.alts.join() === alts.join(),
    )
  if (definition.variants.some(isIgnored)) throw new Error(`${gene}: the definition has an ignored position`)
  const chroms = new Set(definition.variants.map(({ chromosome }) => chromosome))
  if (chroms.size !== 1) throw new Error(`${gene}: positions on several chromosomes`)
  const reference = definition.namedAlleles.filter(({ reference }) => reference)
  const refs = definition.variants.map(({ ref }) => ref)
  if (reference.length !== 1 || reference[0]!.alleles.some((allele, i) => allele !== refs[i]))
    throw new Error(`${gene}: the reference allele is not the reference genome`)
  const named = definition.namedAlleles.filter(
    ({ name, reference }) => !reference && !exemption?.ignoredAlleles.includes(name),
  )
  return {
    chrom: [...chroms][0]!,
    reference: reference[0]!.name,
    positions: definition.variants.map(toRow),
    alleles: Object.fromEntries(
      named.map(({ name, alleles }) => [name, definesOf(definition.variants, alleles)]),
    ),
    reportedAs: definition.suballelesMap,
    printedAs: printedAs[gene] ?? {},
    priorities: exemption?.unphasedDiplotypePriorities.map(({ list, pick }) => [pick, ...list]) ?? [],
    byVariants: byVariants.includes(gene),
    extra: exemption?.extraPositions.map(toRow) ?? [],
    required: exemption?.requiredPositions ?? [],
    tier1: [...(exemption?.amp1Positions ?? []), ...(decisive[gene] ?? [])],
    undocumentedIsReference: undocumentedIsReference.includes(gene),
  }
}

async function makeAlleles(shared: string): Promise<string> {
  const exemptions = await read<Record<string, Exemption>>(shared, 'allele-definitions/exemptions.json')
  const entries: (readonly [string, ReturnType<typeof makeGene>])[] = []
  const versions = new Set<string>()
  for (const gene of genes) {
    const definition = await read<Definition>(shared, `allele-definitions/${gene}_translation.json`)
    versions.add(definition.version)
    entries.push([gene, makeGene(gene, definition, exemptions[gene])])
  }
  return print({
    ...header,
    version: onlyOf(versions),
    assembly: 'GRCh38',
    genes: Object.fromEntries(entries),
  })
}

/** What the phenotype of a pair depends on: the activity value where the gene is scored, else the function. */
const keyOf = (map: PhenotypeMap, allele: string): string =>
  map.activityValues?.[allele] ?? map.haplotypes[allele] ?? 'unknown'

/** The whole map as a function of the two keys; throws when it is not one, for then the compact form would lie. */
function makePairs(gene: string, map: PhenotypeMap) {
  const pairs: Record<string, readonly [phenotype: string, score: number | string | null]> = {}
  for (const { diplotypekey, generesult, phenotype = generesult, activityScore = null } of map.diplotypes) {
    const names = Object.entries(diplotypekey).flatMap(([name, count]) => Array<string>(count).fill(name))
    const key = names
      .map((name) => keyOf(map, name))
      .sort()
      .join(' + ')
    const score = scoreOf(activityScore)
    const known = pairs[key]
    if (known && (known[0] !== phenotype || known[1] !== score))
      throw new Error(`${gene}: ${names.join('/')} is not what its functions give`)
    pairs[key] = [phenotype, score]
  }
  return Object.fromEntries(Object.entries(pairs).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** `≥3.0` stays text: a lower bound is no number. */
const scoreOf = (score: string | null): number | string | null =>
  score === null || score === 'n/a' ? null : Number.isNaN(Number(score)) ? score : Number(score)

async function makePhenotypes(shared: string): Promise<string> {
  const entries: (readonly [string, unknown])[] = []
  const versions = new Set<string>()
  for (const [gene, file] of Object.entries(phenotypeFiles)) {
    const map = inCommas(await read<PhenotypeMap>(shared, `phenotype-maps/${file}.json`))
    const older = dayOf(file)
    if (older === null) versions.add(map.version)
    const alleles = Object.entries(map.haplotypes).map(([name, fn]) => {
      const value = map.activityValues?.[name]
      return [name, value === undefined ? [fn] : [fn, value]] as const
    })
    entries.push([gene, { older, alleles: Object.fromEntries(alleles), pairs: makePairs(gene, map) }])
  }
  const markers = await readMarkers(shared)
  return print({ ...header, version: onlyOf(versions), markers, genes: Object.fromEntries(entries) })
}

/** Two variants of one name are joined by a slash in older maps and by a comma in the definitions. */
function inCommas(map: PhenotypeMap): PhenotypeMap {
  const renamed = (name: string) => name.replaceAll('/', ', ')
  const rename = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [renamed(name), value]))
  return {
    ...map,
    haplotypes: rename(map.haplotypes),
    diplotypes: map.diplotypes.map((each) => ({ ...each, diplotypekey: rename(each.diplotypekey) })),
  }
}

/** The HLA alleles that guidance asks for one by one; of no other allele is a finding said. */
async function readMarkers(shared: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const text = await readFile(join(shared, 'data/pgx/phenotype-maps/phenotypes.tsv'), 'utf8')
  const rows = text.split('\n').map((line) => line.split('\t'))
  return Object.fromEntries(
    rows.flatMap(([gene = '', names = '']) => (gene.startsWith('HLA-') ? [[gene, names.split(';')]] : [])),
  )
}

function onlyOf(versions: ReadonlySet<string>): string {
  if (versions.size !== 1) throw new Error(`source files of several versions: ${[...versions].join(', ')}`)
  return [...versions][0]!
}

/** One line for each allele, position or pair: compact, and a change of one of them is a change of one line. */
function print(value: unknown, depth = 0): string {
  const isLeaf =
    typeof value !== 'object' ||
    value === null ||
    depth === 4 ||
    (Array.isArray(value) && !value.some((item) => typeof item === 'object'))
  if (isLeaf) return JSON.stringify(value) + (depth === 0 ? '\n' : '')
  const indent = '\n'.padEnd(depth + 2)
  const items = Array.isArray(value)
    ? value.map((item) => indent + print(item, depth + 1))
    : Object.entries(value).map(([key, item]) => `${indent}${JSON.stringify(key)}: ${print(item, depth + 1)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (items.length === 0) return `${open}${close}`
  return `${open}${items.join(',')}${'\n'.padEnd(depth + 1)}${close}${depth === 0 ? '\n' : ''}`
}

export const allelesTable: KnowledgeTable = { path: 'knowledge/genome/alleles.json', make: makeAlleles }
export const phenotypesTable: KnowledgeTable = {
  path: 'knowledge/genome/phenotypes.json',
  make: makePhenotypes,
}
