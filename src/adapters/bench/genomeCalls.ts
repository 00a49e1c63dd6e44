import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { callGenes, type GenomeKnowledge, type Position, reachOf, VcfScanner, wantedPositions } from '#genome'
import { utf8 } from '#kernel'
import { compare, type Side } from './compare.ts'
import { type Line, lineOf, short } from './line.ts'
import { given } from './parts.ts'
import { programSide } from './program.ts'
import { repeat } from './repeat.ts'
import type { Room } from './room.ts'

const roundMs = { full: 1000, quick: 50 }
const samples = { full: 1000, quick: 20 }
const columns = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT'

/** One sample that is called over and over in a running process; the peers are goals, as nobody else's caller is one. */
export async function* benchCalls(room: Room): AsyncIterable<Line> {
  const { tables } = await room.ports()
  const goals = [
    ['genome-call', '0/0', 5, 'the reference at each'],
    ['genome-call-worst', '0/1', 50, 'each heterozygous and unphased'],
  ] as const
  for (const [bench, gt, goal, what] of goals) {
    const { read, call } = sampleOf(tables.genome, gt)
    const compared = await compare(
      repeated(room, call),
      { round: async () => goal, close: async () => null },
      { rounds: room.quick ? 1 : 5, warm: 1 },
    )
    const reading = short(await repeated(room, read).round())
    const limit = `every gene of a sample with all positions, ${what}; reading its VCF takes ${reading} ms before`
    yield lineOf({ bench, peerName: `a goal of ${goal} ms`, unit: 'ms', better: 'less', limit }, compared)
  }
}

const repeated = ({ quick }: Room, pass: () => void): Side => ({
  round: async () => repeat(quick ? roundMs.quick : roundMs.full, 1, pass) / 1000,
  close: async () => null,
})

function sampleOf(knowledge: GenomeKnowledge, gt: string) {
  const positions = wantedPositions(knowledge)
  const bytes = utf8(vcfOf(positions, ['S'], () => gt))
  const read = () => {
    const scanner = new VcfScanner({ positions, file: 'made' })
    scanner.push(bytes)
    return given(scanner.finish()).samples[0]!
  }
  const sample = read()
  return { read, call: () => callGenes(sample, knowledge, { allMatches: false, outside: [] }) }
}

/** A file of many samples, as a person starts the program; its peer only prints what stands in the file. */
export async function* benchMany(room: Room): AsyncIterable<Line> {
  const { tables } = await room.ports()
  const count = room.quick ? samples.quick : samples.full
  const names = Array.from({ length: count }, (_, i) => `S${i}`)
  const path = join(room.folder, 'many.vcf')
  const gts = ['0/0', '0/0', '0/0', '0/1', '0|1', '1/1', './.']
  await writeFile(
    path,
    vcfOf(wantedPositions(tables.genome), names, (row, sample) => gts[(row * 7 + sample * 3) % 61] ?? '0/0'),
  )
  const [command, script] = room.program
  const perSecond = (side: Side): Side => ({
    round: async () => count / (await side.round()),
    close: () => side.close(),
  })
  const compared = await compare(
    perSecond(programSide(command, [script, 'genome', path, '--json'])),
    perSecond(programSide('bcftools', ['query', '-f', '%CHROM\\t%POS[\\t%GT]\\n', path])),
    { rounds: room.quick ? 1 : 3, warm: 0, onRound: (round) => room.show(`genome-many: round ${round}`) },
  )
  const limit = `samples of one file of ${count}, every gene of each called; the peer calls nothing`
  yield lineOf(
    { bench: 'genome-many', peerName: 'bcftools query', unit: 'samples/s', better: 'more', limit },
    compared,
  )
}

/** Where records of the positions may stand, as a BED file: zero-based, half-open. */
export async function writeRegions(room: Room, path: string): Promise<void> {
  const { tables } = await room.ports()
  const rows = wantedPositions(tables.genome).map((at) => `${at.chrom}\t${at.pos - 1}\t${reachOf(at)}\n`)
  await writeFile(path, rows.join(''))
}

function vcfOf(
  positions: readonly Position[],
  names: readonly string[],
  gtOf: (row: number, sample: number) => string,
): string {
  const contigs = [...new Set(positions.map(({ chrom }) => chrom))]
  const header = [
    '##fileformat=VCFv4.2',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="GT">',
    ...contigs.map((chrom) => `##contig=<ID=${chrom},assembly=GRCh38>`),
    [columns, ...names].join('\t'),
  ]
  const rows = positions.map(({ chrom, pos, ref, alts }, row) =>
    [
      ...[chrom, pos, '.', ref, alts.join(','), '.', 'PASS', '.', 'GT'],
      ...names.map((_, sample) => gtOf(row, sample)),
    ].join('\t'),
  )
  return [...header, ...rows, ''].join('\n')
}
