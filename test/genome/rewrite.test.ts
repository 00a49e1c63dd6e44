import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { callText, skip } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { writeRaw } from './rewrite.ts'
import { randomFrom, readSource, type SourceGene, strandOf, writeVcf } from './source.ts'

const runs = Number(process.env['HABEAS_RAW'] ?? 60)

/** Two named alleles, drawn, as genotypes at every position. */
function draw(source: SourceGene, below: (n: number) => number) {
  const pick = () => source.namedAlleles[below(source.namedAlleles.length)]!
  const strands = [strandOf(source, pick(), below), strandOf(source, pick(), below)] as const
  return source.variants.map((_, i) => [strands[0][i]!, strands[1][i]!] as const)
}

describe('raw forms of the same genotypes give the same call', { skip }, () => {
  for (const { gene } of knowledge.genes)
    test(`${gene}: split, trimmed, padded, moved, as blocks`, () => {
      const source = readSource(gene)
      fc.assert(
        fc.property(fc.nat(), fc.boolean(), fc.boolean(), (seed, phased, blocks) => {
          const below = randomFrom(seed)
          const genotypes = draw(source, below)
          const plain = callText(writeVcf(source, genotypes, phased), gene)
          const raw = writeRaw(source, genotypes, { phased, blocks }, below)
          const call = callText(raw, gene)
          const facts = ({ status, diplotypes, phenotypes, missing, warnings }: typeof call) => ({
            status,
            diplotypes,
            phenotypes,
            missing,
            codes: warnings.map(({ code }) => code),
          })
          assert.deepEqual(facts(call), facts(plain), raw)
        }),
        { numRuns: runs },
      )
    })
})
