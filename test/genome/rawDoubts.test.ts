import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { expectOk } from '#kernel'
import {
  block,
  check,
  deletion,
  endLine,
  head,
  multi,
  onX,
  type Row,
  row,
  scan,
  snp,
  stated,
} from './rawRows.ts'

describe('REF that contradicts', () => {
  const many =
    row(120, 'C', 'G', '0/0') +
    row(300, 'T', 'TG', '0/0') +
    row(301, 'G', 'A', '0/0') +
    row(302, 'G', 'C', '0/0')
  check([
    [
      'one of many: the position is not used',
      `${many}${row(100, 'T', 'A', '0/0')}`,
      snp,
      undefined,
      'reference-mismatch',
    ],
    [
      'with a variant',
      many + row(100, 'T', 'A', '0/1'),
      snp,
      undefined,
      'reference-mismatch',
      'variant-not-used',
    ],
    [
      'even beside one that agrees',
      many + row(100, 'G', 'A', '0/1') + row(100, 'T', 'A', '0/0'),
      snp,
      undefined,
      'reference-mismatch',
    ],
    ['the others stay', `${many}${row(100, 'T', 'A', '0/0')}`, multi, 'C C'],
    ['not called, it says nothing', many + row(100, 'T', 'A', './.'), snp, undefined],
  ])
  check(
    [
      [
        'the only record of a file that states its assembly',
        row(100, 'T', 'A', '0/0'),
        snp,
        undefined,
        'reference-mismatch',
      ],
    ],
    stated,
  )

  const message = (records: string) =>
    expectOk(scan(head() + records)).samples[0]!.warnings.get(snp.key)![0]!.message

  test('the line is named, and a base of the other strand', () => {
    assert.match(message(many + row(100, 'T', 'A', '0/0')), /x\.vcf:7\) is T; GRCh38 has G at chr10:100/)
    assert.match(message(many + row(100, 'C', 'T', '0/0')), /is C, which is the base of the other strand/)
  })

  test('a file that states no assembly is refused when one of four contradicts, one that states it when most do', () => {
    const codeOf = (text: string) => {
      const result = scan(text)
      return result.ok ? 'read' : result.error.code
    }
    const wrong = row(100, 'T', 'A', '0/0')
    const three = many.split('\n').slice(0, 3).join('\n').concat('\n')
    assert.equal(codeOf(head() + many + wrong), 'read')
    assert.equal(codeOf(head() + three + wrong), 'vcf.ref-mismatch')
    const worse = wrong + row(300, 'A', 'T', '0/0') + row(301, 'C', 'A', '0/0')
    assert.equal(codeOf(head(stated) + worse), 'vcf.ref-mismatch')
    assert.equal(codeOf(head(stated) + three + wrong), 'read')
  })

  test('where the calls are acted upon, one is enough', () => {
    const strict = scan(head(stated) + many + row(100, 'T', 'A', '0/0'), { refuseMismatch: true })
    assert.ok(!strict.ok)
    assert.deepEqual([strict.error.code, strict.error.where], ['vcf.ref-mismatch', 'x.vcf:8'])
  })
})

describe('records that say it twice', () => {
  check([
    ['the same', row(100, 'G', 'A', '0/1').repeat(2), snp, 'G A', 'duplicate-records'],
    [
      'the same in the other order',
      row(100, 'G', 'A', '0/1') + row(100, 'G', 'A', '1/0'),
      snp,
      'G A',
      'duplicate-records',
    ],
    [
      'another genotype',
      row(100, 'G', 'A', '0/1') + row(100, 'G', 'A', '1/1'),
      snp,
      undefined,
      'conflicting-records',
    ],
    ['the second not called', row(100, 'G', 'A', '0/1') + row(100, 'G', 'A', './.'), snp, 'G A'],
    [
      'the same change in other words is no duplicate',
      row(200, 'CAATGG', 'C', '0/1') + row(199, 'ACAATGG', 'AC', '0/1'),
      deletion,
      'CAATGG C',
    ],
  ])
})

describe('what failed a filter or is below what was asked for is a gap', () => {
  const filtered = (gt: string, filter: string, format = 'GT') => row(100, 'G', 'A', gt, { filter, format })
  check([
    [
      'FILTER with a variant',
      filtered('0/1', 'LowQual'),
      snp,
      undefined,
      'filter-not-pass',
      'variant-not-used',
    ],
    ['FILTER with the reference', filtered('0/0', 'q10;s50'), snp, undefined, 'filter-not-pass'],
    ['FILTER not applied', filtered('0/1', '.'), snp, 'G A'],
    [
      'FT of the call',
      filtered('0/1:LowGQ', 'PASS', 'GT:FT'),
      snp,
      undefined,
      'filter-not-pass',
      'variant-not-used',
    ],
    ['FT passed', filtered('0/1:PASS', 'PASS', 'GT:FT'), snp, 'G A'],
    [
      'a filtered deletion over a base still takes it away',
      row(98, 'ACG', 'A', '0/1', { filter: 'LowQual' }),
      snp,
      undefined,
      'filter-not-pass',
      'overlapping-variant',
    ],
  ])
  const call = (gt: string, format: string) => row(100, 'G', 'A', gt, { format })
  const low = ['below-min-depth'] as const
  check(
    [
      ['DP of 9', call('0/0:9', 'GT:DP'), snp, undefined, ...low],
      ['DP of 10', call('0/0:10', 'GT:DP'), snp, 'G G'],
      ['a variant of DP 9', call('0/1:9', 'GT:DP'), snp, undefined, ...low, 'variant-not-used'],
      ['AD of 4 and 5', call('0/1:4,5', 'GT:AD'), snp, undefined, ...low, 'variant-not-used'],
      ['AD of 5 and 5', call('0/1:5,5', 'GT:AD'), snp, 'G A'],
      ['AD that is open', call('0/0:12,.', 'GT:AD'), snp, undefined, ...low],
      ['no depth', call('0/0', 'GT'), snp, undefined, ...low],
      [
        'a block by its worst base',
        block(90, 110, 'T', '0/0:30:9', '<NON_REF>', 'GT:DP:MIN_DP'),
        snp,
        undefined,
        ...low,
      ],
      ['a block that reaches it', block(90, 110, 'T', '0/0:12:10', '<NON_REF>', 'GT:DP:MIN_DP'), snp, 'G G'],
      [
        'a low block inside a deletion',
        block(190, 202, 'T', '0/0:30', '<NON_REF>', 'GT:DP') +
          block(203, 210, 'T', '0/0:5', '<NON_REF>', 'GT:DP'),
        deletion,
        undefined,
        ...low,
      ],
    ],
    endLine,
    { minDepth: 10 },
  )
  check(
    [
      ['GQ of 19', call('0/0:19', 'GT:GQ'), snp, undefined, 'below-min-gq'],
      ['GQ of 20', call('0/0:20', 'GT:GQ'), snp, 'G G'],
      ['RGQ of 20', call('0/0:20', 'GT:RGQ'), snp, 'G G'],
      ['no GQ', call('0/0', 'GT'), snp, undefined, 'below-min-gq'],
    ],
    '',
    { minGq: 20 },
  )
})

describe('absent is the reference only when the user says so', () => {
  const other = row(120, 'C', 'T', '0/1')
  check([['not said', other, snp, undefined]])
  const rows: readonly Row[] = [
    ['a base', other, snp, 'G G'],
    ['a deletion', other, deletion, 'CAATGG CAATGG'],
    ['what is there stays', other, multi, 'C T'],
    ['not called is not absent', other + row(100, 'G', 'A', './.'), snp, undefined],
    ['half called is not absent', other + row(100, 'G', 'A', '0/.'), snp, undefined, 'half-call'],
    [
      'filtered is not absent',
      other + row(100, 'G', 'A', '0/0', { filter: 'q' }),
      snp,
      undefined,
      'filter-not-pass',
    ],
    ['taken away is not absent', other + row(98, 'ACG', 'A', '0/1'), snp, undefined, 'overlapping-variant'],
    ['a deletion over it that is not carried', other + row(98, 'ACG', 'A', '0/0'), snp, 'G G'],
    ['in part covered is not absent', other + row(203, 'T', 'C', '0/0'), deletion, undefined],
    [
      'not on X, where copies are not known',
      other + row(500, 'G', 'A', '0/1', { chrom: 'chrX' }),
      onX,
      undefined,
    ],
    ['not on a chromosome without records', row(100, 'G', 'A', '0/1', { chrom: 'chrX' }), snp, undefined],
  ]
  check(rows, '', { absentIsReference: true })
})
