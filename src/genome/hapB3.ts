import type { GeneDefinition, NamedAllele } from './definition.ts'
import type { GenomeWarning } from './genotype.ts'
import type { Site } from './match.ts'

/** The intronic variant is the cause, the exonic one travels with it and stands in when the intron was not read. */
const intronRsid = 'rs75017182'
const exonRsid = 'rs56038477'

/** DPYD's HapB3: two linked positions that are read together, apart from all others. A gene without them has nothing here. */
export type HapB3 = {
  readonly intron: Site | undefined
  readonly exon: Site | undefined
  /** Both variants on one copy. */
  readonly both: string
  /** The intronic variant without the exonic one. */
  readonly intronOnly: string
}

export const isHapB3Site = ({ position: { rsid } }: Site): boolean => rsid === intronRsid || rsid === exonRsid

export function readHapB3({ alleles, positions }: GeneDefinition, sites: readonly Site[]): HapB3 {
  const siteOf = (rsid: string) => sites.find(({ position }) => position.rsid === rsid)
  const intronKey = positions.find(({ rsid }) => rsid === intronRsid)?.key
  if (intronKey === undefined) return { intron: undefined, exon: undefined, both: '', intronOnly: '' }
  const nameOf = (size: number) =>
    alleles.find(({ reference, accepts }) => !reference && accepts.has(intronKey) && accepts.size === size)
  const named = (allele: NamedAllele | undefined): string => {
    if (allele === undefined) throw new Error('DPYD is defined without HapB3')
    return allele.name
  }
  return {
    intron: siteOf(intronRsid),
    exon: siteOf(exonRsid),
    both: named(nameOf(2)),
    intronOnly: named(nameOf(1)),
  }
}

/** What one copy with these bases carries, or nothing; undefined bases were not read. */
export function hapB3OnStrand(
  hapB3: HapB3,
  intron: string | null | undefined,
  exon: string | null | undefined,
): string[] {
  const intronAlt = isAlt(hapB3.intron, intron)
  const exonAlt = isAlt(hapB3.exon, exon)
  if (hapB3.intron === undefined) return exonAlt ? [hapB3.both] : []
  if (!intronAlt) return []
  return [exonAlt ? hapB3.both : hapB3.intronOnly]
}

const isAlt = (site: Site | undefined, base: string | null | undefined): boolean =>
  site !== undefined && base !== null && base !== undefined && base !== site.position.ref

const countAlt = (site: Site | undefined): number =>
  site?.genotype.alleles.filter((base) => isAlt(site, base)).length ?? 0

/** Without phase: by number of variant bases; the intron decides where the two disagree. */
export function hapB3ByCount({ intron, exon, both, intronOnly }: HapB3): string[] {
  const introns = countAlt(intron)
  const exons = countAlt(exon)
  if (intron === undefined) return Array<string>(exons).fill(both)
  const linked = Math.min(introns, exons)
  return [...Array<string>(linked).fill(both), ...Array<string>(introns - linked).fill(intronOnly)]
}

export function describeHapB3({ intron, exon }: HapB3): GenomeWarning[] {
  if (intron === undefined && exon === undefined) return []
  if (intron === undefined) {
    const message = `HapB3 is judged by ${exonRsid} alone; ${intronRsid}, the causal variant, should be genotyped`
    return [{ code: 'hapb3-exonic-only', message }]
  }
  if (exon === undefined) {
    const message = `HapB3 is judged by ${intronRsid} alone; ${exonRsid} was not read`
    return countAlt(intron) > 0 ? [{ code: 'hapb3-intronic-only', message }] : []
  }
  if (countAlt(exon) <= countAlt(intron)) return []
  const message = `${exonRsid} and ${intronRsid} disagree; the intronic variant decides on HapB3`
  return [{ code: 'hapb3-mismatch', message }]
}
