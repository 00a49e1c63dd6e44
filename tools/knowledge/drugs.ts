import { extraDrugs, synonyms } from './drugReview.ts'
import { byText, readSharedJson, rowsJson } from './rows.ts'

type Named = {
  readonly name?: string
  readonly atc?: readonly string[] | null
  readonly rxnorm?: string | null
}
type DrugRow = { readonly name: string; readonly atc: Set<string>; readonly rxnorm: Set<string> }

/** Every drug that any table names, with its codes, so that a record's drug is recognised in all of them alike. */
export async function makeDrugs(shared: string): Promise<string> {
  const drugs = new Map<string, DrugRow>()
  const add = ({ name, atc, rxnorm }: Named) => {
    if (name === undefined) return
    const key = canonicalName(name)
    const row = drugs.get(key) ?? { name: key, atc: new Set<string>(), rxnorm: new Set<string>() }
    for (const code of atc ?? []) if (/^[A-Z]\d\d[A-Z]{2}\d\d$/.test(code)) row.atc.add(code)
    if (rxnorm) row.rxnorm.add(rxnorm.replace('RxNorm:', ''))
    drugs.set(key, row)
  }
  // The code under which the plan shows a drug comes first.
  for (const [name, atc] of extraDrugs) add({ name, atc: [atc] })
  for (const drug of await collectDrugs(shared)) add(drug)
  const rows = [...drugs.values()]
    .sort((a, b) => byText(a.name, b.name))
    .map((row) => ({
      name: row.name,
      synonyms: Object.entries(synonyms).flatMap(([other, name]) => (name === row.name ? [other] : [])),
      atc: [...row.atc],
      rxnorm: [...row.rxnorm].sort(byText),
    }))
  const head = {
    version: '2026-11-23',
    sources:
      'names and codes from the clinical tables, the CPIC API dump and the guideline annotations; ATC of some drugs from general knowledge',
    licence: 'CC0 1.0 (CPIC); ATC codes: WHO Collaborating Centre',
    madeBy: 'npm run knowledge (tools/knowledge/drugs.ts)',
  }
  return rowsJson(head, { rows })
}

/** The name under which all tables keep a drug. */
export function canonicalName(name: string): string {
  const plain = name.trim().toLowerCase()
  return synonyms[plain] ?? plain
}

async function collectDrugs(shared: string): Promise<Named[]> {
  const clinical = (file: string) =>
    readSharedJson<{ readonly rows: readonly Row[] }>(shared, `clinical/${file}.json`)
  type Row = { readonly drug?: Named; readonly drugs?: readonly Named[]; readonly agent?: Named }
  const files = await Promise.all(['organ-function', 'environment', 'phenoconversion'].map(clinical))
  const rows = files.flatMap(({ rows }) => rows)
  const { indications } = await readSharedJson<{
    readonly indications: readonly { readonly candidates: readonly Named[] }[]
  }>(shared, 'clinical/indications.json')
  type Cpic = { readonly drugname: string; readonly drugid: string }
  const cpic = await readSharedJson<readonly Cpic[]>(
    shared,
    'pgx/recommendations/cpic_api_drugs_2022-09-15.json',
  )
  const guided = await readSharedJson<readonly { readonly drug: string }[]>(
    shared,
    'pgx/recommendations/harvested_from_pharmcat_example_reports.json',
  )
  return [
    ...rows.flatMap(({ drug, drugs, agent }) => [
      ...(drug ? [drug] : []),
      ...(drugs ?? []),
      ...(agent ? [agent] : []),
    ]),
    ...indications.flatMap(({ candidates }) => candidates),
    ...cpic.map(({ drugname, drugid }) => ({ name: drugname, rxnorm: drugid })),
    ...guided.map(({ drug }) => ({ name: drug })),
  ]
}
