import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { stat, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { FaultError, inputFault, surroundingsFault } from '#kernel'
import { unlessErrno } from '../files/errno.ts'
import { findIndex } from '../vcf/tabixIndex.ts'
import { compare, compareEach, single } from './compare.ts'
import { benchCalls, benchMany, writeRegions } from './genomeCalls.ts'
import { type Line, lineOf, short } from './line.ts'
import { writeMadeGenome } from './madeGenome.ts'
import { needProgram, programSide } from './program.ts'
import type { Bench, Room } from './room.ts'

const format = '%CHROM %POS [%GT ]\\n'
const records = { full: 600_000, quick: 20_000 }

/** `habeas genome` as a person starts it, against a reader of VCF written in C; then what its parts take by themselves. */
export const benchGenome: Bench = async function* (room) {
  needProgram('bcftools', 'bcftools on the PATH, which this line is measured against')
  const file = await genomeOf(room)
  yield* benchWhole(room, file)
  yield* benchIndexed(room, file)
  yield* benchCalls(room)
  yield* benchMany(room)
}

const planOf = ({ quick, show }: Room, name: string) => ({
  rounds: quick ? 1 : 5,
  warm: quick ? 0 : 1,
  onRound: (round: number) => show(`${name}: round ${round}`),
})

const peaks = 'peaks of both: VmHWM, read from outside every 5 ms'

/** The whole file is read by both: its name in the bench's folder has no index beside it. */
async function* benchWhole(room: Room, file: string): AsyncIterable<Line> {
  const alone = join(room.folder, 'whole.vcf.gz')
  await symlink(resolve(file), alone)
  const isPacked = await beginsLikeGzip(alone)
  const [command, script] = room.program
  const [query, inflate] = await compareEach(
    single(programSide(command, [script, 'genome', alone, '--json'])),
    [
      single(programSide('bcftools', ['query', '-f', format, alone])),
      single({ round: () => inflateAlone(alone, isPacked), close: async () => null }),
    ],
    planOf(room, 'genome'),
  )
  const head = { unit: 's', better: 'less' } as const
  yield lineOf({ ...head, bench: 'genome', peerName: 'bcftools query', limit: peaks }, query![0]!)
  const limit = 'in a running process; ours inflates beside its scan, on as many threads as there are'
  yield lineOf(
    { ...head, bench: 'genome-inflate', peerName: 'inflating alone, on one thread', limit },
    inflate![0]!,
  )
}

/** Through the index, where there is one or `bcftools index` can make one; a file that is no BGZF has none. */
async function* benchIndexed(room: Room, file: string): AsyncIterable<Line> {
  const [command, script] = room.program
  const indexed = (await findIndex(file)) !== undefined ? file : await makeIndex(room, file)
  if (indexed === undefined) return
  const regions = join(room.folder, 'regions.bed')
  await writeRegions(room, regions)
  const compared = await compare(
    programSide(command, [script, 'genome', indexed, '--json']),
    programSide('bcftools', ['view', '-H', '-R', regions, indexed]),
    planOf(room, 'genome-index'),
  )
  const start = await programSide(command, [script, '--version']).round()
  const limit = `starting the program without a genome: ${short(start)} s; the digest is of the whole file; ${peaks}`
  yield lineOf(
    { bench: 'genome-index', peerName: 'bcftools view -R', unit: 's', better: 'less', limit },
    compared,
  )
}

async function makeIndex({ folder }: Room, file: string): Promise<string | undefined> {
  const path = join(folder, 'indexed.vcf.gz')
  await symlink(resolve(file), path)
  const { status } = spawnSync('bcftools', ['index', '-t', '-o', `${path}.tbi`, path], { stdio: 'ignore' })
  return status === 0 ? path : undefined
}

async function genomeOf({ vcf, folder, quick, show }: Room): Promise<string> {
  if (vcf !== undefined) {
    const found = await unlessErrno(stat(vcf), 'ENOENT', 'ENOTDIR')
    if (found?.isFile()) return vcf
    const what = found === undefined ? 'no such file' : 'something that is no file'
    throw new FaultError(inputFault('bench.no-vcf', vcf, what, 'a VCF file, plain, gzip or BGZF'))
  }
  show('genome: making one')
  const path = join(folder, 'made.vcf.gz')
  await writeMadeGenome(path, quick ? records.quick : records.full)
  return path
}

const gzipMagic = Buffer.from([0x1f, 0x8b])

async function beginsLikeGzip(file: string): Promise<boolean> {
  for await (const head of createReadStream(file, { end: 1 })) return (head as Buffer).equals(gzipMagic)
  return false
}

/** Seconds; one thread that does nothing else, as `gzip -d` would. */
async function inflateAlone(file: string, isPacked: boolean): Promise<number> {
  const from = performance.now()
  let bytes = 0
  const source = createReadStream(file, { highWaterMark: 1 << 19 })
  const plain = isPacked ? source.pipe(createGunzip({ chunkSize: 1 << 20 })) : source
  for await (const chunk of plain as AsyncIterable<Buffer>) bytes += chunk.length
  if (bytes === 0) throw new FaultError(surroundingsFault('bench.empty', file, 'no bytes', 'a genome'))
  return (performance.now() - from) / 1000
}
