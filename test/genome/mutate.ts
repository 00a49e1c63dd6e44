import { gzipSync } from 'node:zlib'
import { bgzip } from './packed.ts'

/** Numbers that look random and are the same every time (mulberry32); `below(n)` is a whole number from 0 to n − 1. */
export function numbersFrom(seed: number): { below(n: number): number } {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { below: (n) => Math.floor(next() * n) }
}
type Numbers = ReturnType<typeof numbersFrom>

export type Mutant = {
  readonly kind: (typeof kinds)[number]
  readonly bytes: Buffer
  /** What the mutation leaves no way to see: the call must be the same, or refused. */
  readonly saysTheSame: boolean
}

/** Each way to damage a file, as often as the others. */
export const kinds = [
  'bytes',
  'field',
  'column that says nothing',
  'line dropped',
  'line twice',
  'lines swapped',
  'line cut',
  'cut',
  'packed: bytes',
  'packed: cut',
  'packed: more',
  'packed: twice',
] as const

const silent = new Set<Mutant['kind']>([
  'column that says nothing',
  'line twice',
  'lines swapped',
  'packed: bytes',
  'packed: cut',
  'packed: more',
])

export function mutate(text: string, seed: number): Mutant {
  const numbers = numbersFrom(seed)
  const kind = kinds[numbers.below(kinds.length)]!
  const bytes = kind.startsWith('packed')
    ? mutatePacked(kind, text, numbers)
    : wrap(mutateText(kind, text, numbers), numbers)
  return { kind, bytes, saysTheSame: silent.has(kind) }
}

/** Half of what is damaged inside comes packed, soundly. */
function wrap(bytes: Buffer, { below }: Numbers): Buffer {
  const way = below(4)
  return way === 0 ? gzipSync(bytes, { level: 1 }) : way === 1 ? bgzip(bytes) : bytes
}

function mutateText(kind: Mutant['kind'], text: string, numbers: Numbers): Buffer {
  const { below } = numbers
  if (kind === 'bytes') return damage(Buffer.from(text), numbers)
  if (kind === 'cut') return Buffer.from(text).subarray(0, below(text.length))
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line !== '' && !line.startsWith('#'))
  const at =
    kind === 'field' || kind.startsWith('column') ? first + below(lines.length - first) : below(lines.length)
  const line = lines[at] ?? ''
  if (kind === 'field') lines[at] = changeField(line, below(line.split('\t').length), numbers)
  // ID and QUAL.
  else if (kind === 'column that says nothing') lines[at] = changeField(line, [2, 5][below(2)]!, numbers)
  else if (kind === 'line dropped') lines.splice(at, 1)
  else if (kind === 'line twice') lines.splice(at, 0, line)
  else if (kind === 'line cut') lines[at] = line.slice(0, below(line.length + 1))
  else {
    const other = below(lines.length)
    lines[at] = lines[other]!
    lines[other] = line
  }
  return Buffer.from(lines.join('\n'))
}

/** What fields of other columns and other files look like, and what none should. */
const strange = [
  '',
  '.',
  '0',
  '-1',
  '1e9',
  '99999999999',
  '2147483648',
  'chr1',
  'chrUn_x',
  'A',
  'ACGT',
  'A'.repeat(5000),
  'N',
  '*',
  '<DEL>',
  '<NON_REF>',
  'A,C,G,T,AA,AC',
  'G]chr2:5]',
  'GT',
  'AD:GT',
  'DP:AD',
  '0/1',
  '1|1',
  './1',
  '0/9',
  '0/1/1',
  '1',
  'END=99999999999',
  'END=1;SVLEN=-5',
  'PASS',
  'LowQual',
  'é漢🧬',
  ' ',
  '%00',
  '__proto__',
  'constructor',
]

function changeField(line: string, column: number, { below }: Numbers): string {
  const fields = line.split('\t')
  fields[Math.min(column, fields.length - 1)] = strange[below(strange.length)]!
  return fields.join('\t')
}

function mutatePacked(kind: Mutant['kind'], text: string, numbers: Numbers): Buffer {
  const { below } = numbers
  const packed = below(2) === 0 ? gzipSync(text, { level: 1 }) : bgzip(Buffer.from(text))
  if (kind === 'packed: bytes') return damage(packed, numbers)
  if (kind === 'packed: cut') return packed.subarray(0, below(packed.length))
  if (kind === 'packed: twice') return Buffer.concat([packed, packed])
  return Buffer.concat([packed, Buffer.from(strange[1 + below(strange.length - 1)]!)])
}

/** One to four bytes changed, taken away or put in. */
function damage(bytes: Buffer, { below }: Numbers): Buffer {
  let damaged = Buffer.from(bytes)
  for (let i = below(4); i >= 0; i--) {
    const at = below(damaged.length + 1)
    const [before, after] = [damaged.subarray(0, at), damaged.subarray(at)]
    const way = below(4)
    if (way === 0) damaged = Buffer.concat([before, after.subarray(1 + below(255))])
    else if (way === 1) damaged = Buffer.concat([before, Buffer.of(below(256)), after])
    else if (at < damaged.length) damaged[at] = way === 2 ? below(256) : damaged[at]! ^ (1 << below(8))
  }
  return damaged
}
