import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml'
import type { KnowledgeTable } from './table.ts'

type Facts = {
  readonly id: string
  readonly jurisdiction: string
  readonly article: string
  readonly verified: string
  readonly source: string
  readonly effectiveFromArticle?: string
  readonly instrument: Readonly<Record<(typeof instrumentMembers)[number], string | null>>
}

const folder = 'knowledge/law'
const instrumentMembers = [
  'id',
  'titleZh',
  'titleEn',
  'rank',
  'issuer',
  'promulgated',
  'effectiveFrom',
  'effectiveTo',
] as const

/** Facts of the source come first in each norm, then our wording and rule, whatever order they were written in. */
const normOrder = [
  'id',
  'article',
  'verified',
  'source',
  'effectiveFrom',
  'effectiveTo',
  'en',
  'zh',
  'effect',
]

/** Rules are ours, facts are the source's: the committed rules with the facts written afresh around them. */
async function remake(path: string, shared: string): Promise<string> {
  const facts = JSON.parse(await readFile(join(shared, 'law/norms.json'), 'utf8')) as readonly Facts[]
  const document = parseDocument(await readFile(path, 'utf8'))
  const norms = document.get('norms')
  if (!isSeq(norms)) return print(document)
  for (const norm of norms.items as YAMLMap[]) refreshNorm(norm, factsOf(norm, facts))
  const instrument = document.get('instrument') as YAMLMap
  refreshInstrument(instrument, factsOf(norms.items[0] as YAMLMap, facts))
  return print(document)
}

const print = (document: Document): string => document.toString({ lineWidth: 0, flowCollectionPadding: true })

function factsOf(norm: YAMLMap, all: readonly Facts[]): Facts {
  const found = all.find(({ id }) => id === norm.get('id'))
  if (found === undefined) throw new Error(`no norm ${String(norm.get('id'))} in the reference norms`)
  return found
}

function refreshNorm(norm: YAMLMap, { article, verified, source, effectiveFromArticle }: Facts): void {
  norm.set('article', article)
  norm.set('verified', verified)
  norm.set('source', source)
  if (effectiveFromArticle !== undefined) norm.set('effectiveFrom', effectiveFromArticle)
  sort(norm, normOrder)
}

function refreshInstrument(node: YAMLMap, { instrument, jurisdiction }: Facts): void {
  for (const member of instrumentMembers) node.set(member, instrument[member])
  node.set('jurisdiction', jurisdiction)
  sort(node, ['id', 'jurisdiction', ...instrumentMembers])
}

function sort(map: YAMLMap, order: readonly string[]): void {
  const place = (key: unknown) => {
    const index = order.indexOf(String((key as { value?: unknown })?.value ?? key))
    return index < 0 ? order.length : index
  }
  map.items.sort((a, b) => place(a.key) - place(b.key))
  if (!isMap(map)) throw new Error('not a map')
}

/** One per instrument and the base itself, which has no facts and must only keep its layout. */
export const normTables: readonly KnowledgeTable[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => ({ path: `${folder}/${name}`, make: (shared) => remake(`${folder}/${name}`, shared) }))
