import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { byText, readSharedJson, rowsJson } from './rows.ts'
import type { KnowledgeTable } from './table.ts'

/**
 * Changes that are told one by one, beside the named alleles. Of drug metabolism: alleles that the tables of pypgx define by
 * one position, or by two. Of disease and risk: variants whose position and alleles were read in a source, each with the
 * class of consent under which it may be told.
 */
type Row = {
  readonly gene: string
  readonly name: string
  readonly kind: string
  readonly function: string | null
  /** Position, rsid, reference, and the base that a copy must carry. */
  readonly at: readonly (readonly [
    chrom: string,
    pos: number,
    rsid: string | null,
    ref: string,
    base: string,
  ])[]
  readonly from: 'pypgx' | 'prevention'
}

const ofDrugs = ['CYP1A2', 'CYP2C8', 'MTHFR']
const ofRisk = ['ALDH2', 'F2', 'F5', 'HBB']
const folder = 'data/pgx/pypgx-0.26.0-tables'

/** Fields may hold commas between quotation marks; none holds a quotation mark itself. */
async function readCsv(shared: string, file: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const [head = [], ...rows] = (await readFile(join(shared, folder, file), 'utf8'))
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    )
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])))
}

async function drugRows(shared: string): Promise<Row[]> {
  const [alleles, variants] = await Promise.all([
    readCsv(shared, 'allele-table.csv'),
    readCsv(shared, 'variant-table.csv'),
  ])
  const rsids = new Map(variants.map((row) => [`${row['Gene']} ${row['GRCh38Name']}`, row['rsID']!]))
  return alleles
    .filter((row) => ofDrugs.includes(row['Gene']!) && row['GRCh38Core'] !== 'N/A')
    .flatMap((row): Row[] => {
      const gene = row['Gene']!
      const names = row['GRCh38Core']!.split(',')
      if (names.length > 2) return []
      const at = names.map((name) => {
        const [chrom, pos, ref, base] = name.split('-')
        const rsid = rsids.get(`${gene} ${name}`)
        if (rsid === undefined)
          throw new Error(`allele-table.csv: ${gene} ${name} is in no row of variant-table.csv`)
        return [`chr${chrom}`, Number(pos), rsid === 'N/A' ? null : rsid, ref!, base!] as const
      })
      const known = row['Function'] === 'Unknown Function' ? null : row['Function']!.toLowerCase()
      return [{ gene, name: row['StarAllele']!, kind: 'pgx', function: known, at, from: 'pypgx' }]
    })
}

type Variant = {
  readonly gene: string
  readonly variant: string
  readonly rsid: string
  readonly grch38: {
    readonly chrom: string
    readonly pos: number
    readonly ref: string
    readonly alt: string
  }
  readonly consentClass: string
  readonly confidence: string
}
type Prevention = { readonly version: string; readonly variants: readonly Variant[] }

function riskRows({ variants }: Prevention): Row[] {
  const sure = variants.filter(({ confidence }) => confidence === 'source-seen')
  const toRow = ({ gene, variant, rsid, grch38, consentClass }: Variant): Row => ({
    gene,
    name: variant,
    kind: consentClass,
    function: null,
    at: [[`chr${grch38.chrom}`, grch38.pos, rsid, grch38.ref, grch38.alt]],
    from: 'prevention',
  })
  return [...sure.filter(({ gene }) => ofRisk.includes(gene)).map(toRow), ...apoeRows(sure)]
}

/** e4 is rs429358 C with rs7412 C, e2 is rs7412 T (prevention.json): on a copy with the reference at the other, as pypgx defines E2. */
function apoeRows(sure: readonly Variant[]): Row[] {
  const [first, second] = ['rs429358', 'rs7412'].map((rsid) => sure.find((one) => one.rsid === rsid)!)
  const place = ({ grch38: { chrom, pos, ref }, rsid }: Variant, base: string) =>
    [`chr${chrom}`, pos, rsid, ref, base] as const
  const both = { kind: first!.consentClass, function: null } as const
  return [
    {
      gene: 'APOE',
      name: 'e2',
      ...both,
      at: [place(first!, first!.grch38.ref), place(second!, second!.grch38.alt)],
      from: 'prevention',
    },
    {
      gene: 'APOE',
      name: 'e4',
      ...both,
      at: [place(first!, first!.grch38.alt), place(second!, second!.grch38.ref)],
      from: 'prevention',
    },
  ]
}

async function makeFindings(shared: string): Promise<string> {
  const prevention = await readSharedJson<Prevention>(shared, 'clinical/prevention.json')
  const rows = [...(await drugRows(shared)), ...riskRows(prevention)]
  const order = ({ gene, name }: Row) =>
    `${gene} ${name.replace(/\d+/g, (digits) => digits.padStart(6, '0'))}`
  return rowsJson(
    {
      source: `pypgx 0.26.0 (fa6b9f70747b), allele-table.csv and variant-table.csv; clinical facts of Habeas, prevention.json ${prevention.version}, rows whose position was read in a source`,
      licence: 'pypgx MIT; positions and alleles are facts of dbSNP and ClinVar',
      madeBy: 'npm run knowledge',
      version: `pypgx-0.26.0, prevention-${prevention.version}`,
      assembly: 'GRCh38',
    },
    { findings: rows.toSorted((a, b) => byText(order(a), order(b))) },
  )
}

export const findingsTable: KnowledgeTable = { path: 'knowledge/genome/findings.json', make: makeFindings }
