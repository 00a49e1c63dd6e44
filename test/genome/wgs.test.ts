import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, test } from 'node:test'
import type { GeneCall } from '#genome'
import { expectOk } from '#kernel'
import { genomeReader } from '../../src/adapters/vcf/readVcf.ts'
import { callSample, pathOf, skip } from './facts.ts'
import { knowledge } from './knowledge.ts'

const raw = pathOf('wgs/getrm3_30x_grch38_pgx_chromosome_windows.vcf.gz')
const preprocessed = pathOf('wgs/NA18526.preprocessed.vcf')
const reader = genomeReader(knowledge)

const byGene = (calls: readonly GeneCall[]) => new Map(calls.map((call) => [call.gene, call]))

describe('whole genomes', () => {
  test('three 30x genomes in one file', { skip }, async () => {
    const { source, samples } = expectOk(await reader.read(raw, {}))
    assert.equal(source.records, 1_261_306)
    assert.deepEqual(
      samples.map(({ sample }) => sample),
      ['NA18526', 'NA18565', 'NA18861'],
    )
    const calls = samples.map((sample) => callSample(sample))
    const table = calls.map((genes) => genes.map(({ diplotypes }) => diplotypes.join(', ')))
    assert.deepEqual(table, [
      [
        '*1/*1',
        '*1/*1',
        'rs9923231 variant (T)/rs9923231 variant (T)',
        '*1/*15',
        'Reference/Reference',
        '*1/*1',
        '*1/*2',
      ],
      [
        '*1/*1',
        '*1/*1',
        'rs9923231 variant (T)/rs9923231 variant (T)',
        '*1/*1',
        'Reference/Reference',
        '*1/*1',
        '*1/*1',
      ],
      [
        '*1/*1',
        '*1/*1',
        'rs9923231 reference (C)/rs9923231 reference (C)',
        '*1/*43',
        'Reference/c.85T>C (*9A)',
        '*1/*1',
        '*1/*1',
      ],
    ])
    for (const genes of calls) {
      for (const { gene, status, missing, warnings } of genes) {
        assert.equal(status, 'called', gene)
        assert.equal(
          missing.length > 0,
          warnings.some(({ code }) => code === 'missing-positions'),
          gene,
        )
      }
    }
  })

  test('the raw genome of NA18526 gives what its preprocessed form gives', { skip }, async () => {
    const one = expectOk(await reader.read(raw, { sample: 'NA18526' }))
    assert.equal(one.samples.length, 1)
    const fromRaw = byGene(callSample(one.samples[0]!))
    const fromPrepared = byGene(callSample(expectOk(await reader.read(preprocessed, {})).samples[0]!))
    for (const [gene, call] of fromRaw) {
      const other = fromPrepared.get(gene)!
      assert.deepEqual(
        [call.diplotypes, call.phenotypes, call.activityScore, call.status],
        [other.diplotypes, other.phenotypes, other.activityScore, other.status],
        gene,
      )
    }
  })

  test('1.26 million records: memory stays under 150 MB beside the runtime', { skip }, () => {
    const script = `
      const { genomeReader } = await import('./src/adapters/vcf/readVcf.ts')
      const { knowledge } = await import('./test/genome/knowledge.ts')
      const start = process.hrtime.bigint()
      const before = process.resourceUsage().maxRSS
      const result = await genomeReader(knowledge).read(process.argv[1], {})
      if (!result.ok) throw new Error(result.error.code)
      const seconds = Number(process.hrtime.bigint() - start) / 1e9
      console.log(JSON.stringify({ seconds, grown: (process.resourceUsage().maxRSS - before) / 1024 }))`
    const out = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', script, raw],
      { encoding: 'utf8' },
    )
    const { seconds, grown } = JSON.parse(out) as { seconds: number; grown: number }
    assert.ok(grown < 100, `${grown} MB`)
    assert.ok(seconds < 15, `${seconds} s`)
  })
})
