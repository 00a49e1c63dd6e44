import type { GeneDefinition, GenomeKnowledge, NamedAllele, Phenotype } from './definition.ts'
import { type Finding, notCalled } from './geneCall.ts'
import type { GenomeWarning } from './genotype.ts'
import { type DiplotypeMatch, matchDiplotypes, type Site } from './match.ts'
import { compareNames, diplotypeLabel } from './names.ts'
import { phenotypeOf, summarise } from './phenotype.ts'

type Frame = {
  readonly knowledge: GenomeKnowledge
  readonly definition: GeneDefinition
  readonly sites: readonly Site[]
}

const phenotypeIn = ({ knowledge, definition }: Frame, names: readonly [string, string]) =>
  phenotypeOf(knowledge, definition.gene, names)

/** A gene whose copies are named alleles: the pairs that explain every genotype, the best of them looked up. */
export function callDiplotype(
  knowledge: GenomeKnowledge,
  definition: GeneDefinition,
  sites: readonly Site[],
  allMatches: boolean,
): Finding {
  const frame = { knowledge, definition, sites }
  const matches = matchDiplotypes(definition, sites)
  if (matches.length === 0) return findNone(frame)
  const { best, rest, remarks } = chooseBest(frame, matches)
  const found = best.map(({ names }) => phenotypeIn(frame, names))
  const phenotypes = new Set(found.map((each) => each?.phenotype))
  const others = describeOthers(frame, rest, phenotypes)
  return {
    status: phenotypes.size > 1 ? 'ambiguous' : 'called',
    diplotypes: (allMatches ? [...best, ...rest] : best).map(({ label }) => label),
    lookupDiplotypes: best.map(({ names }) => diplotypeLabel(...names)),
    ...summarise(found),
    warnings: [...remarks, ...describeBest(best, found), ...others],
  }
}

type Choice = {
  readonly best: readonly DiplotypeMatch[]
  readonly rest: readonly DiplotypeMatch[]
  readonly remarks: readonly GenomeWarning[]
}

/** The best score with its ties, unless the gene's rule takes one of exactly these explanations of unphased genotypes. */
function chooseBest({ definition }: Frame, matches: readonly DiplotypeMatch[]): Choice {
  const isPossible = (label: string) => matches.some((match) => match.label === label)
  const rule = definition.priorities.find(
    ({ among }) => among.length === matches.length && among.every(isPossible),
  )
  const isBest =
    rule === undefined
      ? ({ score }: DiplotypeMatch) => score === matches[0]!.score
      : ({ label }: DiplotypeMatch) => label === rule.pick
  const rest = matches.filter((match) => !isBest(match))
  const message = `taken by published priority before ${rest.map(({ label }) => label).join(', ')}`
  const remarks: GenomeWarning[] = rule === undefined ? [] : [{ code: 'taken-by-priority', message }]
  return { best: matches.filter(isBest), rest, remarks }
}

function describeBest(
  best: readonly DiplotypeMatch[],
  found: readonly (Phenotype | undefined)[],
): GenomeWarning[] {
  const unknown = best.filter((_, i) => found[i] === undefined).map(({ label }) => label)
  const several = best.map(({ label }) => label).join(', ')
  return [
    ...(best.length > 1
      ? [{ code: 'several-explanations', message: `equally good: ${several}` } as const]
      : []),
    ...(unknown.length > 0
      ? [{ code: 'function-unknown', message: `no assigned phenotype: ${unknown.join(', ')}` } as const]
      : []),
  ]
}

/**
 * Pairs of a lower score explain the genotypes too, because the phase is open or because positions are missing. Where
 * their phenotype differs, the reader must know.
 */
function describeOthers(
  frame: Frame,
  others: readonly DiplotypeMatch[],
  known: ReadonlySet<string | undefined>,
): GenomeWarning[] {
  const lossy = alleleNamesWithGaps(frame)
  const isLossy = (name: string) => lossy.has(name)
  const different = others.flatMap(({ label, names }) => {
    const phenotype = phenotypeIn(frame, names)?.phenotype
    return known.has(phenotype) ? [] : [{ names, text: `${label} (${phenotype ?? 'phenotype not known'})` }]
  })
  const open = different.filter(({ names }) => !names.some(isLossy)).map(({ text }) => text)
  const gaps = [...new Set(different.flatMap(({ names }) => names.filter(isLossy)))].sort(compareNames)
  const unread = 'cannot be excluded, positions are missing:'
  const more = open.length > 5 ? ` and ${open.length - 5} more` : ''
  const explained = `explains the genotypes too, with a lower score: ${open.slice(0, 5).join(', ')}${more}`
  return [
    ...(open.length > 0 ? [{ code: 'other-explanation', message: explained } as const] : []),
    ...(gaps.length > 0
      ? [{ code: 'allele-not-excluded', message: `${unread} ${gaps.join('; ')}` } as const]
      : []),
  ]
}

/** Alleles of which a base that sets them apart from the reference lies at a position that was not read. */
function alleleNamesWithGaps({ definition, sites }: Frame): ReadonlySet<string> {
  const read = new Set(sites.map(({ position }) => position.key))
  const gone = definition.positions.filter(({ key }) => !read.has(key))
  const isLossy = ({ accepts }: NamedAllele) =>
    gone.some(({ key, ref }) => accepts.get(key)?.some((base) => base !== ref))
  return new Set(definition.alleles.filter(isLossy).map(({ reportedAs }) => reportedAs))
}

/** What a gene falls back to for its lookup when no pair of alleles explains the genotypes. */
const soleVariant: Readonly<
  Record<string, { readonly rsid: string; readonly alleles: Readonly<Record<string, string>> }>
> = { SLCO1B1: { rsid: 'rs4149056', alleles: { T: '*1', C: '*5' } } }

function findNone(frame: Frame): Finding {
  const none: GenomeWarning = { code: 'no-match', message: 'no pair of named alleles explains the genotypes' }
  const fallback = soleVariant[frame.definition.gene]
  const site = frame.sites.find(({ position }) => position.rsid !== null && position.rsid === fallback?.rsid)
  const [a, b] = (site?.genotype.alleles ?? []).map((base) => fallback?.alleles[base ?? ''])
  if (fallback === undefined || a === undefined || b === undefined) return notCalled([none])
  const found = phenotypeIn(frame, [a, b])
  const message = `the lookup rests on ${fallback.rsid} alone`
  return {
    ...notCalled([none, { code: 'rs4149056-only', message }]),
    lookupDiplotypes: [diplotypeLabel(a, b)],
    ...summarise([found]),
  }
}
