import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import type { GenomeFile, Reading } from '#genome'
import { expectOk } from '#kernel'
import { bgzfBlock, blockSize, endOfBgzf } from '../../src/adapters/bench/bgzf.ts'
import { genomeReader } from '../../src/adapters/vcf/readVcf.ts'
import { pathOf, skip } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { geneOf, header, record } from './vcf.ts'

const reader = genomeReader(knowledge)
const raw = pathOf('wgs/getrm3_30x_grch38_pgx_chromosome_windows.vcf.gz')
const folder = mkdtempSync(join(tmpdir(), 'habeas-tabix-'))
after(() => rmSync(folder, { recursive: true }))

const hasBcftools = spawnSync('bcftools', ['--version']).status === 0
const skipMade = hasBcftools ? false : 'bcftools, which makes the indexes, is not here'

const read = async (path: string, options: Reading = {}): Promise<GenomeFile> =>
  expectOk(await reader.read(path, options))

/** The same bytes where no index lies beside them. */
async function readWhole(path: string, options: Reading = {}): Promise<GenomeFile> {
  const copy = join(folder, 'whole.vcf.gz')
  copyFileSync(path, copy)
  return read(copy, options)
}

/** What must be the same; messages name the file. */
function apart({ source: { file, records, sha256 }, samples }: GenomeFile) {
  const nameless = samples.map(({ sample, genotypes, warnings }) => ({
    sample,
    genotypes: new Map([...genotypes].sort()),
    warnings: JSON.stringify([...warnings].sort()).replaceAll(file, 'file'),
  }))
  return { samples: nameless, records, sha256 }
}

/** As BGZF with small blocks, so that positions lie in different ones. */
function write(name: string, text: string, size = blockSize): string {
  const path = join(folder, name)
  const bytes = Buffer.from(text)
  const blocks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bgzfBlock(bytes.subarray(i * size, (i + 1) * size)),
  )
  writeFileSync(path, Buffer.concat([...blocks, endOfBgzf]))
  for (const kind of ['tbi', 'csi']) rmSync(`${path}.${kind}`, { force: true })
  return path
}

function index(path: string, kind: 'tbi' | 'csi'): void {
  const { status, stderr } = spawnSync('bcftools', ['index', '-f', `--${kind}`, path], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
}

const contigs = knowledge.genes.map(({ positions }) => positions[0]!.chrom)
const contigLines = [...new Set(contigs)].map((chrom) => `##contig=<ID=${chrom}>`)
const formats = [
  '##INFO=<ID=END,Number=1,Type=Integer,Description="end">',
  '##FORMAT=<ID=GT,Number=1,Type=String,Description="GT">',
]

/** Variants, blocks and filler around the positions of some genes, sorted as an index wants them. */
function made(seed: number, genes: readonly string[]): string {
  let state = seed
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const rows: { chrom: string; pos: number; line: string }[] = []
  for (const gene of genes)
    for (const position of geneOf(gene).positions) {
      const { chrom, pos } = position
      const gt = ['0/0', '0/1', './.', '0|1'][below(4)]!
      if (below(3) > 0) rows.push({ chrom, pos, line: record(position, gt) })
      else {
        const from = pos - below(40_000)
        const line = [
          chrom,
          from,
          '.',
          'N',
          '<NON_REF>',
          '.',
          '.',
          `END=${pos + below(20)}`,
          'GT',
          '0/0',
        ].join('\t')
        rows.push({ chrom, pos: from, line })
      }
      const away = pos + 1000 + below(50)
      rows.push({
        chrom,
        pos: away,
        line: [chrom, away, '.', 'N', 'A', '.', '.', '.', 'GT', '0/1'].join('\t'),
      })
    }
  const order = [...new Set(contigs)]
  rows.sort((a, b) => order.indexOf(a.chrom) - order.indexOf(b.chrom) || a.pos - b.pos)
  // No two at one place: what stands there twice is told with its line, and then the index is not used.
  const single = rows.filter(({ chrom, pos }, i) => rows[i - 1]?.pos !== pos || rows[i - 1]?.chrom !== chrom)
  return `${header(['S1'], [...formats, ...contigLines])}\n${single.map(({ line }) => line).join('\n')}\n`
}

describe('with its index a file gives what it gives without', () => {
  test('three 30x genomes, all and one of them', { skip }, async () => {
    for (const options of [{}, { sample: 'NA18861' }, { absentIsReference: true }]) {
      const indexed = await read(raw, options)
      assert.deepEqual(indexed.source.index, { file: `${raw}.tbi`, unused: null })
      assert.deepEqual(apart(indexed), apart(await readWhole(raw, options)))
    }
  })

  test('made files, in blocks of every size, by .tbi and .csi', { skip: skipMade }, async () => {
    const genes = fc.subarray(['CYP2C9', 'DPYD', 'SLCO1B1', 'UGT1A1', 'NUDT15', 'G6PD'], { minLength: 1 })
    const drawn = fc.record({
      seed: fc.nat(),
      genes,
      size: fc.integer({ min: 200, max: 9000 }),
      kind: fc.constantFrom('tbi' as const, 'csi' as const),
      absentIsReference: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ seed, genes, size, kind, absentIsReference }) => {
        const path = write('made.vcf.gz', made(seed, genes), size)
        index(path, kind)
        const indexed = await read(path, { absentIsReference })
        assert.deepEqual(indexed.source.index, { file: `${path}.${kind}`, unused: null })
        assert.deepEqual(apart(indexed), apart(await readWhole(path, { absentIsReference })))
      }),
      { numRuns: 25 },
    )
  })
})

describe('an index that cannot be relied on is told, and the whole file is read', { skip: skipMade }, () => {
  type Row = readonly [given: string, spoil: (path: string) => void, why: RegExp]
  const text = made(7, ['CYP2C9', 'DPYD'])
  const other = made(8, ['CYP2C9', 'DPYD', 'NUDT15'])
  const swap = (path: string, bytes: string) => {
    const from = write('other.vcf.gz', bytes, 3000)
    index(from, 'tbi')
    copyFileSync(`${from}.tbi`, `${path}.tbi`)
  }
  const rows: readonly Row[] = [
    ['older than the file', (path) => utimesSync(`${path}.tbi`, 1000, 1000), /older/],
    ['of another file', (path) => swap(path, other), /does not end where|another file/],
    [
      'of the beginning only',
      (path) => swap(path, `${text.split('\n').slice(0, 60).join('\n')}\n`),
      /does not end where|another file/,
    ],
    ['empty', (path) => writeFileSync(`${path}.tbi`, ''), /damaged/],
    ['no index at all', (path) => writeFileSync(`${path}.tbi`, 'hello'), /damaged/],
    [
      'cut short',
      (path) => writeFileSync(`${path}.tbi`, readFileSync(`${path}.tbi`).subarray(0, 90)),
      /damaged/,
    ],
  ]
  for (const [given, spoil, why] of rows)
    test(given, async () => {
      const path = write('spoilt.vcf.gz', text, 3000)
      index(path, 'tbi')
      spoil(path)
      const found = await read(path)
      assert.match(found.source.index?.unused ?? 'used', why)
      assert.deepEqual(apart(found), apart(await readWhole(path)))
    })

  test('what only the whole file tells: lines of a remark, faults, lengths that stand in SVLEN', async () => {
    const [first] = geneOf('CYP2C9').positions
    const lines = text.trimEnd().split('\n')
    const at = lines.findIndex((line) => line.startsWith(`${first!.chrom}\t`))
    const with2 = (line: string) => `${[...lines.slice(0, at), line, line, ...lines.slice(at)].join('\n')}\n`
    const cases: readonly (readonly [string, string])[] = [
      ['line', with2(record(first!, '0/0'))],
      [
        'length',
        text.replace(
          '##INFO=<ID=END',
          '##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="l">\n##INFO=<ID=END',
        ),
      ],
    ]
    for (const [word, bytes] of cases) {
      const sorted = sortRows(bytes)
      const path = write('told.vcf.gz', sorted, 3000)
      index(path, 'tbi')
      const found = await read(path)
      assert.match(found.source.index?.unused ?? 'used', new RegExp(word))
      assert.deepEqual(apart(found), apart(await readWhole(path)))
    }
  })

  test('a fault is located in its line', async () => {
    // The same number of bytes, so that the index of the sound file fits.
    const path = write('fault.vcf.gz', text.replace('\t0/1\n', '\t0/7\n'), 3000)
    index(path, 'tbi')
    const result = await reader.read(path, {})
    assert.ok(!result.ok)
    assert.match(result.error.where, /fault\.vcf\.gz:\d+$/)
  })
})

/** Records of one file in the order that an index wants. */
function sortRows(text: string): string {
  const lines = text.trimEnd().split('\n')
  const head = lines.filter((line) => line.startsWith('#'))
  const order = [...new Set(contigs)]
  const place = (line: string) => {
    const [chrom, pos] = line.split('\t')
    return order.indexOf(chrom!) * 1e9 + Number(pos)
  }
  const rows = lines.filter((line) => !line.startsWith('#')).sort((a, b) => place(a) - place(b))
  return `${[...head, ...rows].join('\n')}\n`
}
