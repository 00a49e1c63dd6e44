import { join } from 'node:path'
import { type GenomeKnowledge, parseGenomeKnowledge } from '#genome'
import type { Fault, Result } from '#kernel'
import { readTable } from './readTable.ts'

/** Allele definitions, phenotypes and single changes from `knowledge/genome`. */
export async function readGenomeKnowledge(folder: string): Promise<Result<GenomeKnowledge, Fault>> {
  const [alleles, phenotypes, findings] = await Promise.all([
    readTable(join(folder, 'alleles.json')),
    readTable(join(folder, 'phenotypes.json')),
    readTable(join(folder, 'findings.json')),
  ])
  if (!alleles.ok) return alleles
  if (!phenotypes.ok) return phenotypes
  return findings.ok ? parseGenomeKnowledge(alleles.value, phenotypes.value, findings.value) : findings
}
