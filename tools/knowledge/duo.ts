import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { byText } from './rows.ts'
import type { KnowledgeTable } from './table.ts'

const head = `// Made by \`npm run knowledge\` from the terms of the Data Use Ontology. Do not edit.
// Source: duo.csv of the GA4GH Data Use Ontology (EBISPOT/DUO; the table states no version). Licence: CC-BY-4.0.
`

/** Shorthands with their numbers. The first two columns never hold a comma. */
async function makeDuoIds(shared: string): Promise<string> {
  const text = await readFile(join(shared, 'data/consent/duo/duo.csv'), 'utf8')
  const rows = text
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 2))
    .flatMap(([id, shorthand]) => (id && shorthand ? [`  ${shorthand}: '${id}',\n`] : []))
    .sort(byText)
  return `${head}\nexport const duoIds = {\n${rows.join('')}} as const\nexport type DuoShorthand = keyof typeof duoIds\n`
}

export const duoTables: readonly KnowledgeTable[] = [{ path: 'src/vocabulary/duo.made.ts', make: makeDuoIds }]
