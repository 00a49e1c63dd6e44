import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callGenes, type GeneCall, parseOutsideCalls } from '#genome'
import { expectOk } from '#kernel'
import { callSample, callText, type ExpectedRow, scanText, skip, textOf } from './facts.ts'
import { knowledge } from './knowledge.ts'

const rows: readonly ExpectedRow[] = skip
  ? []
  : (JSON.parse(textOf('examples/expected.json')) as ExpectedRow[])

const set = (names: readonly string[]) => [...new Set(names)].sort()

function callRow({ vcf, gene, mode, outsideCalls = [] }: ExpectedRow): GeneCall {
  const outside = expectOk(parseOutsideCalls(outsideCalls.join('\n'), 'outside.tsv'))
  const calls = callGenes(scanText(textOf(vcf))[0]!, knowledge, {
    allMatches: !mode.topCandidateOnly,
    outside,
  })
  return calls.find((call) => call.gene === gene)!
}

describe('calls of the published examples', () => {
  test('all rows are here', { skip }, () => assert.equal(rows.length, 106))

  for (const row of rows) {
    test(`${row.gene} of ${row.vcf}`, () => {
      const call = callRow(row)
      assert.deepEqual(set(call.diplotypes), set(row.expectedDiplotypes))
      assert.equal(call.status === 'not-called', row.notCalled === true)
      if (row.expectedLookupDiplotypes)
        assert.deepEqual(set(call.lookupDiplotypes), set(row.expectedLookupDiplotypes))
      if (row.expectedPhenotype) assert.deepEqual(call.phenotypes, [row.expectedPhenotype])
      if (row.expectedActivityScore) assert.equal(call.activityScore, Number(row.expectedActivityScore))
    })
  }

  test('SLCO1B1 without a matching pair is looked up by rs4149056 and still has a phenotype', {
    skip,
  }, () => {
    const call = callText(textOf('examples/PipelineTest__testSlco1b1UncalledOverride.vcf'), 'SLCO1B1')
    assert.deepEqual(
      { ...call, warnings: call.warnings.map(({ code }) => code) },
      {
        gene: 'SLCO1B1',
        status: 'not-called',
        diplotypes: [],
        lookupDiplotypes: ['*1/*5'],
        phenotypes: ['Decreased Function'],
        activityScore: null,
        missing: [],
        warnings: ['no-match', 'rs4149056-only'],
        extra: [],
      },
    )
  })

  for (const name of ['pharmcat.example', 'pharmcat.example2']) {
    test(`${name}: every row of the report`, { skip }, () => {
      const report = textOf(`examples/${name}.report.tsv`)
        .split('\n')
        .slice(2)
        .map((line) => line.split('\t'))
        .filter(([gene]) => gene !== '')
      const isOutside = report.some(([gene]) => gene === 'CYP2D6')
      const given = isOutside ? textOf('examples/pharmcat.example.outsideCall.tsv') : ''
      const outside = expectOk(parseOutsideCalls(given, 'outside.tsv'))
      const sample = scanText(textOf(`examples/${name}.vcf`))[0]!
      const calls = callGenes(sample, knowledge, { allMatches: false, outside })
      assert.ok(report.length >= 19)
      for (const [gene, diplotype, phenotype, score] of report) {
        const call = calls.find((each) => each.gene === gene)!
        assert.deepEqual(call.lookupDiplotypes, [diplotype])
        assert.equal(call.phenotypes.join(), phenotype!.trim())
        assert.equal(call.activityScore, score === '' ? null : Number(score))
        assert.equal(call.status, gene === 'CYP2D6' ? 'outside' : 'called')
      }
    })
  }

  test('multisample: both samples, in the order of the header', { skip }, () => {
    const samples = scanText(textOf('examples/multisample.vcf'))
    assert.deepEqual(
      samples.map(({ sample }) => sample),
      ['Sample_1', 'Sample_2'],
    )
    const calls = samples.map((sample) => callSample(sample).find(({ gene }) => gene === 'CYP2C19')!)
    assert.deepEqual(
      calls.map(({ diplotypes, phenotypes }) => [...diplotypes, ...phenotypes]),
      [
        ['*38/*38', 'Normal Metabolizer'],
        ['*2/*2', 'Poor Metabolizer'],
      ],
    )
  })
})
