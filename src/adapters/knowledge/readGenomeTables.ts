import { join } from 'node:path'
import { type GenomeKnowledge, parseGenomeKnowledge } from '#genome'
import type { Fault, Result } from '#kernel'
import { readTable } from './readTable.ts'

/** Allele definitions and phenotypes from `knowledge/genome`. */
export async function readGenomeKnowledge(folder: string): Promise<Result<GenomeKnowledge, Fault>> {
  const [alleles, phenotypes] = await Promise.all([
    readTable(join(folder, 'alleles.json')),
    readTable(join(folder, 'phenotypes.json')),
  ])
  if (!alleles.ok) return alleles
  return phenotypes.ok ? parseGenomeKnowledge(alleles.value, phenotypes.value) : phenotypes
}
