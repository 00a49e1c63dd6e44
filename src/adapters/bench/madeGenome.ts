import { open } from 'node:fs/promises'
import { bgzfBlock, blockSize, endOfBgzf } from './bgzf.ts'

/** Lengths of the autosomes of GRCh38 in megabases, by which records are shared out. */
const megabases = [
  248, 242, 198, 190, 181, 170, 159, 145, 138, 133, 135, 133, 114, 107, 101, 90, 83, 80, 58, 64, 46, 50,
]
const total = megabases.reduce((sum, length) => sum + length, 0)
const bases = ['A', 'C', 'G', 'T']
const genotypes = ['0/1', '0/1', '1/1', '0/0', '0|1', './.']

const header = (): string =>
  [
    '##fileformat=VCFv4.2',
    '##FILTER=<ID=PASS,Description="All filters passed">',
    ...['AC', 'AN', 'DP'].map((id) => `##INFO=<ID=${id},Number=1,Type=Integer,Description="${id}">`),
    ...['AF', 'MQ', 'QD'].map((id) => `##INFO=<ID=${id},Number=1,Type=Float,Description="${id}">`),
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    ...['AD', 'PL'].map((id) => `##FORMAT=<ID=${id},Number=.,Type=Integer,Description="${id}">`),
    ...['DP', 'GQ'].map((id) => `##FORMAT=<ID=${id},Number=1,Type=Integer,Description="${id}">`),
    ...megabases.map((_, i) => `##contig=<ID=chr${i + 1},assembly=GRCh38>`),
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tmade',
    '',
  ].join('\n')

/** The same numbers on every machine (a linear congruence modulo 2^32, Knuth's multiplier). */
function numbers(): (below: number) => number {
  let state = 20_261_125
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A record as a caller of one person at 30× writes it. */
function record(chrom: number, pos: number, below: (n: number) => number): string {
  const ref = below(4)
  const alt = (ref + 1 + below(3)) % 4
  const depth = 15 + below(35)
  const alts = below(depth)
  const info = `AC=${below(3)};AF=${(below(1000) / 1000).toFixed(3)};AN=2;DP=${depth};MQ=${55 + below(6)}.00;QD=${below(30)}.${below(100)}`
  const sample = `${genotypes[below(genotypes.length)]}:${depth - alts},${alts}:${depth}:${below(100)}:${below(900)},0,${below(900)}`
  const id = below(3) === 0 ? '.' : `rs${below(100_000_000)}`
  return `chr${chrom}\t${pos}\t${id}\t${bases[ref]}\t${bases[alt]}\t${below(3000)}.${below(100)}\tPASS\t${info}\tGT:AD:DP:GQ:PL\t${sample}\n`
}

/** A record that must be in the genome, as its line. */
export type GivenRecord = { readonly chrom: string; readonly pos: number; readonly line: string }

function* recordsOf(count: number, given: readonly GivenRecord[]): Iterable<string> {
  const below = numbers()
  for (const [i, length] of megabases.entries()) {
    const here = Math.ceil((count * length) / total)
    const step = Math.floor((length * 1_000_000) / here)
    const own = given.filter(({ chrom }) => chrom === `chr${i + 1}`).sort((a, b) => a.pos - b.pos)
    const places = new Set(own.map(({ pos }) => pos))
    let next = 0
    for (let k = 0; k < here; k++) {
      const pos = 1 + k * step + below(step)
      for (; next < own.length && own[next]!.pos <= pos; next++) yield own[next]!.line
      const made = record(i + 1, pos, below)
      if (!places.has(pos)) yield made
    }
    for (; next < own.length; next++) yield own[next]!.line
  }
}

/** Writes a genome of about `count` records as BGZF, the given ones among them; the same bytes of text every time. */
export async function writeMadeGenome(
  path: string,
  count: number,
  given: readonly GivenRecord[] = [],
): Promise<void> {
  const file = await open(path, 'w')
  try {
    let text = header()
    for (const line of recordsOf(count, given)) {
      text += line
      if (text.length < blockSize) continue
      // All of it is ASCII, so a character is a byte.
      await file.write(bgzfBlock(Buffer.from(text.slice(0, blockSize), 'latin1')))
      text = text.slice(blockSize)
    }
    if (text.length > 0) await file.write(bgzfBlock(Buffer.from(text, 'latin1')))
    await file.write(endOfBgzf)
  } finally {
    await file.close()
  }
}
