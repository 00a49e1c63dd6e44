import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from '#kernel'
import type { Position } from './definition.ts'
import { VcfScanner } from './scan.ts'

const position = (chrom: string, pos: number, ref: string, ...alts: string[]): Position => ({
  key: `${chrom}:${pos}`,
  chrom,
  pos,
  rsid: null,
  ref,
  alts,
})
const positions = [
  position('chr1', 500, 'G', 'A'),
  position('chr1', 900, 'CAATGG', 'C'),
  position('chr2', 40, 'T', 'TG'),
]
const head = (blocks: boolean): string =>
  `##fileformat=VCFv4.2\n${blocks ? '##INFO=<ID=END,Number=1,Type=Integer,Description="end">\n' : ''}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n`

/** Each line comes in two pieces and is put together again, so that none is passed over. */
function* piecesOf(text: string): Iterable<Uint8Array> {
  for (const [line] of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    yield utf8(line.slice(0, 1))
    yield utf8(line.slice(1))
  }
}

function scan(pieces: Iterable<Uint8Array>) {
  const scanner = new VcfScanner({ positions, file: 'x.vcf' })
  for (const piece of pieces) scanner.push(piece)
  return scanner.finish()
}

const often = <T>(usual: fc.Arbitrary<T>, odd: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...odd) })

const place = fc.oneof(
  fc.integer({ min: 1, max: 1200 }),
  fc.constantFrom(40, 41, 499, 500, 501, 895, 900, 905),
)
const record = fc
  .record({
    chrom: often(fc.constantFrom('chr1', 'chr2', 'chr3'), ['1', 'chr11', 'chr', '']),
    pos: often(place.map(String), ['', 'ten', '1e3', '0', '12345678901', '00000000500']),
    ref: fc.constantFrom('G', 'GT', 'T', 'C'),
    alt: fc.constantFrom('A', '.', '<DEL>', 'A,<NON_REF>', 'GTT', '*'),
    info: fc.constantFrom('.', 'END=700', 'SVLEN=-480', 'END=2000;AC=1'),
    gt: often(fc.constantFrom('0/0', '0/1', '1|1', './.'), ['0/9', '']),
    end: often(fc.constant('\n'), ['\r\n', '\t0/0\n', '\n\n', '\u0000\n']),
  })
  .map(
    ({ chrom, pos, ref, alt, info, gt, end }) =>
      `${[chrom, pos, '.', ref, alt, '.', 'PASS', info, 'GT', gt].join('\t')}${end}`,
  )

test('lines that are passed over say what they say where each is looked at', () => {
  let read = 0
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 60 }),
      fc.boolean(),
      fc.boolean(),
      (records, blocks, sorted) => {
        const placed = (line: string) => Number(line.split('\t')[1])
        const lines = sorted ? records.toSorted((a, b) => placed(a) - placed(b)) : records
        const text = head(blocks) + lines.join('')
        const whole = scan([utf8(text)])
        if (whole.ok) read++
        assert.deepEqual(whole, scan(piecesOf(text)))
      },
    ),
    { numRuns: 1500 },
  )
  assert.ok(read > 20, `only ${read} files were no refusals`)
})

test('a line may be longer than what is cut at once, and so may the way to the next wanted position', () => {
  const filler = `chr1\t7\t.\tG\tA\t.\tPASS\t${'x'.repeat(150_000)}\tGT\t0/0\n`
  const many = 'chr1\t8\t.\tG\tA\t.\tPASS\t.\tGT\t0/0\n'.repeat(5000)
  const text = `${head(false)}${filler}${many}chr1\t500\t.\tG\tA\t.\tPASS\t.\tGT\t0/1\n${many}`
  const scanned = scan([utf8(text)])
  assert.ok(scanned.ok)
  assert.equal(scanned.value.records, 10_002)
  assert.deepEqual(scanned.value.samples[0]?.genotypes.get('chr1:500')?.alleles, ['G', 'A'])
  const damaged = scan([utf8(`${text}chr1\t9\t.\tG\n`)])
  assert.equal(damaged.ok ? '' : damaged.error.where, 'x.vcf:10005')
})
