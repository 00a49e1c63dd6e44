import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Position, type ScanOptions, VcfScanner } from '#genome'
import { expectOk, utf8 } from '#kernel'

const position = (chrom: string, pos: number, ref: string, ...alts: string[]): Position => ({
  key: `${chrom}:${pos}`,
  chrom,
  pos,
  rsid: null,
  ref,
  alts,
})
export const snp = position('chr10', 100, 'G', 'A')
export const multi = position('chr10', 120, 'C', 'G', 'T')
export const deletion = position('chr10', 200, 'CAATGG', 'C')
export const insertion = position('chr10', 300, 'T', 'TG')
export const behind = position('chr10', 301, 'G', 'A')
export const beyond = position('chr10', 302, 'G', 'C')
export const repeat = position('chr10', 400, 'AGG', 'A', 'AGGGG')
export const onX = position('chrX', 100, 'G', 'A')
const positions = [snp, multi, deletion, insertion, behind, beyond, repeat, onX]

export const endLine = '##INFO=<ID=END,Number=1,Type=Integer,Description="end">\n'
export const stated = '##contig=<ID=chr10,length=133797422>\n'
export const head = (extra = ''): string =>
  `##fileformat=VCFv4.2\n${extra}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n`

type Over = { chrom?: string; info?: string; format?: string; filter?: string }
export const row = (pos: number, ref: string, alt: string, gt: string, over: Over = {}): string =>
  `${[over.chrom ?? 'chr10', pos, '.', ref, alt, '.', over.filter ?? 'PASS', over.info ?? '.', over.format ?? 'GT', gt].join('\t')}\n`
export const block = (
  from: number,
  to: number,
  ref: string,
  gt: string,
  alt = '<NON_REF>',
  format = 'GT',
): string => row(from, ref, alt, gt, { info: `END=${to}`, format })

export function scan(text: string, options: Partial<ScanOptions> = {}) {
  const scanner = new VcfScanner({ positions, file: 'x.vcf', ...options })
  scanner.push(utf8(text))
  return scanner.finish()
}

/** `A G` or `A|G` where the order is known; undefined where missing; then codes of the warnings. */
function read(text: string, { key }: Position, options: Partial<ScanOptions> = {}) {
  const sample = expectOk(scan(text, options)).samples[0]!
  const genotype = sample.genotypes.get(key)
  const found = genotype?.alleles.map((base) => base ?? '.').join(genotype.phaseSet === null ? ' ' : '|')
  return { found, codes: (sample.warnings.get(key) ?? []).map(({ code }) => code).sort() }
}

export type Row = readonly [
  given: string,
  records: string,
  at: Position,
  expected: string | undefined,
  ...codes: string[],
]

export function check(rows: readonly Row[], extra = '', options: Partial<ScanOptions> = {}): void {
  for (const [given, records, at, expected, ...codes] of rows)
    test(given, () =>
      assert.deepEqual(read(head(extra) + records, at, options), { found: expected, codes: codes.sort() }),
    )
}
