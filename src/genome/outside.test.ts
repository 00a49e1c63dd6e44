import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { GenomeKnowledge } from './definition.ts'
import type { GeneCall } from './geneCall.ts'
import { joinOutsideCalls, parseOutsideCalls } from './outside.ts'

const call = (text: string) => parseOutsideCalls(text, 'calls.tsv')

describe('outside calls', () => {
  test('two to four columns, comments, blank lines and carriage returns', () => {
    const text =
      '# laboratory\r\nCYP2D6\t*1/*3\r\n\r\nHLA-B\t*15:02/*57:01\nMT-RNR1\t1555A>G\nUGT1A1\t\tPoor Metabolizer\nDPYD\tDPYD*1/DPYD*2\tIM\t1.5\n'
    assert.deepEqual(call(text), {
      ok: true,
      value: [
        { gene: 'CYP2D6', diplotype: '*1/*3', phenotype: null, activityScore: null },
        { gene: 'HLA-B', diplotype: '*15:02/*57:01', phenotype: null, activityScore: null },
        { gene: 'MT-RNR1', diplotype: '1555A>G', phenotype: null, activityScore: null },
        { gene: 'UGT1A1', diplotype: null, phenotype: 'Poor Metabolizer', activityScore: null },
        { gene: 'DPYD', diplotype: '*1/*2', phenotype: 'IM', activityScore: 1.5 },
      ],
    })
  })

  const refused: readonly (readonly [name: string, text: string, where: string])[] = [
    ['a gene twice', 'CYP2D6\t*1/*1\nCYP2D6\t*1/*1\n', 'calls.tsv:2'],
    ['one column', '\nCYP2D6\n', 'calls.tsv:2'],
    ['five columns', 'CYP2D6\t*1/*1\ta\t1\tb\n', 'calls.tsv:1'],
    ['no gene symbol', 'cyp 2d6\t*1/*1\n', 'calls.tsv:1'],
    ['a score in words', 'CYP2D6\t*1/*1\t\thigh\n', 'calls.tsv:1'],
    ['no result', 'CYP2D6\t\t\t\n', 'calls.tsv:1'],
    ['no result, in letters', 'CYP2D6\t\tn/a\tn/a\n', 'calls.tsv:1'],
    ['half a diplotype', 'CYP2D6\t*1/\n', 'calls.tsv:1'],
    ['three alleles', 'CYP2D6\t*1/*2/*3\n', 'calls.tsv:1'],
    ['a control character', 'CYP2D6\t*1\u0007/*2\n', 'calls.tsv:1'],
  ]
  for (const [name, text, where] of refused) {
    test(`refuses ${name}`, () => {
      const result = call(text)
      assert.ok(!result.ok)
      assert.equal(result.error.where, where)
      assert.equal(result.error.code, 'genome.outside-call')
    })
  }

  const functionOf = (name: string) => ({ function: name, value: null, key: name })
  const knowledge: GenomeKnowledge = {
    version: '1',
    genes: [],
    markers: new Map(),
    phenotypes: new Map([
      [
        'CYP2C19',
        {
          functions: new Map([
            ['*1', functionOf('Normal function')],
            ['*2', functionOf('No function')],
          ]),
          pairs: new Map([
            ['No function + Normal function', { phenotype: 'Intermediate Metabolizer', activityScore: null }],
          ]),
          older: null,
        },
      ],
    ]),
  }
  const own = (diplotype: string): GeneCall => ({
    gene: 'CYP2C19',
    status: 'called',
    diplotypes: [diplotype],
    lookupDiplotypes: [diplotype],
    phenotypes: ['Normal Metabolizer'],
    activityScore: null,
    missing: ['chr10:94762706'],
    warnings: [],
    extra: [],
  })
  const outside = (diplotype: string) => [
    { gene: 'CYP2C19', diplotype, phenotype: null, activityScore: null },
  ]

  test('replaces the call of the file, says so, and is looked up in our table', () => {
    const [joined] = joinOutsideCalls(knowledge, [own('*1/*1')], outside('*2/*1'))
    assert.equal(joined!.status, 'outside')
    assert.deepEqual(joined!.diplotypes, ['*1/*2'])
    assert.deepEqual(joined!.phenotypes, ['Intermediate Metabolizer'])
    assert.deepEqual(
      joined!.warnings.map(({ code }) => code),
      ['outside-replaces'],
    )
  })

  test('an equal call is replaced without a remark; an unknown allele has no phenotype', () => {
    assert.deepEqual(joinOutsideCalls(knowledge, [own('*1/*2')], outside('*1/*2'))[0]!.warnings, [])
    const [unknown] = joinOutsideCalls(knowledge, [], outside('*1/*99'))
    assert.deepEqual(unknown!.phenotypes, [])
    assert.deepEqual(
      unknown!.warnings.map(({ code }) => code),
      ['outside-unknown-allele'],
    )
  })

  test('a gene that no table knows follows at the end, as the laboratory gave it', () => {
    const given = [
      { gene: 'CYP2D6', diplotype: '*1/*3', phenotype: 'Intermediate Metabolizer', activityScore: 1 },
    ]
    const [, joined] = joinOutsideCalls(knowledge, [own('*1/*1')], given)
    assert.deepEqual(
      [joined!.gene, joined!.phenotypes, joined!.activityScore],
      ['CYP2D6', ['Intermediate Metabolizer'], 1],
    )
  })

  const dpyd: GenomeKnowledge = {
    ...knowledge,
    phenotypes: new Map([
      [
        'DPYD',
        {
          functions: new Map([
            ['A', { function: 'Normal function', value: 1, key: '1.0' }],
            ['B', { function: 'No function', value: 0, key: '0.0' }],
            ['C', { function: 'Unknown', value: null, key: 'n/a' }],
          ]),
          pairs: new Map([
            ['1.0 + 1.0', { phenotype: 'Normal Metabolizer', activityScore: 2 }],
            ['0.0 + 1.0', { phenotype: 'Intermediate Metabolizer', activityScore: 1 }],
            ['1.0 + n/a', { phenotype: 'Indeterminate', activityScore: null }],
          ]),
          older: null,
        },
      ],
    ]),
  }
  const normal = 'Normal Metabolizer'
  const intermediate = 'Intermediate Metabolizer'
  const rows: readonly (readonly [
    line: string,
    phenotypes: readonly string[],
    score: number | null,
    contradicts: boolean,
  ])[] = [
    ['DPYD\tA/B\tIntermediate Metabolizer\t1.0', [intermediate], 1, false],
    ['DPYD\tA/B\tNormal Metabolizer', [normal, intermediate], null, true],
    ['DPYD\tA/B\t\t2.0', [normal, intermediate], null, true],
    ['DPYD\tA/B\t\t3', [intermediate], null, true],
    ['DPYD\t\tNormal Metabolizer\t1', [normal, intermediate], null, true],
    ['DPYD\tA/C\tNormal Metabolizer', [normal], null, false],
    ['DPYD\tA/C', ['Indeterminate'], null, false],
    ['DPYD\t\tintermediate  metaboliser', [intermediate], null, false],
    ['CYP2D6\t*1/*4\tLIKELY poor metabolizers\t1', ['Likely Poor Metabolizer'], 1, false],
    ['DPYD\t\tIM', [intermediate], null, false],
    ['DPYD\tA/B\tn/a\tN/A', [intermediate], 1, false],
    ['HLA-B\t\t*57:01 positive', ['*57:01 positive'], null, false],
  ]
  for (const [line, phenotypes, score, contradicts] of rows) {
    test(`${line.replaceAll('\t', ' ')}: ${phenotypes.join(' or ')}`, () => {
      const parsed = call(line)
      assert.ok(parsed.ok)
      const [joined] = joinOutsideCalls(dpyd, [], parsed.value)
      assert.deepEqual([joined!.phenotypes, joined!.activityScore], [phenotypes, score])
      assert.equal(
        joined!.warnings.some(({ code }) => code === 'outside-contradicts-itself'),
        contradicts,
      )
    })
  }

  for (const [line, phenotypes] of [
    ['DPYD\t\tslow', []],
    ['DPYD\tA/B\tslow', [intermediate]],
    ['CYP2D6\t*4/*4\tslow', []],
  ] as const) {
    test(`${line.replaceAll('\t', ' ')}: words that guidance does not know are no finding`, () => {
      const parsed = call(line)
      assert.ok(parsed.ok)
      const [joined] = joinOutsideCalls(dpyd, [], parsed.value)
      assert.deepEqual(joined!.phenotypes, phenotypes)
      assert.ok(joined!.warnings.some(({ code }) => code === 'outside-unknown-phenotype'))
    })
  }
})
