import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type GenomeReport, reportSample } from '#genome'
import { err, type Fault, ok, type Result, utf8 } from '#kernel'
import { genomeReader } from '../../src/adapters/vcf/readVcf.ts'
import { callFile, type Watch } from '../../src/web/genome/callFile.ts'
import { syntheticGenome } from '../../tools/examples/genomes.ts'
import { knowledge } from '../genome/knowledge.ts'
import { bgzip } from '../genome/packed.ts'
import { freshFolder } from '../scenarios/habeas.ts'

const folder = freshFolder('callFile')
const path = join(folder, 'genome.vcf')

/** What the program says of the file. */
async function byProgram(bytes: Uint8Array): Promise<Result<readonly GenomeReport[], Fault>> {
  writeFileSync(path, bytes)
  const genome = await genomeReader(knowledge).read(path, {})
  if (!genome.ok) return err(genome.error)
  const how = {
    allMatches: false,
    outside: [],
    findings: [],
    reading: { minDepth: null, minGq: null, absentIsReference: false },
  }
  return ok(genome.value.samples.map((sample) => reportSample(genome.value, sample, knowledge, how)))
}

const quiet: Watch = { onProgress: () => undefined, isStopped: () => false }
const byPage = (bytes: Uint8Array, watch = quiet) =>
  callFile(new File([Uint8Array.from(bytes)], path), knowledge, watch)

const plain = Buffer.from(
  utf8(
    syntheticGenome(knowledge, {
      sample: 'X',
      alleles: { CYP2C19: ['*2', '*17'], CFTR: ['ivacaftor non-responsive CFTR sequence', 'G551D'] },
    }),
  ),
)
const long = Buffer.concat([plain, Buffer.from('chrX\t9\t.\tC\tT\t.\tPASS\t.\tGT\t0/0\n'.repeat(60_000))])
const half = long.length >> 1
const gzip = gzipSync(long)
const bgzf = bgzip(long)
const damaged = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = copy[at]! ^ 0xff
  return copy
}
/** A first member of exactly the size in which files are read, or of a piece of it, so that the next one begins where a chunk does. */
const fitting = (size: number): Buffer => {
  const first = gzipSync(long.subarray(0, half))
  // A name of the file in the member's head fills it up (RFC 1952, section 2.3).
  const name = Buffer.alloc(size - first.length, 'x')
  name[name.length - 1] = 0
  first[3] = 0x08
  const filled = Buffer.concat([first.subarray(0, 10), name, first.subarray(10)])
  assert.equal(filled.length, size)
  return Buffer.concat([filled, gzipSync(long.subarray(half))])
}

describe('a page says of a file what the program says', () => {
  const files: readonly (readonly [name: string, bytes: Buffer])[] = [
    ['plain', plain],
    ['longer than is read at once', long],
    ['gzip', gzip],
    ['gzip of two members', Buffer.concat([gzipSync(long.subarray(0, half)), gzipSync(long.subarray(half))])],
    ['a member as long as what is read at once', fitting(1 << 19)],
    ['a member as long as what is unpacked at once', fitting(1 << 16)],
    ['BGZF', bgzf],
    ['empty', Buffer.alloc(0)],
    ['gzip of nothing', gzipSync(Buffer.alloc(0))],
    ['gzip cut short', gzip.subarray(0, gzip.length - 9)],
    ['gzip cut short in its first bytes', gzip.subarray(0, 12)],
    ['gzip with a damaged sum', damaged(gzip, gzip.length - 6)],
    ['gzip with a damaged byte', damaged(gzip, gzip.length >> 1)],
    ['bytes after gzip', Buffer.concat([gzip, Buffer.from('more')])],
    ['zeros after gzip', Buffer.concat([gzip, Buffer.alloc(64)])],
    ['BGZF without its end block', bgzf.subarray(0, bgzf.length - 28)],
    ['BGZF with a damaged block', damaged(bgzf, 500)],
    ['bytes after BGZF', Buffer.concat([bgzf, Buffer.from('x')])],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['GRCh37', Buffer.from(plain.toString().replace('\n', '\n##reference=hg19\n'))],
    ['a line with a column less', Buffer.from(plain.toString().replace(/\t[^\t\n]*\n$/, '\n'))],
  ]
  for (const [name, bytes] of files)
    test(name, async () => {
      const expected = await byProgram(bytes)
      assert.deepEqual(await byPage(bytes), expected)
      if (expected.ok) assert.equal(expected.value.length, 1)
    })
})

test('progress counts the bytes up to the size, and stopping ends it without a result', async () => {
  const seen: number[] = []
  await byPage(bgzf, { ...quiet, onProgress: (read) => void seen.push(read) })
  assert.equal(seen.at(-1), bgzf.length)
  let asked = 0
  assert.equal(await byPage(long, { ...quiet, isStopped: () => asked++ > 2 }), undefined)
})

test('a file that is taken away while it is read is said to be, and where', async () => {
  const gone = {
    name: 'mine.vcf',
    size: 10,
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) as unknown as Blob,
  }
  const refused = await callFile(gone, knowledge, quiet)
  assert.ok(refused !== undefined && !refused.ok)
  assert.deepEqual([refused.error.code, refused.error.where], ['vcf.unreadable', 'mine.vcf'])
})
