// npm run knowledge            writes every table from the facts in $HABEAS_SHARED (default ../shared)
// npm run knowledge -- --check writes nothing; fails, naming them, if committed tables differ from what it would make
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { allelesTable, phenotypesTable } from './alleles.ts'
import { clinicalTables } from './clinical.ts'
import { duoTables } from './duo.ts'
import { findingsTable } from './findings.ts'
import { guidanceTables } from './guidance.ts'
import { normTables } from './norms.ts'
import type { KnowledgeTable } from './table.ts'
import { vocabularyTables } from './vocabulary.ts'

const tables: readonly KnowledgeTable[] = [
  ...vocabularyTables,
  ...duoTables,
  allelesTable,
  phenotypesTable,
  findingsTable,
  ...normTables,
  ...guidanceTables,
  ...clinicalTables,
]

const shared = process.env.HABEAS_SHARED ?? '../shared'
const check = process.argv.includes('--check')
let differing = 0
for (const { path, make } of tables) {
  const made = await make(shared)
  const committed = await readFile(path, 'utf8').catch(() => undefined)
  const same = made === committed
  if (!same) differing += 1
  if (!same && !check) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, made)
  }
  console.log(`${same ? 'same     ' : check ? 'DIFFERENT' : 'written  '} ${path} (${made.length} bytes)`)
}
if (check && differing > 0) {
  console.error(`${differing} of ${tables.length} tables are not what the command makes`)
  process.exitCode = 1
}
