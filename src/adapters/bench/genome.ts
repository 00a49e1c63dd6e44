import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FaultError, inputFault } from '#kernel'
import { unlessErrno } from '../files/errno.ts'
import { decompress } from '../vcf/decompress.ts'
import { compare } from './compare.ts'
import { lineOf, short } from './line.ts'
import { writeMadeGenome } from './madeGenome.ts'
import { needProgram, programSide } from './program.ts'
import type { Bench, Room } from './room.ts'

const format = '%CHROM\\t%POS\\t%REF\\t%ALT[\\t%GT]\\n'
const records = { full: 600_000, quick: 20_000 }

/** `habeas genome` as a person starts it, against a reader of VCF written in C that prints every position and genotype. */
export const benchGenome: Bench = async function* (room) {
  needProgram('bcftools', 'bcftools on the PATH, which this line is measured against')
  const file = await genomeOf(room)
  room.show('genome: inflating alone')
  const inflated = await inflateAlone(file)
  const [command, script] = room.program
  const compared = await compare(
    programSide(command, [script, 'genome', file, '--json']),
    programSide('bcftools', ['query', '-f', format, file]),
    {
      rounds: room.quick ? 1 : 5,
      warm: room.quick ? 0 : 1,
      onRound: (round) => room.show(`genome: round ${round}`),
    },
  )
  const limit = `inflate alone ${short(inflated.seconds)} s, ${short(inflated.gigabytes / inflated.seconds)} GB/s of text (${short(inflated.gigabytes * 1000)} MB)`
  yield lineOf(
    { bench: 'genome', peerName: 'bcftools query', unit: 's', better: 'less', limit: `${limit}; ${peaks}` },
    compared,
  )
}

const peaks = 'peaks of both: VmHWM, read from outside every 5 ms'

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

/** What no reader of this file can go under with this inflater. */
async function inflateAlone(file: string): Promise<{ seconds: number; gigabytes: number }> {
  const from = performance.now()
  let bytes = 0
  const chunks = createReadStream(file, { highWaterMark: 1 << 19 }) as AsyncIterable<Buffer>
  for await (const chunk of decompress(chunks, file)) bytes += chunk.length
  return { seconds: (performance.now() - from) / 1000, gigabytes: bytes / 1e9 }
}
