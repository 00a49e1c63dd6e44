import { type GeneDefinition, type GenomeKnowledge, type Position, wantedPositions } from '#genome'

type Wish = {
  readonly sample: string
  /** Gene → the named alleles of its two copies; genes that are not named carry the reference on both. */
  readonly alleles: Readonly<Record<string, readonly [string, string]>>
}

/**
 * A small phased GRCh38 VCF over every position of the knowledge, for a person who does not exist. The same wish gives
 * the same bytes. Throws on a gene or allele that the knowledge does not have.
 */
export function syntheticGenome(knowledge: GenomeKnowledge, { sample, alleles }: Wish): string {
  const known = knowledge.genes.map(({ gene }) => gene)
  const unknown = Object.keys(alleles).find((gene) => !known.includes(gene))
  if (unknown !== undefined) throw new Error(`${unknown} is no gene of the knowledge`)
  const lines = knowledge.genes.flatMap((definition) => {
    const reference = definition.alleles[0]!.name
    const [first, second] = alleles[definition.gene] ?? [reference, reference]
    return [...definition.positions, ...definition.extra].map((position) => ({
      position,
      line: writeRecord(position, [
        indexOf(definition, first, position),
        indexOf(definition, second, position),
      ]),
    }))
  })
  const sorted = lines.sort(
    (a, b) => order(a.position) - order(b.position) || a.position.pos - b.position.pos,
  )
  return [...writeHeader(knowledge, sample), ...sorted.map(({ line }) => line), ''].join('\n')
}

const order = ({ chrom }: Position): number => (chrom === 'chrX' ? 23 : Number(chrom.slice(3)))

/** VCF allele number of what a named allele carries at a position; an ambiguous base becomes the reference. */
function indexOf(definition: GeneDefinition, name: string, { key, ref, alts }: Position): number {
  const allele = definition.alleles.find((each) => each.name === name)
  if (allele === undefined) throw new Error(`${definition.gene} has no allele ${name}`)
  const accepted = allele.accepts.get(key) ?? [ref]
  return accepted.includes(ref) ? 0 : alts.indexOf(accepted[0]!) + 1
}

const writeRecord = ({ chrom, pos, rsid, ref, alts }: Position, [a, b]: readonly [number, number]): string =>
  [chrom, pos, rsid ?? '.', ref, alts.join(','), '.', 'PASS', '.', 'GT', `${a}|${b}`].join('\t')

function writeHeader(knowledge: GenomeKnowledge, sample: string): string[] {
  const chroms = new Map(wantedPositions(knowledge).map((position) => [position.chrom, order(position)]))
  const contigs = [...chroms].sort(([, a], [, b]) => a - b)
  return [
    '##fileformat=VCFv4.2',
    `##source=Habeas synthetic genome, allele definitions ${knowledge.version}`,
    ...contigs.map(([chrom]) => `##contig=<ID=${chrom},assembly=GRCh38>`),
    '##FILTER=<ID=PASS,Description="All filters passed">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT', sample].join('\t'),
  ]
}
