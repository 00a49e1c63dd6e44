import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { parseGenomeKnowledge } from '#genome'
import { phenotypeOf } from '../../src/genome/phenotype.ts'
import { pathOf, skip, textOf } from './facts.ts'
import { knowledge } from './knowledge.ts'

type Source = {
  readonly diplotypes: readonly {
    readonly diplotypekey: Readonly<Record<string, number>>
    readonly generesult: string
    readonly phenotype?: string
    readonly activityScore?: string | null
  }[]
  readonly haplotypes: Readonly<Record<string, string>>
}

/** The file of a gene's phenotypes, which may say that it is older. */
const fileOf = (gene: string): string =>
  readdirSync(pathOf('phenotype-maps')).find((name) =>
    new RegExp(`^${gene.replace('-', '_')}(_\\d+\\.OLDER)?\\.json$`).test(name),
  )!

describe('tables of the genome', () => {
  for (const gene of knowledge.phenotypes.keys()) {
    test(`${gene}: the compact phenotypes expand to every row of the source, and to no other`, {
      skip,
    }, () => {
      const source = JSON.parse(textOf(`phenotype-maps/${fileOf(gene)}`)) as Source
      const seen = new Set<string>()
      for (const { diplotypekey, generesult, phenotype = generesult, activityScore } of source.diplotypes) {
        const names = Object.entries(diplotypekey).flatMap(([name, count]) =>
          Array<string>(count).fill(name.replaceAll('/', ', ')),
        )
        seen.add(names.toSorted().join('/'))
        const found = phenotypeOf(knowledge, gene, names)
        const text = activityScore ?? 'n/a'
        const score = text === 'n/a' ? null : Number(text.replace('≥', ''))
        const bound = text.startsWith('≥') ? { atLeast: true } : {}
        assert.deepEqual(found, { phenotype, activityScore: score, ...bound }, names.join('/'))
        assert.deepEqual(phenotypeOf(knowledge, gene, names.toReversed()), found)
      }
      const count = Object.keys(source.haplotypes).length
      const pairs = (count * (count + 1)) / 2
      const isPaired = (sized: number) => [...seen].some((key) => key.split('/').length === sized)
      assert.equal(seen.size, (isPaired(1) ? count : 0) + (isPaired(2) ? pairs : 0))
      assert.deepEqual(
        [...knowledge.phenotypes.get(gene)!.functions].map(([name, { function: words }]) => [name, words]),
        Object.entries(source.haplotypes).map(([name, words]) => [name.replaceAll('/', ', '), words]),
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
