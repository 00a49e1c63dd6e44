import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callGenes, type GeneCall, parseOutsideCalls } from '#genome'
import { expectOk } from '#kernel'
import { callText, scanText } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { geneOf, geneVcf, header } from './vcf.ts'

const codes = ({ warnings }: GeneCall) => warnings.map(({ code }) => code)

function callOutside(line: string): GeneCall {
  const outside = expectOk(parseOutsideCalls(line, 'outside.tsv'))
  const sample = scanText(`${header()}\n`)[0]!
  const gene = line.split('\t')[0]
  return callGenes(sample, knowledge, { allMatches: false, outside }).find((call) => call.gene === gene)!
}

describe('rules of single genes', () => {
  test('UGT1A1: *80 and *28 together are one allele, apart they are two', () => {
    const call = (a: string, b: string) =>
      callText(geneVcf('UGT1A1', { rs887829: a, rs3064744: b }), 'UGT1A1')
    assert.deepEqual(call('0/1', '0/2').diplotypes, ['*1/*80+*28'])
    assert.deepEqual(call('0|1', '2|0').diplotypes, ['*28/*80'])
    assert.deepEqual(call('1/1', '2/2').diplotypes, ['*80+*28/*80+*28'])
    assert.deepEqual(call('1/1', '2/2').phenotypes, ['Poor Metabolizer'])
  })

  test('NAT2 is not called without a required position, and is without another', () => {
    const { required, positions } = geneOf('NAT2')
    for (const key of required) {
      const call = callText(geneVcf('NAT2', { [key]: null }), 'NAT2')
      assert.deepEqual([call.status, call.diplotypes], ['not-called', []])
    }
    const other = positions.find(({ key }) => !required.has(key))!
    assert.deepEqual(callText(geneVcf('NAT2', { [other.key]: null }), 'NAT2').diplotypes, ['*1/*1'])
  })

  test('a gene of which almost nothing was read is not normal: what is missing could be any of its alleles', () => {
    const table = ['CFTR', 'RYR1', 'G6PD', 'CYP2B6', 'CACNA1S', 'UGT1A1'] as const
    for (const gene of table) {
      const { positions } = geneOf(gene)
      const whole = callText(geneVcf(gene, {}), gene)
      assert.equal(whole.status, 'called', gene)
      const gaps = Object.fromEntries(positions.slice(1).map(({ key }) => [key, null]))
      assert.equal(callText(geneVcf(gene, gaps), gene).status, 'ambiguous', gene)
    }
  })

  test('CFTR: the one position of a variant that answers to ivacaftor is missed', () => {
    const { alleles } = geneOf('CFTR')
    const responsive = alleles.find(({ name }) => name === 'G551D')!
    for (const key of responsive.accepts.keys())
      assert.equal(callText(geneVcf('CFTR', { [key]: null }), 'CFTR').status, 'ambiguous')
  })

  test('NAT2: each published priority is taken for exactly its explanations, and all of them can be seen', () => {
    const { alleles, positions, priorities } = geneOf('NAT2')
    assert.ok(priorities.length > 20)
    for (const { pick, among } of priorities) {
      const pair = pick.split('/').map((name) => alleles.find((each) => each.name === name)!)
      const calls = positions.map(({ key, ref, alts }) => {
        const numbers = pair.map(({ accepts }) => [ref, ...alts].indexOf(accepts.get(key)?.[0] ?? ref))
        return [key, numbers.toSorted().join('/')] as const
      })
      const text = geneVcf('NAT2', Object.fromEntries(calls))
      const call = callText(text, 'NAT2')
      assert.deepEqual([call.diplotypes, codes(call)[0]], [[pick], 'taken-by-priority'])
      assert.deepEqual(callText(text, 'NAT2', true).diplotypes.toSorted(), among.toSorted())
    }
  })

  test('CFTR is printed with its reference and looked up by responsiveness', () => {
    const call = callText(geneVcf('CFTR'), 'CFTR')
    assert.deepEqual(call.diplotypes, ['Reference/Reference'])
    const name = 'ivacaftor non-responsive CFTR sequence'
    assert.deepEqual(call.lookupDiplotypes, [`${name}/${name}`])
    assert.deepEqual(call.phenotypes, ['ivacaftor non-responsive in CF patients'])
  })

  test('RYR1: variants of open phase are listed, and one that is associated decides whatever the other is', () => {
    const { alleles } = geneOf('RYR1')
    const keyOf = (name: string) => [...alleles.find((each) => each.name === name)!.accepts.keys()][0]!
    const [known, unassigned] = [keyOf('c.487C>T'), keyOf('c.38T>G')]
    const one = callText(geneVcf('RYR1', { [unassigned]: '0/1' }), 'RYR1')
    assert.deepEqual([one.diplotypes, one.phenotypes], [['Reference/c.38T>G'], []])
    assert.ok(codes(one).includes('function-unknown') && codes(one).includes('older-phenotypes'))
    const two = callText(geneVcf('RYR1', { [unassigned]: '0/1', [known]: '0/1' }), 'RYR1')
    assert.deepEqual(two.diplotypes, ['c.38T>G', 'c.487C>T'])
    assert.deepEqual(two.phenotypes, ['Malignant Hyperthermia Susceptibility'])
  })

  test('G6PD: a variant within the bases that another allele lacks leaves both positions readable', () => {
    const deleted = 'chrX:154533012'
    const inside = 'chrX:154533016'
    for (const calls of [
      { [inside]: '0/1' },
      { [inside]: '1/1' },
      { [deleted]: '0/1' },
      { [deleted]: '1/1' },
    ]) {
      const call = callText(geneVcf('G6PD', calls), 'G6PD')
      assert.deepEqual([call.status, call.missing], ['called', []])
    }
  })

  test('G6PD of a man has no slash; an autosome of one copy stays a gap', () => {
    const hemizygous = geneVcf('G6PD').replaceAll('0/0', '0')
    const call = callText(hemizygous, 'G6PD')
    assert.deepEqual([call.diplotypes, call.phenotypes], [['B (reference)'], ['Normal']])
    assert.equal(callText(geneVcf('VKORC1', { rs9923231: '0' }), 'VKORC1').status, 'not-called')
  })
})

describe('outside calls by the names of our tables', () => {
  type Row = readonly [
    line: string,
    lookup: readonly string[],
    phenotypes: readonly string[],
    score: number | null,
  ]
  const rows: readonly Row[] = [
    ['CYP2D6\t*1/*3', ['*1/*3'], ['Intermediate Metabolizer'], 1],
    ['CYP2D6\t*1/*1x2', ['*1/*1x2'], ['Ultrarapid Metabolizer'], 3],
    ['CYP2D6\t*1/*1x5', ['*1/*1x≥3'], ['Ultrarapid Metabolizer'], 4],
    ['CYP2D6\t*1/*10+*36', ['*1/*10+*36'], ['Normal Metabolizer'], 1.25],
    ['CYP2D6\t*4/[*68+*4]', ['*4/[*68+*4]'], ['Poor Metabolizer'], 0],
    ['CYP2D6\t*4/*10x3', ['*4/*10x3'], ['Intermediate Metabolizer'], 0.75],
    ['CYP2D6\t*1/*9999', ['*1/*9999'], ['Indeterminate'], null],
    ['G6PD\tB (wildtype)/B (wildtype)', ['B (reference)/B (reference)'], ['Normal'], null],
    ['MT-RNR1\t1555A>G', ['m.1555A>G'], ['increased risk of aminoglycoside-induced hearing loss'], null],
    ['HLA-A\t*31:01/*02:01', ['*02:01/*31:01'], ['*31:01 positive'], null],
    [
      'HLA-B\t*15:02/*57:01:01',
      ['*15:02/*57:01:01'],
      ['*15:02 positive', '*57:01 positive', '*58:01 negative'],
      null,
    ],
    ['HLA-B\t*07:02', ['*07:02'], [], null],
  ]
  for (const [line, lookup, phenotypes, score] of rows) {
    test(line.replaceAll('\t', ' '), () => {
      const call = callOutside(line)
      assert.deepEqual(
        [call.status, call.lookupDiplotypes, call.phenotypes, call.activityScore],
        ['outside', lookup, phenotypes, score],
      )
    })
  }

  test('a score that is a lower bound, and a table older than the definitions, are said', () => {
    const call = callOutside('CYP2D6\t*1/*2xN')
    assert.ok(codes(call).includes('score-at-least') && codes(call).includes('older-phenotypes'))
  })

  test('without one, the genes say why they are not called', () => {
    for (const gene of ['CYP2D6', 'HLA-A', 'HLA-B', 'MT-RNR1']) {
      const calls = callGenes(scanText(`${header()}\n`)[0]!, knowledge, { allMatches: false, outside: [] })
      const call = calls.find((each) => each.gene === gene)!
      assert.deepEqual([call.status, codes(call)], ['not-called', ['outside-only']])
    }
  })
})
