import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callHaploid } from './callHaploid.ts'
import type { GeneDefinition, GenomeKnowledge, NamedAllele, Position } from './definition.ts'
import type { Site } from './match.ts'

const positions = [1, 2].map(
  (pos): Position => ({ key: `chrX:${pos}`, chrom: 'chrX', pos, rsid: null, ref: 'A', alts: ['C'] }),
)
const allele = (name: string, ...bases: readonly string[]): NamedAllele => ({
  name,
  reportedAs: name,
  printedAs: name,
  reference: name === 'B',
  accepts: new Map(bases.flatMap((base, i) => (base === '' ? [] : [[positions[i]!.key, [base]]]))),
})
const definition: GeneDefinition = {
  gene: 'G',
  positions,
  alleles: [allele('B', 'A', 'A'), allele('first', 'C', ''), allele('both', 'C', 'C')],
  extra: [],
  required: new Set(),
  tier1: new Set(),
  undocumentedIsReference: false,
  byVariants: false,
  priorities: [],
}
const named = (name: string) => [name, { function: name, value: null, key: name }] as const
const knowledge: GenomeKnowledge = {
  version: '1',
  genes: [definition],
  markers: new Map(),
  phenotypes: new Map([
    [
      'G',
      {
        functions: new Map([named('B'), named('first'), named('both')]),
        pairs: new Map([
          ['B', { phenotype: 'Normal', activityScore: null }],
          ['first', { phenotype: 'Deficient', activityScore: null }],
        ]),
        older: null,
      },
    ],
  ]),
}

type Call = readonly [string, string] | string
const site = (i: number, call: Call): Site => ({
  position: positions[i]!,
  genotype:
    typeof call === 'string'
      ? { alleles: [call, call], phaseSet: null, haploid: true }
      : { alleles: call, phaseSet: null },
})

type Row = readonly [
  name: string,
  calls: readonly (Call | null)[],
  diplotypes: readonly string[],
  status: string,
  phenotypes: readonly string[],
  warning?: string,
]
const rows: readonly Row[] = [
  ['the reference', ['A', 'A'], ['B'], 'called', ['Normal']],
  ['one variant', ['C', 'A'], ['first'], 'called', ['Deficient']],
  ['the allele that explains more', ['C', 'C'], ['both'], 'called', [], 'function-unknown'],
  ['a position called twice the same', ['C', ['A', 'A']], ['first'], 'called', ['Deficient'], 'mixed-ploidy'],
  [
    'two alleles at one position',
    [['A', 'C'], 'A'],
    ['B', 'first'],
    'ambiguous',
    ['Normal', 'Deficient'],
    'mosaic',
  ],
  ['a gap leaves equals', ['C', null], ['both', 'first'], 'ambiguous', ['Deficient'], 'several-explanations'],
  ['nothing fits', ['A', 'C'], [], 'not-called', [], 'no-match'],
]

describe('a gene of one copy', () => {
  for (const [name, calls, diplotypes, status, phenotypes, warning] of rows) {
    test(name, () => {
      const sites = calls.flatMap((call, i) => (call === null ? [] : [site(i, call)]))
      const found = callHaploid(knowledge, definition, sites, false)
      assert.deepEqual(
        [found.diplotypes.toSorted(), found.status, found.phenotypes.toSorted()],
        [diplotypes.toSorted(), status, phenotypes.toSorted()],
      )
      assert.deepEqual(found.diplotypes, found.lookupDiplotypes)
      if (warning === undefined) assert.deepEqual(found.warnings, [])
      else assert.ok(found.warnings.some(({ code }) => code === warning))
    })
  }
})
