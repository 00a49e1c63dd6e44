import type { GeneCall } from '#genome'
import { type Conversion, cyp2d6Phenotype } from './convert.ts'

/** `unknown`: not called or indeterminate. `unsure`: several phenotypes, or one that is only possible. */
export type Certainty = 'sure' | 'possible' | 'ambiguous' | 'unknown'

/** A gene of a person as the guidance looks it up. */
export type GeneView = {
  readonly gene: string
  readonly certainty: Certainty
  readonly label: string
  /** How a value of a lookup key stands to the person: theirs, another's, or open because the gene is not known. */
  readonly stands: (value: string) => 'theirs' | 'other' | 'open'
}

const noResult = 'No Result'
const indeterminate = ['Indeterminate', 'n/a']

export type Lookup = { readonly halfFunction: readonly string[]; readonly markers: readonly string[] }

/** The view of a gene, converted by drugs where they convert it. `markers`: the HLA alleles that the drug's rows name. */
export function viewGene(
  gene: string,
  call: GeneCall | undefined,
  conversion: Conversion | null,
  lookup: Lookup,
): GeneView {
  if (/^HLA-/.test(gene)) return viewHla(gene, call, lookup.markers)
  if (conversion) return viewConverted(gene, call, conversion)
  if (call === undefined || call.status === 'not-called') {
    // A gene without a diplotype can still have a phenotype, from its deciding position alone.
    if (call === undefined || call.phenotypes.every(isIndeterminate))
      return unknown(gene, `${gene} not tested or not called`, [noResult])
  }
  if (call.phenotypes.length === 0 && call.activityScore === null)
    return unknown(gene, `${gene} without a phenotype`, [noResult])
  if (call.phenotypes.some(isIndeterminate))
    return unknown(gene, `${gene} indeterminate`, [...indeterminate, noResult])
  const certainty =
    call.status === 'ambiguous' || new Set(call.phenotypes).size > 1
      ? 'ambiguous'
      : call.phenotypes.some((one) => one.startsWith('Possible '))
        ? 'possible'
        : 'sure'
  return { gene, certainty, label: labelOf(gene, call), stands: matcher(gene, call, lookup.halfFunction) }
}

const isIndeterminate = (phenotype: string): boolean =>
  /^(indeterminate|n\/a|no result|unknown)$/i.test(phenotype)

function unknown(gene: string, label: string, standIns: readonly string[]): GeneView {
  const stands = (value: string) =>
    standIns.includes(value)
      ? 'theirs'
      : value === noResult || indeterminate.includes(value)
        ? 'other'
        : 'open'
  return { gene, certainty: 'unknown', label, stands }
}

const labelOf = (gene: string, { phenotypes, diplotypes, activityScore }: GeneCall): string => {
  const score = activityScore === null ? '' : `, activity score ${activityScore}`
  const alleles = diplotypes.length === 0 ? '' : ` (${diplotypes.join(' or ')}${score})`
  return `${gene} ${phenotypes.join(' or ')}${alleles}`
}

function viewConverted(
  gene: string,
  call: GeneCall | undefined,
  { to, because, activityScore }: Conversion,
): GeneView {
  const own = call && call.phenotypes.length > 0 ? labelOf(gene, call) : `${gene} not called`
  const scores = activityScore !== null ? [activityScore] : scoresOf(gene, to)
  const stands = (value: string) =>
    matches(value, { phenotypes: [to], scores, diplotypes: [], halves: null }) ? 'theirs' : 'other'
  return { gene, certainty: 'sure', label: `${own}, acts as ${to} because of ${because.join(', ')}`, stands }
}

/** Scores that a phenotype can have, where only the phenotype was told. */
function scoresOf(gene: string, phenotype: string): readonly number[] {
  const table: { readonly [gene: string]: { readonly [phenotype: string]: readonly number[] } } = {
    CYP2D6: {
      Poor: [0],
      Intermediate: [0.25, 0.5, 0.75, 1],
      Normal: [1.25, 1.5, 1.75, 2, 2.25],
      Ultrarapid: [3],
    },
    CYP2C9: { Poor: [0, 0.5], Intermediate: [1, 1.5], Normal: [2] },
    DPYD: { Poor: [0, 0.5], Intermediate: [1, 1.5], Normal: [2] },
  }
  return table[gene]?.[phenotype.replace(/^(Likely|Possible) /, '').replace(' Metabolizer', '')] ?? []
}

type Values = {
  readonly phenotypes: readonly string[]
  readonly scores: readonly number[]
  readonly diplotypes: readonly string[]
  /** Whether the score is made of two halves; null when the alleles are not known. */
  readonly halves: boolean | null
}

function matcher(gene: string, call: GeneCall, halfFunction: readonly string[]): GeneView['stands'] {
  const told =
    call.phenotypes.length > 0
      ? call.phenotypes
      : gene === 'CYP2D6'
        ? [cyp2d6Phenotype(call.activityScore!)]
        : []
  const phenotypes = told.flatMap((one) => [one, one.replace(/^(Likely|Possible) /, '')])
  const exact = call.activityScore !== null && call.status !== 'ambiguous'
  const scores = exact
    ? [call.activityScore!]
    : [
        ...(call.activityScore === null ? [] : [call.activityScore]),
        ...told.flatMap((one) => scoresOf(gene, one)),
      ]
  const alleles = call.lookupDiplotypes.map((diplotype) => diplotype.split('/'))
  const halves =
    alleles.length === 0
      ? null
      : alleles.every((pair) => pair.length === 2 && pair.every((allele) => halfFunction.includes(allele)))
  const values = { phenotypes, scores, diplotypes: call.lookupDiplotypes.map(sorted), halves }
  return (value) => (matches(value, values) ? 'theirs' : 'other')
}

const sorted = (diplotype: string): string => diplotype.split('/').sort().join('/')

/** Values of keys: a phenotype, a diplotype, a score (`1.5`, `≥3.0`), or DPWG's score with its origin (`1.0 (Phenotyping)`). */
function matches(value: string, { phenotypes, scores, diplotypes, halves }: Values): boolean {
  if (phenotypes.includes(value)) return true
  const [, atLeast, number, origin] = /^(≥)?(\d+(?:\.\d+)?)(?: \(([\w ]+)\))?$/.exec(value) ?? []
  if (number === undefined) return diplotypes.includes(sorted(value))
  if (!scores.some((score) => (atLeast ? score >= Number(number) : score === Number(number)))) return false
  // Only a score of 1 has two origins; 0.5 is always read from phenotyping.
  if (number !== '1.0' || origin === undefined || halves === null) return true
  return origin === 'Phenotyping' ? halves : !halves
}

/** HLA is known allele by allele: a result on one says nothing of another. */
function viewHla(gene: string, call: GeneCall | undefined, markers: readonly string[]): GeneView {
  const alleles = (call?.diplotypes ?? [])
    .flatMap((diplotype) => diplotype.split('/'))
    .filter((allele) => /^\*\d+:\d+/.test(allele))
  const told = (call?.phenotypes ?? []).flatMap((phenotype) =>
    phenotype.split(/[;,]/).map((one) => one.trim().replace(/^HLA-[AB]/, '')),
  )
  const result = (marker: string): boolean | null => {
    if (
      told.includes(`${marker} positive`) ||
      alleles.some((allele) => allele === marker || allele.startsWith(`${marker}:`))
    )
      return true
    return told.includes(`${marker} negative`) || alleles.length === 2 ? false : null
  }
  const open = markers.filter((marker) => result(marker) === null)
  const stands = (value: string): 'theirs' | 'other' | 'open' => {
    if (value === noResult) return open.length === markers.length ? 'theirs' : 'other'
    const [, marker, sign] = /^(\*[\d:]+) (positive|negative)$/.exec(value) ?? []
    if (marker === undefined) return 'other'
    const found = result(marker)
    return found === null ? 'open' : found === (sign === 'positive') ? 'theirs' : 'other'
  }
  const known = markers
    .filter((marker) => result(marker) !== null)
    .map((marker) => `${marker} ${result(marker) ? 'positive' : 'negative'}`)
  const label = known.length === 0 ? `${gene} not tested` : `${gene}${known.join(', ')}`
  return { gene, certainty: open.length > 0 ? 'unknown' : 'sure', label, stands }
}
