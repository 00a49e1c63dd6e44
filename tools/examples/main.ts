// npm run examples            writes examples/*: four invented cases with synthetic genomes
// npm run examples -- --check writes nothing; fails if the committed ones differ
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expectOk } from '#kernel'
import { readGenomeKnowledge } from '../../src/adapters/knowledge/readGenomeTables.ts'
import { examples } from './cases.ts'
import { syntheticGenome } from './genomes.ts'

const knowledge = expectOk(await readGenomeKnowledge('knowledge/genome'))
const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`
const check = process.argv.includes('--check')

for (const { folder, alleles, caseFile, clinical, environment } of examples) {
  const files: Record<string, string> = {
    'case.json': json(caseFile),
    'clinical.json': json(clinical),
    'environment.json': json(environment),
    'genome.vcf': syntheticGenome(knowledge, { sample: `${folder}-sample`, alleles }),
  }
  for (const [name, text] of Object.entries(files)) {
    const path = `examples/${folder}/${name}`
    const same = text === (await readFile(path, 'utf8').catch(() => undefined))
    if (same) continue
    console.log(`${check ? 'DIFFERENT' : 'written'} ${path}`)
    if (check) process.exitCode = 1
    else {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }
  }
}
