import { readFileSync } from 'node:fs'
import { type GenomeKnowledge, parseGenomeKnowledge } from '#genome'
import { expectOk, parseJson } from '#kernel'

const table = (name: string) =>
  expectOk(parseJson(readFileSync(`knowledge/genome/${name}`, 'utf8'), `knowledge/genome/${name}`))

/** The committed tables. */
export const knowledge: GenomeKnowledge = expectOk(
  parseGenomeKnowledge(table('alleles.json'), table('phenotypes.json'), table('findings.json')),
)
