import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from '#kernel'
import type { Position } from './definition.ts'
import { VcfScanner } from './scan.ts'

const position = (pos: number, ref: string, ...alts: string[]): Position => ({
  key: `chr10:${pos}`,
  chrom: 'chr10',
  pos,
  rsid: null,
  ref,
  alts,
})
const snp = position(100, 'G', 'A')
const twoAlts = position(120, 'C', 'G', 'T')
const deletion = position(200, 'CAATGG', 'C')
const insertion = position(300, 'T', 'TG')
const repeat = position(400, 'AGG', 'A', 'AGGGG')
const positions = [snp, twoAlts, deletion, insertion, repeat]

const columns = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT'
const head = (samples = 'S1', extra = ''): string => `##fileformat=VCFv4.2\n${extra}${columns}\t${samples}\n`
const row = (
  pos: number | string,
  ref: string,
  alt: string,
  gt: string,
  over: { chrom?: string; info?: string; format?: string; filter?: string } = {},
): string =>
  `${[over.chrom ?? 'chr10', pos, '.', ref, alt, '.', over.filter ?? 'PASS', over.info ?? '.', over.format ?? 'GT', gt].join('\t')}\n`

function scan(text: string | Uint8Array, sample?: string) {
  const scanner = new VcfScanner({ positions, file: 'x.vcf', sample })
  scanner.push(typeof text === 'string' ? utf8(text) : text)
  return scanner.finish()
}

function read(text: string) {
  const result = scan(text)
  assert.ok(result.ok, JSON.stringify(result))
  return result.value.samples[0]!
}

const alleles = (text: string, key: string): string | undefined =>
  read(text)
    .genotypes.get(key)
    ?.alleles.map((base) => base ?? '.')
    .join(' ')

describe('what a record says of a position', () => {
  type Row = readonly [
    name: string,
    records: string,
    key: string,
    expected: string | undefined,
    warning?: string,
  ]
  const rows: readonly Row[] = [
    ['the reference, as read', row(100, 'G', 'A', '0/0'), snp.key, 'G G'],
    ['a monomorphic record', row(100, 'G', '.', '0/0'), snp.key, 'G G'],
    ['het', row(100, 'G', 'A', '0/1'), snp.key, 'G A'],
    ['lower-case bases', row(100, 'g', 'a', '0/1'), snp.key, 'G A'],
    ['contig without chr', row(100, 'G', 'A', '1/1', { chrom: '10' }), snp.key, 'A A'],
    ['another contig', row(100, 'G', 'A', '1/1', { chrom: 'chr10_alt' }), snp.key, undefined],
    ['no call', row(100, 'G', 'A', './.'), snp.key, undefined],
    ['half a reference is no call', row(100, 'G', 'A', '0/.'), snp.key, undefined, 'half-call'],
    ['half an alternative is kept', row(100, 'G', 'A', './1'), snp.key, '. A'],
    [
      'one copy of the reference is no call',
      row(100, 'G', 'A', '0'),
      snp.key,
      undefined,
      'unexpected-ploidy',
    ],
    ['one copy of an alternative is half a call', row(100, 'G', 'A', '1'), snp.key, 'A .'],
    ['three copies', row(100, 'G', 'A', '0/1/1'), snp.key, undefined, 'unexpected-ploidy'],
    ['an alternative that no definition knows', row(100, 'G', 'T', '0/1'), snp.key, 'G T'],
    ['several alternatives in another order', row(120, 'C', 'T,G', '1/2'), twoAlts.key, 'T G'],
    ['a symbol that is not carried', row(100, 'G', 'A,<NON_REF>', '0/1'), snp.key, 'G A'],
    [
      'a symbol that is carried',
      row(100, 'G', '<NON_REF>', '0/1'),
      snp.key,
      undefined,
      'overlapping-variant',
    ],
    ['a star that is carried', row(100, 'G', 'A,*', '1/2'), snp.key, undefined, 'overlapping-variant'],
    ['a longer REF whose first base agrees', row(100, 'GT', 'G', '0/1'), snp.key, undefined],
    ['SNP and deletion in one record', row(100, 'GTA', 'ATA,G', '1/2'), snp.key, 'A G'],
    ['a block substitution over the position', row(99, 'CG', 'TA', '0/1'), snp.key, 'G A'],
    [
      'a deletion over the position, carried',
      row(98, 'ACG', 'A', '0/1'),
      snp.key,
      undefined,
      'overlapping-variant',
    ],
    ['a deletion over the position, not carried', row(98, 'ACG', 'A', '0/0'), snp.key, undefined],
    ['a deletion as defined', row(200, 'CAATGG', 'C', '0/1'), deletion.key, 'CAATGG C'],
    ['a deletion with longer context', row(199, 'ACAATGGT', 'ACT', '0/1'), deletion.key, 'CAATGG C'],
    [
      'another deletion at the place',
      row(200, 'CAAT', 'C', '0/1'),
      deletion.key,
      undefined,
      'overlapping-variant',
    ],
    [
      'a SNP at the anchor of a deletion says nothing of it',
      row(200, 'C', 'T', '0/1'),
      deletion.key,
      undefined,
    ],
    ['an anchor alone says nothing of a deletion', row(200, 'C', '.', '0/0'), deletion.key, undefined],
    ['an insertion as defined', row(300, 'T', 'TG', '0/1'), insertion.key, 'T TG'],
    ['an insertion with longer context', row(299, 'CTG', 'CTGG', '1/1'), insertion.key, 'TG TG'],
    ['no insertion', row(300, 'T', '.', '0/0'), insertion.key, 'T T'],
    ['a longer insertion than defined', row(300, 'T', 'TGG', '0/1'), insertion.key, 'T TGG'],
    ['repeats, several alleles', row(400, 'AGG', 'AGGGG,A', '1/2'), repeat.key, 'AGGGG A'],
    ['an insertion placed later in its repeat', row(402, 'G', 'GGG', '0/1'), repeat.key, 'AGG AGGGG'],
    ['a deletion placed later in its repeat', row(401, 'GGG', 'G', '0/1'), repeat.key, 'AGG A'],
    ['an insertion just behind the spelt repeat', row(403, 'G', 'GGG', '1/1'), repeat.key, 'AGGGG AGGGG'],
    [
      'an insertion so far behind that the bases between are not known',
      row(400, 'AGG', 'A,AGGGG', '0/0') + row(406, 'G', 'GGG', '0/1'),
      repeat.key,
      undefined,
      'overlapping-variant',
    ],
    [
      'it is there but not carried',
      row(400, 'AGG', 'A,AGGGG', '0/1') + row(406, 'G', 'GGG', '0/0'),
      repeat.key,
      'AGG A',
    ],
    [
      'an insertion behind that cannot be moved is another one',
      row(400, 'AGG', 'A,AGGGG', '0/0') + row(406, 'T', 'TGG', '0/1') + row(407, 'G', 'C,*', '1/2'),
      repeat.key,
      'AGG AGG',
    ],
    [
      'an insertion within fifty bases that a longer repeat would make the same',
      row(400, 'AGG', 'A,AGGGG', '0/0') + row(452, 'G', 'GGG', '0/1'),
      repeat.key,
      undefined,
      'overlapping-variant',
    ],
    [
      'an insertion beyond',
      row(400, 'AGG', 'A,AGGGG', '0/0') + row(453, 'G', 'GGG', '0/1'),
      repeat.key,
      'AGG AGG',
    ],
    [
      'the same record twice',
      row(100, 'G', 'A', '0/1') + row(100, 'G', 'A', '0/1'),
      snp.key,
      'G A',
      'duplicate-records',
    ],
    [
      'records that contradict',
      row(100, 'G', 'A', '0/1') + row(100, 'G', 'A', '1/1'),
      snp.key,
      undefined,
      'conflicting-records',
    ],
    [
      'a SNP beside a separate indel record',
      row(100, 'G', 'A', '0/1') + row(100, 'G', 'GC', '0/0'),
      snp.key,
      'G A',
    ],
    [
      'a reference without reads',
      row(100, 'G', 'A', '0/0:0', { format: 'GT:DP' }),
      snp.key,
      undefined,
      'no-evidence',
    ],
    [
      'a het of which one allele has reads',
      row(100, 'G', 'A', '0/1:0,31', { format: 'GT:AD' }),
      snp.key,
      undefined,
      'no-evidence',
    ],
    ['a het with reads of both', row(100, 'G', 'A', '0/1:9,31', { format: 'GT:AD' }), snp.key, 'G A'],
    ['GT behind another field', row(100, 'G', 'A', '7:0/1', { format: 'DP:GT' }), snp.key, 'G A'],
    ['REF that is ambiguous', row(100, 'N', 'A', '0/1'), snp.key, undefined],
  ]
  for (const [name, records, key, expected, warning] of rows) {
    test(name, () => {
      assert.equal(alleles(head() + records, key), expected)
      const codes = (read(head() + records).warnings.get(key) ?? []).map(({ code }) => code)
      assert.deepEqual(codes, warning ? [warning] : [])
    })
  }

  test('a block of reference says so of every position in it', () => {
    const block = head('S1', '##INFO=<ID=END,Number=1,Type=Integer,Description="end">\n')
    const text = block + row(90, 'T', '<NON_REF>', '0/0:30', { info: 'END=204', format: 'GT:DP' })
    assert.equal(alleles(text, snp.key), 'G G')
    assert.equal(alleles(text, twoAlts.key), 'C C')
    assert.equal(alleles(text, deletion.key), undefined, 'the block ends inside the deletion')
    assert.equal(alleles(text.replace('END=204', 'END=205'), deletion.key), 'CAATGG CAATGG')
    assert.equal(alleles(text.replace(':30', ':0'), snp.key), undefined)
    const gone = block + row(90, 'T', '<DEL>', '0/1', { info: 'SVTYPE=DEL;END=150' })
    assert.equal(alleles(gone + row(100, 'G', 'A', '0/1'), snp.key), undefined)
  })

  const takenAway: readonly (readonly [name: string, alt: string, info: string, read: string | undefined])[] =
    [
      ['by END, whatever the header says', '<DEL>', 'SVTYPE=DEL;END=150', undefined],
      ['by SVLEN', '<DEL>', 'SVTYPE=DEL;SVLEN=-60', undefined],
      ['by SVLEN of one of several', '<DEL>,<DUP:TANDEM>', 'SVLEN=5,10', undefined],
      ['not reached', '<DEL>', 'SVLEN=9', 'G G'],
      ['an insertion has no length on the reference', '<INS>', 'SVTYPE=INS;SVLEN=60', 'G G'],
    ]
  for (const [name, alt, info, expected] of takenAway) {
    test(`a large variant: ${name}`, () => {
      const start = row(90, 'T', alt, '0/1', { info })
      assert.equal(alleles(head() + start + row(100, 'G', 'A', '0/0'), snp.key), expected)
    })
  }

  test('phase: sets are kept, a slash has none, contradicting phase is forgotten', () => {
    const phase = (records: string) => read(head() + records).genotypes.get(snp.key)?.phaseSet
    assert.equal(phase(row(100, 'G', 'A', '0|1')), '')
    assert.equal(phase(row(100, 'G', 'A', '0/1')), null)
    assert.equal(phase(row(100, 'G', 'A', '0|1:77', { format: 'GT:PS' })), '77')
    assert.equal(phase(row(100, 'G', 'A', '0|1') + row(100, 'G', 'A', '1|0')), null)
    assert.equal(phase(row(100, 'G', 'A', '0|1') + row(100, 'G', 'A', '0/1')), null)
  })
})

describe('what is refused, and where', () => {
  const good = row(100, 'G', 'A', '0/1')
  const rows: readonly (readonly [name: string, text: string, code: string, where: string])[] = [
    ['an empty file', '', 'vcf.empty', 'x.vcf'],
    ['text that is no VCF', 'hello\n', 'vcf.not-vcf', 'x.vcf:1'],
    ['another first line', '#hello\n', 'vcf.not-vcf', 'x.vcf:1'],
    ['a header without #CHROM', '##fileformat=VCFv4.2\n', 'vcf.no-header', 'x.vcf'],
    ['data before #CHROM', `##fileformat=VCFv4.2\n${good}`, 'vcf.no-header', 'x.vcf:2'],
    ['two #CHROM lines', `${head()}${columns}\tS1\n`, 'vcf.header', 'x.vcf:3'],
    ['other column names', head().replace('POS', 'Pos'), 'vcf.header', 'x.vcf:2'],
    ['no sample', `##fileformat=VCFv4.2\n${columns}\n`, 'vcf.no-samples', 'x.vcf:2'],
    ['a sample name twice', head('S1\tS1'), 'vcf.duplicate-sample', 'x.vcf:2'],
    [
      'a missing column',
      head() + good + row(7, 'G', 'A', '0/1').replace('\tGT', ''),
      'vcf.columns',
      'x.vcf:4',
    ],
    ['a column too many', head() + good.replace('\n', '\t0/0\n'), 'vcf.columns', 'x.vcf:3'],
    ['POS in words', head() + row('ten', 'G', 'A', '0/1'), 'vcf.pos', 'x.vcf:3'],
    ['no POS', head() + row('', 'G', 'A', '0/1'), 'vcf.pos', 'x.vcf:3'],
    ['POS in words elsewhere', head() + row('1e3', 'G', 'A', '0/1', { chrom: 'chr3' }), 'vcf.pos', 'x.vcf:3'],
    ['a NUL byte', `${head()}${good}chr10\t1\u0000`, 'vcf.nul', 'x.vcf:4'],
    ['no GT in FORMAT', head() + row(100, 'G', 'A', '9', { format: 'DP' }), 'vcf.gt-missing', 'x.vcf:3'],
    ['a GT that is none', head() + row(100, 'G', 'A', 'A/G'), 'vcf.gt', 'x.vcf:3'],
    ['a GT beyond ALT', head() + row(100, 'G', 'A', '0/2'), 'vcf.gt', 'x.vcf:3'],
    ['a REF that is no sequence', head() + row(100, '?', 'A', '0/1'), 'vcf.ref', 'x.vcf:3'],
    ['an ALT that is none', head() + row(100, 'G', 'A,', '0/1'), 'vcf.alt', 'x.vcf:3'],
    ['a REF that contradicts', head() + good + row(120, 'A', 'G', '0/1'), 'vcf.ref-mismatch', 'x.vcf:4'],
    ['a long REF that contradicts', head() + row(98, 'ACC', 'A', '0/0'), 'vcf.ref-mismatch', 'x.vcf:3'],
    [
      'an inner base of a deletion that contradicts',
      head() + row(200, 'CAACGG', 'C', '0/0'),
      'vcf.ref-mismatch',
      'x.vcf:3',
    ],
    [
      'GRCh37 by reference',
      head('S1', '##reference=file:///data/human_g1k_v37.fasta\n'),
      'vcf.wrong-build',
      'x.vcf:2',
    ],
    ['hg19 by contig', head('S1', '##contig=<ID=chr10,assembly=hg19>\n'), 'vcf.wrong-build', 'x.vcf:2'],
    ['GRCh37 by length', head('S1', '##contig=<ID=1,length=249250621>\n'), 'vcf.wrong-build', 'x.vcf:2'],
    [
      'a length of no assembly',
      head('S1', '##contig=<ID=chr1,length=248387328>\n'),
      'vcf.wrong-build',
      'x.vcf:2',
    ],
  ]
  for (const [name, text, code, where] of rows) {
    test(name, () => {
      const result = scan(text)
      assert.ok(!result.ok)
      assert.deepEqual([result.error.code, result.error.where, result.error.kind], [code, where, 'input'])
    })
  }

  test('a wanted sample is read alone; one that is absent is refused without naming anybody', () => {
    const text = `${head('Ann\tBob')}${good.trim()}\t1/1\n`
    const bob = scan(text, 'Bob')
    assert.ok(bob.ok)
    assert.deepEqual(
      bob.value.samples.map(({ sample, genotypes }) => [sample, genotypes.get(snp.key)?.alleles]),
      [['Bob', ['A', 'A']]],
    )
    const none = scan(text, 'Cid')
    assert.ok(!none.ok)
    assert.equal(none.error.code, 'vcf.sample-unknown')
    assert.doesNotMatch(JSON.stringify(none.error), /Ann|Bob|Cid/)
    assert.match(none.error.found, /2 samples/)
  })

  test('GRCh38 is accepted by name and length, and when nothing is stated', () => {
    for (const line of [
      '',
      '##reference=hg38\n',
      '##contig=<ID=chr1,length=248956422,assembly=GRCh38.p13>\n',
    ])
      assert.ok(scan(head('S1', line) + good).ok, line)
  })

  test('a refused file asks for no more bytes', () => {
    const scanner = new VcfScanner({ positions, file: 'x.vcf' })
    assert.equal(scanner.push(utf8('PK\u0003\u0004')), false)
    assert.equal(scanner.push(utf8('more')), false)
  })
})

describe('bytes and lines', () => {
  const text =
    head('S1\tS2') +
    [100, 120]
      .map((pos) => `${row(pos, pos === 100 ? 'G' : 'C', pos === 100 ? 'A' : 'G', '0/1').trim()}\t0|0\n`)
      .join('')

  test('where chunks are cut, how lines end and whether the last one ends does not matter', () => {
    const whole = scan(text)
    assert.ok(whole.ok)
    assert.equal(whole.value.records, 2)
    assert.deepEqual(scan(text.replaceAll('\n', '\r\n')), whole)
    assert.deepEqual(scan(text.trimEnd()), whole)
    const bytes = utf8(text)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 }), (cuts) => {
        const scanner = new VcfScanner({ positions, file: 'x.vcf' })
        const ends = [...cuts.sort((a, b) => a - b), bytes.length]
        let start = 0
        for (const end of ends) {
          const chunk = bytes.slice(start, end)
          scanner.push(chunk)
          chunk.fill(65)
          start = end
        }
        assert.deepEqual(scanner.finish(), whole)
      }),
    )
  })

  test('a line of several megabytes in small chunks', () => {
    const scanner = new VcfScanner({ positions, file: 'x.vcf' })
    scanner.push(utf8(head() + row(100, 'G', 'A', '0/1')))
    const long = utf8(row(90, 'T', 'C', '0/0', { info: 'x'.repeat(4_000_000) }))
    for (let i = 0; i < long.length; i += 65_536) scanner.push(long.slice(i, i + 65_536))
    const result = scanner.finish()
    assert.ok(result.ok)
    assert.equal(result.value.records, 2)
  })

  test('the order of records does not matter', () => {
    const records = [
      row(100, 'G', 'A', '0/1'),
      row(100, 'G', 'A', '0|1'),
      row(100, 'G', 'GC', '0/0'),
      row(98, 'ACG', 'A', '0/0'),
      row(120, 'C', 'T,G', '1|2'),
      row(200, 'CAATGG', 'C', '0/1'),
      row(300, 'T', 'TG', './1'),
    ]
    const straight = read(head() + records.join(''))
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        const read2 = read(head() + shuffled.join(''))
        assert.deepEqual(new Map([...read2.genotypes].sort()), new Map([...straight.genotypes].sort()))
      }),
    )
  })
})
