import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshFolder, habeas } from './habeas.ts'

const columns = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB'
const rows = [
  'chr10\t94781859\t.\tG\tA\t.\tPASS\t.\tGT:DP:GQ\t0/1:9:99\t0/1:40:99',
  'chr10\t94761900\t.\tC\tT\t.\tLowQual\t.\tGT:DP:GQ\t0/1:30:99\t0/0:30:10',
]
const file = join(freshFolder('raw'), 'raw.vcf')
writeFileSync(file, ['##fileformat=VCFv4.2', columns, ...rows, ''].join('\n'))

type Report = {
  readonly sample: string
  readonly source: object
  readonly reading: object
  readonly genes: readonly {
    readonly gene: string
    readonly diplotypes: readonly string[]
    readonly missing: readonly string[]
    readonly warnings: readonly { readonly code: string; readonly message: string }[]
  }[]
}

function cyp2c19(args: readonly string[]) {
  const run = habeas(['genome', file, '--json', ...args])
  assert.equal(run.status, 0, run.err)
  const reports = run.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Report)
  return reports.map((report) => ({ ...report, ...report.genes.find(({ gene }) => gene === 'CYP2C19')! }))
}

test('what was asked stands in the result, and what was left out is listed with its reason', () => {
  const [a, b] = cyp2c19(['--min-depth', '10', '--min-gq', '20'])
  assert.deepEqual([a!.sample, b!.sample], ['A', 'B'])
  assert.deepEqual(a!.reading, { minDepth: 10, minGq: 20, absentIsReference: false })
  assert.deepEqual((a!.source as { index: unknown }).index, null)
  const codes = (report: typeof a, key: string) =>
    report!.warnings.flatMap(({ code, message }) => (message.startsWith(key) ? [code] : [])).sort()
  assert.deepEqual(codes(a, 'chr10:94781859'), ['below-min-depth', 'variant-not-used'])
  assert.deepEqual(codes(a, 'chr10:94761900'), ['filter-not-pass', 'variant-not-used'])
  assert.deepEqual(codes(b, 'chr10:94781859'), [])
  assert.deepEqual(codes(b, 'chr10:94761900'), ['below-min-gq', 'filter-not-pass'])
  assert.ok(a!.missing.includes('chr10:94781859') && !b!.missing.includes('chr10:94781859'))
})

test('absent is the reference when it is said, and the result and the text say so', () => {
  const [report] = cyp2c19(['--sample', 'B', '--absent-is-reference'])
  assert.deepEqual(report!.reading, { minDepth: null, minGq: null, absentIsReference: true })
  assert.deepEqual(report!.missing, ['chr10:94761900'])
  assert.ok(report!.warnings.some(({ code }) => code === 'absent-as-reference'))
  const text = habeas(['genome', file, '--sample', 'B', '--absent-is-reference', '--min-gq', '5']).out
  assert.match(text, /positions without a record are read as the reference \(autosomes\), as asked/)
  assert.match(text, /calls below a genotype quality of 5 count as missing, as asked/)
})

test('thresholds that are no numbers, and a plan that should take absence for the reference, are refused', () => {
  for (const args of [
    ['genome', file, '--min-depth', '0'],
    ['genome', file, '--min-gq', 'high'],
    ['plan', 'examples/permitted', '--absent-is-reference'],
  ]) {
    const run = habeas(args)
    assert.deepEqual([run.status, run.out], [2, ''], args.join(' '))
    assert.match(run.err, /min-depth|min-gq|absent-is-reference/)
  }
})
