import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { GenomeKnowledge, Position } from '#genome'
import { bgzip } from '../../../test/genome/packed.ts'
import { genomeReader } from './readVcf.ts'

const position: Position = { key: 'chr1:100', chrom: 'chr1', pos: 100, rsid: null, ref: 'G', alts: ['A'] }
const none = new Set<string>()
const knowledge: GenomeKnowledge = {
  version: '1',
  genes: [
    {
      gene: 'G',
      positions: [position],
      alleles: [],
      extra: [],
      required: none,
      tier1: none,
      undocumentedIsReference: false,
      byVariants: false,
      priorities: [],
    },
  ],
  markers: new Map(),
  phenotypes: new Map(),
}
const reader = genomeReader(knowledge)

const filler = Array.from(
  { length: 20_000 },
  (_, i) => `chr1\t${1000 + i}\t.\tC\tT\t.\tPASS\t.\tGT\t0/${i % 2}\n`,
)
const vcf = Buffer.from(
  `##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\nchr1\t100\t.\tG\tA\t.\tPASS\t.\tGT\t0/1\n${filler.join('')}`,
)

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-vcf-'))
})
after(() => rm(folder, { recursive: true }))

async function read(bytes: Buffer, name = 'x') {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return reader.read(path, {})
}

describe('files', () => {
  const half = vcf.length >> 1
  const kinds: readonly (readonly [name: string, bytes: Buffer])[] = [
    ['plain', vcf],
    ['gzip', gzipSync(vcf)],
    [
      'gzip of several members',
      Buffer.concat([gzipSync(vcf.subarray(0, half)), gzipSync(vcf.subarray(half))]),
    ],
    ['BGZF', bgzip(vcf)],
  ]
  for (const [name, bytes] of kinds) {
    test(`${name}, whatever the file is called`, async () => {
      const result = await read(bytes, 'genome.txt')
      assert.ok(result.ok, JSON.stringify(result))
      const { source, samples, assembly } = result.value
      assert.equal(source.records, filler.length + 1)
      assert.equal(source.sha256, createHash('sha256').update(bytes).digest('hex'))
      assert.equal(assembly, 'GRCh38')
      assert.deepEqual(samples[0]!.genotypes.get(position.key)?.alleles, ['G', 'A'])
    })
  }

  const gzip = gzipSync(vcf)
  const bgzf = bgzip(vcf)
  const damaged = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes)
    copy[at] = copy[at]! ^ 0xff
    return copy
  }
  const firstBlock = bgzf.readUInt16LE(16) + 1
  const refused: readonly (readonly [name: string, bytes: Buffer, code: string])[] = [
    ['an empty file', Buffer.alloc(0), 'vcf.empty'],
    ['a gzip of nothing', gzipSync(Buffer.alloc(0)), 'vcf.empty'],
    ['gzip cut short', gzip.subarray(0, gzip.length - 9), 'vcf.compression'],
    ['gzip cut short in its first bytes', gzip.subarray(0, 12), 'vcf.compression'],
    ['gzip with a damaged sum', damaged(gzip, gzip.length - 6), 'vcf.compression'],
    ['bytes after gzip', Buffer.concat([gzip, Buffer.from('more')]), 'vcf.compression'],
    ['zeros after gzip', Buffer.concat([gzip, Buffer.alloc(64)]), 'vcf.compression'],
    ['BGZF without its end block', bgzf.subarray(0, bgzf.length - 28), 'vcf.compression'],
    ['BGZF cut at a block', bgzf.subarray(0, firstBlock), 'vcf.compression'],
    ['BGZF cut in a block', bgzf.subarray(0, firstBlock + 100), 'vcf.compression'],
    ['BGZF with a damaged block head', damaged(bgzf, firstBlock), 'vcf.compression'],
    ['BGZF with a damaged block', damaged(bgzf, firstBlock + 5000), 'vcf.compression'],
    ['bytes after BGZF', Buffer.concat([bgzf, Buffer.from('x')]), 'vcf.compression'],
    ['gzip of another thing', gzipSync(Buffer.from('hello')), 'vcf.not-vcf'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'vcf.not-vcf'],
  ]
  for (const [name, bytes, code] of refused) {
    test(`refuses ${name}`, async () => {
      const result = await read(Buffer.from(bytes))
      assert.ok(!result.ok)
      assert.equal(result.error.code, code)
      assert.equal(result.error.kind, 'input')
    })
  }

  test('a damaged byte of gzip is told as damage, whichever line it shows in; an undamaged one as its line', async () => {
    for (let at = 30; at < gzip.length; at += Math.ceil(gzip.length / 60)) {
      const result = await read(damaged(gzip, at))
      assert.deepEqual([at, result.ok || result.error.code], [at, 'vcf.compression'])
    }
    const wrong = await read(gzipSync(Buffer.concat([vcf, Buffer.from('chr10\tten\n'), vcf])))
    assert.match(wrong.ok ? '' : wrong.error.where, /:\d+$/)
  })

  test('what unpacks to more than a genome can have is refused before it is all unpacked', async () => {
    const header = '##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n'
    const bomb = Buffer.from(header + 'chr2\t1\t.\tC\tT\t.\tPASS\t.\tGT\t0/0\n'.repeat(1_000_000))
    for (const [name, bytes] of [
      ['gzip', gzipSync(bomb)],
      ['BGZF', bgzip(bomb)],
      ['plain', bomb],
    ] as const) {
      const path = join(folder, 'bomb')
      await writeFile(path, bytes)
      let seen = 0
      const most = 1 << 20
      const onProgress = (done: number) => {
        seen = done
      }
      const refused = await genomeReader(knowledge, { mostBytes: most }).read(path, { onProgress })
      assert.ok(!refused.ok, name)
      const { code, kind, where, found } = refused.error
      assert.deepEqual([code, kind, where], ['vcf.too-long', 'input', path], name)
      assert.match(found, /more than 1048576 bytes/, name)
      if (name === 'plain') assert.ok(seen < bytes.length / 2, 'the rest is not read')
      const whole = await genomeReader(knowledge, { mostBytes: bomb.length }).read(path, {})
      assert.ok(whole.ok && whole.value.source.records === 1_000_000, name)
    }
  })

  test('a file that is not there, and a folder', async () => {
    const absent = await reader.read(join(folder, 'absent.vcf'), {})
    assert.ok(!absent.ok && absent.error.code === 'vcf.not-found' && absent.error.kind === 'input')
    const directory = await reader.read(folder, {})
    assert.ok(!directory.ok && directory.error.code === 'vcf.not-a-file')
  })

  test('progress counts the bytes of the file up to its size', async () => {
    const path = join(folder, 'progress.vcf.gz')
    await writeFile(path, gzip)
    const seen: number[] = []
    const result = await reader.read(path, {
      onProgress: (done, total) => {
        assert.equal(total, gzip.length)
        seen.push(done)
      },
    })
    assert.ok(result.ok)
    assert.equal(seen.at(-1), gzip.length)
  })
})
