import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  behind,
  block,
  check,
  deletion,
  endLine,
  head,
  insertion,
  multi,
  onX,
  repeat,
  row,
  scan,
  snp,
} from './rawRows.ts'

describe('one site with several alternatives, split into records', () => {
  check([
    ['1/2 as 1/0 and 0/1', row(120, 'C', 'G', '1/0') + row(120, 'C', 'T', '0/1'), multi, 'G T'],
    ['1/2 as 1/. and ./1', row(120, 'C', 'G', '1/.') + row(120, 'C', 'T', './1'), multi, 'G T'],
    ['2|1 phased', row(120, 'C', 'G', '0|1') + row(120, 'C', 'T', '1|0'), multi, 'T|G'],
    ['0/2', row(120, 'C', 'G', '0/0') + row(120, 'C', 'T', '0/1'), multi, 'C T'],
    ['2/2', row(120, 'C', 'G', '0/0') + row(120, 'C', 'T', '1/1'), multi, 'T T'],
    ['0/0', row(120, 'C', 'G', '0/0') + row(120, 'C', 'T', '0/0'), multi, 'C C'],
    ['an unknown third is carried', row(120, 'C', 'A', '1/0') + row(120, 'C', 'T', '0/1'), multi, 'A T'],
    [
      'repeats, each with its own REF',
      row(400, 'A', 'AGG', '1/0') + row(400, 'AGG', 'A', '0/1'),
      repeat,
      'AGGGG A',
    ],
    [
      'more copies than two',
      row(120, 'C', 'G', '1/1') + row(120, 'C', 'T', '0/1'),
      multi,
      undefined,
      'conflicting-records',
    ],
    [
      'both on the same copy',
      row(120, 'C', 'G', '0|1') + row(120, 'C', 'T', '0|1'),
      multi,
      undefined,
      'conflicting-records',
    ],
    [
      'one without alternatives contradicts',
      row(120, 'C', '.', '0/0') + row(120, 'C', 'T', '1/1'),
      multi,
      undefined,
      'conflicting-records',
    ],
    [
      'one that knows the alternative contradicts',
      row(120, 'C', 'G,T', '0/0') + row(120, 'C', 'T', '0/1'),
      multi,
      undefined,
      'conflicting-records',
    ],
  ])
})

describe('the same change in other words', () => {
  check([
    ['padded on both sides', row(197, 'TTACAATGGTA', 'TTACTA', '0/1'), deletion, 'CAATGG C'],
    ['deletion shifted right, its bases in REF', row(400, 'AGGTT', 'ATT', '0/1'), repeat, 'AGG A'],
    [
      'insertion shifted right over a base that another definition spells',
      row(301, 'G', 'GG', '0/1'),
      insertion,
      'T TG',
    ],
    ['and over two', row(302, 'G', 'GG', '1/1'), insertion, 'TG TG'],
    [
      'over one that nobody spells: not guessed',
      row(304, 'G', 'GG', '0/1') + row(300, 'T', 'TG', '0/0'),
      insertion,
      undefined,
      'overlapping-variant',
    ],
    ['other bases inserted there', row(304, 'G', 'GC', '0/1') + row(300, 'T', 'TG', '0/0'), insertion, 'T T'],
    [
      'padded with a neighbour that another record changes',
      row(298, 'TATGG', 'TATGC', '0/1') + row(301, 'G', 'A', '1/1'),
      behind,
      'A A',
    ],
    ['padding is no statement', row(298, 'TATGG', 'TATGC', '0/0'), behind, undefined],
    ['what lies between two changed bases is', row(300, 'TGG', 'AGC', '0/0'), behind, 'G G'],
    ['SNP in a record with neighbours', row(98, 'TCGTA', 'TCATA', '0/1'), snp, 'G A'],
  ])
})

describe('blocks of reference', () => {
  check(
    [
      ['<NON_REF> over a base', block(90, 110, 'T', '0/0'), snp, 'G G'],
      ['<*> over a base', block(90, 110, 'T', '0/0', '<*>'), snp, 'G G'],
      ['no ALT, with END', block(90, 110, 'T', '0/0', '.'), snp, 'G G'],
      ['that ends before', block(90, 99, 'T', '0/0'), snp, undefined],
      ['that ends at it', block(90, 100, 'T', '0/0'), snp, 'G G'],
      ['that begins at it', block(100, 110, 'G', '0/0'), snp, 'G G'],
      ['that is not called', block(90, 110, 'T', './.'), snp, undefined],
      ['that half is not called', block(90, 110, 'T', '0/.'), snp, undefined, 'half-call'],
      [
        'without reads at its worst base',
        block(90, 110, 'T', '0/0:30:0', '<NON_REF>', 'GT:DP:MIN_DP'),
        snp,
        undefined,
        'no-evidence',
      ],
      ['a block and the variant in it', block(90, 110, 'T', '0/0') + row(100, 'G', 'A', '0/1'), snp, 'G A'],
      [
        'a block against a homozygous variant',
        block(90, 110, 'T', '0/0') + row(100, 'G', 'A', '1/1'),
        snp,
        undefined,
        'conflicting-records',
      ],
      ['over a deletion', block(190, 205, 'T', '0/0'), deletion, 'CAATGG CAATGG'],
      ['that ends inside a deletion', block(190, 204, 'T', '0/0'), deletion, undefined],
      ['that begins inside a deletion', block(201, 210, 'A', '0/0'), deletion, undefined],
      [
        'two that meet inside a deletion',
        block(190, 202, 'T', '0/0') + block(203, 210, 'T', '0/0'),
        deletion,
        'CAATGG CAATGG',
      ],
      [
        'two with a gap inside a deletion',
        block(190, 201, 'T', '0/0') + block(203, 210, 'T', '0/0'),
        deletion,
        undefined,
      ],
      [
        'of two the second not called',
        block(190, 202, 'T', '0/0') + block(203, 210, 'T', './.'),
        deletion,
        undefined,
      ],
      ['at the anchor of a deletion alone', block(200, 200, 'C', '0/0'), deletion, undefined],
      ['at the anchor of an insertion alone', block(290, 300, 'C', '0/0'), insertion, undefined],
      ['of one base, the anchor of an insertion', row(300, 'T', '<NON_REF>', '0/0'), insertion, undefined],
      ['over the anchor and the base behind', block(290, 301, 'C', '0/0'), insertion, 'T T'],
      [
        'base by base',
        row(300, 'T', '<NON_REF>', '0/0') + row(301, 'G', '<NON_REF>', '0/0'),
        insertion,
        'T T',
      ],
      [
        'a block around the insertion that is there',
        block(290, 299, 'C', '0/0') + row(300, 'T', 'TG,<NON_REF>', '0/1') + block(301, 310, 'G', '0/0'),
        insertion,
        'T TG',
      ],
      ['<NON_REF> beside the allele', row(100, 'G', 'A,<NON_REF>', '1/1'), snp, 'A A'],
    ],
    endLine,
  )
})

describe('names of contigs', () => {
  const named = (chrom: string) => row(100, 'G', 'A', '0/1', { chrom })
  check(
    ['chr10', '10', 'CHR10', 'NC_000010.11', 'CM000672.2'].map((chrom) => [chrom, named(chrom), snp, 'G A']),
  )
  check(['X', 'NC_000023.11', 'CM000685.2'].map((chrom) => [chrom, named(chrom), onX, 'G A']))
  check(['chr10_KI270825v1_alt', 'HLA-A', '101'].map((chrom) => [chrom, named(chrom), snp, undefined]))

  const other: readonly (readonly [string, RegExp])[] = [
    ['NC_000010.10', /chr10 of GRCh37/],
    ['CM000672.1', /chr10 of GRCh37/],
    ['NC_000010.9', /another assembly/],
    ['NC_000023.10', /chrX of GRCh37/],
  ]
  for (const [chrom, found] of other)
    test(`${chrom} is refused, in the header or in a record`, () => {
      for (const text of [head(`##contig=<ID=${chrom}>\n`), head() + named(chrom)]) {
        const result = scan(text)
        assert.ok(!result.ok)
        assert.equal(result.error.code, 'vcf.wrong-build')
        assert.match(result.error.found, found)
        assert.match(result.error.where, /^x\.vcf:[23]$/)
      }
    })
})
