import type { GeneDefinition, Position } from '#genome'
import { knowledge } from './knowledge.ts'

export const header = (samples: readonly string[] = ['S1'], extra: readonly string[] = []): string =>
  [
    '##fileformat=VCFv4.2',
    ...extra,
    `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${samples.join('\t')}`,
  ].join('\n')

export const geneOf = (gene: string): GeneDefinition => knowledge.genes.find((each) => each.gene === gene)!

export const positionOf = (gene: string, rsid: string): Position =>
  geneOf(gene).positions.find((position) => position.rsid === rsid)!

/** One record at a wanted position, its ALTs those of the definition. */
export const record = ({ chrom, pos, ref, alts }: Position, gt: string): string =>
  [chrom, pos, '.', ref, alts.join(','), '.', 'PASS', '.', 'GT', gt].join('\t')

/** Every position of a gene, `0/0` where nothing else is said; `null` leaves the position out. */
export function geneVcf(gene: string, calls: Readonly<Record<string, string | null>> = {}): string {
  const rows = geneOf(gene).positions.flatMap((position) => {
    const call = calls[position.rsid ?? ''] === undefined ? calls[position.key] : calls[position.rsid ?? '']
    return call === null ? [] : [record(position, call ?? '0/0')]
  })
  return `${header()}\n${rows.join('\n')}\n`
}
