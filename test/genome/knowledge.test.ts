import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseGenomeKnowledge } from '#genome'
import { phenotypeOf } from '../../src/genome/phenotype.ts'
import { skip, textOf } from './facts.ts'
import { knowledge } from './knowledge.ts'

type Source = {
  readonly diplotypes: readonly {
    readonly diplotypekey: Readonly<Record<string, number>>
    readonly phenotype: string
    readonly activityScore: string | null
  }[]
  readonly haplotypes: Readonly<Record<string, string>>
}

describe('tables of the genome', () => {
  for (const { gene } of knowledge.genes) {
    test(`${gene}: the compact phenotypes expand to every row of the source, and to no other`, {
      skip,
    }, () => {
      const source = JSON.parse(textOf(`phenotype-maps/${gene}.json`)) as Source
      const seen = new Set<string>()
      for (const { diplotypekey, phenotype, activityScore } of source.diplotypes) {
        const names = Object.entries(diplotypekey).flatMap(([name, count]) => Array<string>(count).fill(name))
        const [a, b] = names as [string, string]
        seen.add([a, b].sort().join('/'))
        const found = phenotypeOf(knowledge, gene, [a, b])
        const score = activityScore === null || activityScore === 'n/a' ? null : Number(activityScore)
        assert.deepEqual(found, { phenotype, activityScore: score }, `${a}/${b}`)
        assert.deepEqual(phenotypeOf(knowledge, gene, [b, a]), found)
      }
      const count = Object.keys(source.haplotypes).length
      assert.equal(seen.size, (count * (count + 1)) / 2)
      assert.deepEqual(
        [...knowledge.phenotypes.get(gene)!.functions].map(([name, { function: words }]) => [name, words]),
        Object.entries(source.haplotypes),
      )
    })
  }

  test('every defined base is one that the position knows', () => {
    for (const { positions, alleles } of knowledge.genes) {
      const byKey = new Map(positions.map((position) => [position.key, position]))
      assert.equal(byKey.size, positions.length)
      for (const { name, accepts } of alleles) {
        assert.ok(accepts.size > 0, name)
        for (const [key, bases] of accepts) {
          const { ref, alts } = byKey.get(key)!
          assert.deepEqual(
            bases.filter((each) => each !== ref && !alts.includes(each)),
            [],
            `${name} ${key}`,
          )
        }
      }
    }
  })

  test('the reference of CYP2C19 is *38, and *1 differs from it', () => {
    const gene = knowledge.genes.find((each) => each.gene === 'CYP2C19')!
    assert.equal(gene.alleles[0]!.name, '*38')
    assert.deepEqual(gene.alleles.find(({ name }) => name === '*1')!.accepts.get('chr10:94842866'), ['G'])
  })

  test('a table of another version, or none at all, is refused with its place', () => {
    const bad = parseGenomeKnowledge({ version: '1', genes: {} }, { version: '2', genes: {} })
    assert.ok(!bad.ok)
    assert.equal(bad.error.where, 'phenotypes.json $.version')
    assert.ok(!parseGenomeKnowledge([], {}).ok)
    assert.ok(
      !parseGenomeKnowledge({ version: '1', genes: { X: { chrom: 3 } } }, { version: '1', genes: {} }).ok,
    )
  })
})
