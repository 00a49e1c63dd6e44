import { knowledge } from './knowledge.ts'
import type { SourceGene, SourceGenotype } from './source.ts'

/**
 * The same genotypes as laboratories write them: sites split, padded, trimmed, moved right, with alternatives that nobody
 * carries, joined with a neighbour, the reference as blocks. Written from the definitions alone; the bases between are made
 * up, as the program does not know them either.
 */
export type Below = (n: number) => number

type Site = {
  readonly chrom: string
  readonly pos: number
  readonly ref: string
  readonly alts: readonly string[]
  readonly copies: readonly [string, string]
}

export type RawForms = { readonly phased: boolean; readonly blocks: boolean }

/** One data line in parts. */
type Line = { pos: number; ref: string; alts: string[]; gt: readonly (number | '.')[]; end?: number }

export function writeRaw(
  source: SourceGene,
  genotypes: readonly SourceGenotype[],
  { phased, blocks }: RawForms,
  below: Below,
): string {
  const baseAt = referenceOf(source)
  const sites = source.variants.flatMap(({ chromosome, position, ref, alts }, i): Site[] => {
    const copies = genotypes[i]
    return copies ? [{ chrom: chromosome, pos: position, ref, alts, copies }] : []
  })
  const lines = withBlocks(sites, blocks, below, baseAt, (site) => rewriteSite(site, phased, baseAt, below))
  const chrom = spelledContig(source.variants[0]!.chromosome, below)
  const rows = lines
    .sort((a, b) => a.pos - b.pos)
    .map(({ pos, ref, alts, gt, end }) => {
      const info = end === undefined ? '.' : `END=${end}`
      const alt = alts.length === 0 ? '.' : alts.join(',')
      return [chrom, pos, '.', ref, alt, '50', 'PASS', info, 'GT', gt.join(phased ? '|' : '/')].join('\t')
    })
  const columns = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT', 'S'].join('\t')
  const end = '##INFO=<ID=END,Number=1,Type=Integer,Description="end">'
  return ['##fileformat=VCFv4.2', end, columns, ...rows, ''].join('\n')
}

const accessions: Readonly<Record<string, string>> = {
  chr1: 'NC_000001.11',
  chr7: 'CM000669.2',
  chr10: 'NC_000010.11',
  chr19: 'CM000681.2',
  chrX: 'NC_000023.11',
}

function spelledContig(chrom: string, below: Below): string {
  const names = [chrom, chrom.slice(3), ...(accessions[chrom] === undefined ? [] : [accessions[chrom]])]
  return names[below(names.length)]!
}

/** Bases that some definition on the chromosome spells, and made-up ones between, the same at every call. */
function referenceOf({ variants }: SourceGene): (pos: number) => string {
  const { chromosome } = variants[0]!
  const known = new Map<number, string>()
  for (const { positions, extra } of knowledge.genes)
    for (const { chrom, pos, ref } of [...positions, ...extra])
      if (chrom === chromosome) for (const [i, base] of [...ref].entries()) known.set(pos + i, base)
  return (pos) => known.get(pos) ?? 'ACGT'[(Math.imul(pos, 2_654_435_761) >>> 13) & 3]!
}

function rewriteSite(site: Site, phased: boolean, baseAt: (pos: number) => string, below: Below): Line[] {
  const whole: Line = {
    pos: site.pos,
    ref: site.ref,
    alts: [...site.alts],
    gt: site.copies.map((base) => [site.ref, ...site.alts].indexOf(base)),
  }
  const parts = whole.alts.length > 1 && below(2) === 0 ? split(whole, phased, below) : [whole]
  return parts.map((line) => {
    const trimmed = below(2) === 0 ? trimEnds(dropUncarried(line, below)) : line
    const moved = below(2) === 0 ? moveRight(trimmed, baseAt, below) : trimmed
    return below(2) === 0 ? pad(moved, baseAt, below) : moved
  })
}

/** `bcftools norm -m-` writes 0 for the other alternative, vt a dot where both copies carry one. */
function split({ gt, alts, ...rest }: Line, phased: boolean, below: Below): Line[] {
  const both = gt.every((index) => index !== 0) && gt[0] !== gt[1]
  const other = both && !phased && below(2) === 0 ? '.' : 0
  return alts
    .map((alt, i) => ({
      ...rest,
      alts: [alt],
      gt: gt.map((index) => (index === i + 1 ? 1 : index === 0 ? 0 : other)),
    }))
    .filter((line) => line.gt.some((index) => index !== '.'))
}

function dropUncarried({ alts, gt, ...rest }: Line, below: Below): Line {
  const kept = alts.filter((_, i) => gt.includes(i + 1) || below(2) === 0)
  const safe = kept.length === 0 ? [alts[0]!] : kept
  return {
    ...rest,
    alts: safe,
    gt: gt.map((index) =>
      typeof index === 'number' && index > 0 ? safe.indexOf(alts[index - 1]!) + 1 : index,
    ),
  }
}

/** What all of them share at the end, then at the front, one base staying. */
function trimEnds(line: Line): Line {
  let { pos, ref, alts } = line
  const each = () => [ref, ...alts]
  while (each().every((one) => one.length > 1 && one.at(-1) === ref.at(-1)))
    [ref, ...alts] = each().map((one) => one.slice(0, -1)) as [string, ...string[]]
  while (each().every((one) => one.length > 1 && one[0] === ref[0])) {
    ;[ref, ...alts] = each().map((one) => one.slice(1)) as [string, ...string[]]
    pos++
  }
  return { ...line, pos, ref, alts }
}

/** An insertion or deletion one or more bases to the right, as far as it stays the same, its old anchor still in REF. */
function moveRight(line: Line, baseAt: (pos: number) => string, below: Below): Line {
  const [alt] = line.alts
  if (line.alts.length !== 1 || alt === undefined || alt.length === line.ref.length) return line
  if (Math.min(alt.length, line.ref.length) !== 1) return line
  const gains = alt.length > line.ref.length
  let moved = (gains ? alt : line.ref).slice(1)
  let shared = line.ref[0]!
  for (let steps = below(4); steps > 0; steps--) {
    const next = gains ? baseAt(line.pos + shared.length) : baseAt(line.pos + shared.length + moved.length)
    const leaving = gains ? next : moved[0]!
    if (moved[0] !== next) break
    shared += leaving
    moved = moved.slice(1) + next
  }
  const [short, long] = [shared, shared + moved]
  return gains ? { ...line, ref: short, alts: [long] } : { ...line, ref: long, alts: [short] }
}

function pad(line: Line, baseAt: (pos: number) => string, below: Below): Line {
  const [left, right] = [below(4), below(4)]
  const before = Array.from({ length: left }, (_, i) => baseAt(line.pos - left + i)).join('')
  const end = line.pos + line.ref.length
  const behind = Array.from({ length: right }, (_, i) => baseAt(end + i)).join('')
  const around = (bases: string) => before + bases + behind
  return { ...line, pos: line.pos - left, ref: around(line.ref), alts: line.alts.map(around) }
}

/** Neighbours that are the reference on both copies become one block, or two that meet somewhere between or within. */
function withBlocks(
  sites: readonly Site[],
  asBlocks: boolean,
  below: Below,
  baseAt: (pos: number) => string,
  rewrite: (site: Site) => Line[],
): Line[] {
  const lines: Line[] = []
  let run: Site[] = []
  const isReference = ({ copies, ref }: Site) => copies.every((base) => base === ref)
  let last = 0
  // A block beside a variant does not reach into it.
  const close = (next = Number.POSITIVE_INFINITY) => {
    if (run.some(({ pos, ref }) => lastOf(pos, ref) >= next)) lines.push(...run.flatMap(rewrite))
    else if (run.length > 0) lines.push(...block(run, last + 1, below, baseAt))
    run = []
  }
  const ordered = [...sites].sort((a, b) => a.pos - b.pos)
  for (const site of ordered) {
    if (asBlocks && isReference(site)) run.push(site)
    else {
      close(site.pos)
      last = site.pos + site.ref.length - 1
      const rewritten = rewrite(site)
      const symbol = asBlocks ? ['<NON_REF>'] : []
      lines.push(...rewritten.map((line) => ({ ...line, alts: [...line.alts, ...symbol] })))
    }
  }
  close()
  return lines
}

const lastOf = (pos: number, ref: string): number => pos + Math.max(ref.length - 1, 1)

function block(run: readonly Site[], first: number, below: Below, baseAt: (pos: number) => string): Line[] {
  const from = Math.max(Math.min(first, run[0]!.pos), run[0]!.pos - below(3))
  const to = Math.max(...run.map(({ pos, ref }) => lastOf(pos, ref)))
  const alts = [['<NON_REF>'], ['<*>'], []][below(3)]!
  const part = (pos: number, end: number): Line => ({ pos, ref: baseAt(pos), alts, gt: [0, 0], end })
  const cut = from + below(to - from)
  return below(2) === 0 || cut === to ? [part(from, to)] : [part(from, cut), part(cut + 1, to)]
}
