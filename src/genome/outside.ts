import { err, type Fault, FaultError, inputFault, ok, type Result } from '#kernel'
import { activityOf } from './copies.ts'
import type { GenomeKnowledge, Phenotype } from './definition.ts'
import type { GeneCall } from './geneCall.ts'
import type { GenomeWarning } from './genotype.ts'
import { diplotypeLabel } from './names.ts'
import { knownName, markerFindings } from './outsideNames.ts'
import { describeAge, phenotypeOf } from './phenotype.ts'

/** A result that another laboratory gives for one gene; at least one of the three is present. */
export type OutsideCall = {
  readonly gene: string
  readonly diplotype: string | null
  readonly phenotype: string | null
  readonly activityScore: number | null
}

const genePattern = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)?$/
const scorePattern = /^(?:≥|>=)?(\d+(?:\.\d+)?)$/
const longestField = 200

/** Tab-separated rows of gene, diplotype, phenotype and activity score, the last two optional; `#` starts a comment. */
export function parseOutsideCalls(text: string, file: string): Result<OutsideCall[], Fault> {
  const calls = new Map<string, OutsideCall>()
  try {
    const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
    for (const [i, line] of lines.entries()) {
      if (line.trim() === '' || line.startsWith('#')) continue
      const where = `${file}:${i + 1}`
      const call = parseLine(line, where)
      if (calls.has(call.gene)) fail(where, `${call.gene} a second time`, 'one line for each gene')
      calls.set(call.gene, call)
    }
    return ok([...calls.values()])
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault)
    throw error
  }
}

function fail(where: string, found: string, expected: string): never {
  throw new FaultError(inputFault('genome.outside-call', where, found, expected))
}

function parseLine(line: string, where: string): OutsideCall {
  const fields = line.split('\t').map((field) => field.trim())
  const [gene = '', diplotype = '', phenotype = '', score = ''] = fields
  if (fields.length < 2 || fields.length > 4)
    fail(
      where,
      `${fields.length} fields`,
      'gene, diplotype and optionally phenotype and activity score, by tabs',
    )
  if (fields.some((field) => field.length > longestField || /\p{Cc}/u.test(field)))
    fail(
      where,
      'a field that is too long or has control characters',
      `plain text up to ${longestField} characters`,
    )
  if (!genePattern.test(gene))
    fail(where, 'a first field that is no gene symbol', 'a gene symbol such as CYP2D6')
  const hasScore = score !== '' && score.toLowerCase() !== 'n/a'
  if (hasScore && !scorePattern.test(score))
    fail(where, 'an activity score that is no number', 'a number such as 1.5')
  if (diplotype === '' && (phenotype === '' || phenotype.toLowerCase() === 'n/a') && !hasScore)
    fail(where, `${gene} without a result`, 'a diplotype, a phenotype or an activity score')
  const alleles = diplotype.replaceAll(gene, '')
  if (/^\/|\/$|\/.*\//.test(alleles))
    fail(where, 'a diplotype with an empty or a third allele', 'one allele or two, as *1/*2')
  return {
    gene,
    diplotype: alleles === '' ? null : alleles,
    phenotype: phenotype === '' || phenotype.toLowerCase() === 'n/a' ? null : phenotype,
    activityScore: hasScore ? Number(scorePattern.exec(score)![1]) : null,
  }
}

/** Outside calls replace what was called, with a remark when both exist; genes of their own follow at the end. */
export function joinOutsideCalls(
  knowledge: GenomeKnowledge,
  called: readonly GeneCall[],
  outside: readonly OutsideCall[],
): GeneCall[] {
  const byGene = new Map(outside.map((call) => [call.gene, call]))
  const replaced = called.map((own) => {
    const call = byGene.get(own.gene)
    return call === undefined ? own : toGeneCall(knowledge, call, own)
  })
  const genes = new Set(called.map(({ gene }) => gene))
  const others = outside.filter(({ gene }) => !genes.has(gene))
  return [...replaced, ...others.map((call) => toGeneCall(knowledge, call, undefined))]
}

function toGeneCall(knowledge: GenomeKnowledge, call: OutsideCall, own: GeneCall | undefined): GeneCall {
  const { gene, diplotype } = call
  const given = diplotype?.split('/').map((name) => name.trim()) ?? []
  const names = given.map((name) => knownName(knowledge, gene, name))
  const found = names.length === 0 ? undefined : phenotypeOf(knowledge, gene, names)
  const diplotypes = labelsOf(given)
  const told = phenotypesTold(knowledge, call, found)
  const isMarked = told.length === 0 && knowledge.markers.has(gene)
  const phenotypes = isMarked ? markerFindings(knowledge, gene, names) : told
  const score = found?.activityScore ?? null
  const agrees = call.activityScore === null || score === null || call.activityScore === score
  const disagreement = told.length > 1 || !agrees ? [contradiction(gene, told)] : []
  return {
    gene,
    status: 'outside',
    diplotypes,
    lookupDiplotypes: labelsOf(names),
    phenotypes,
    activityScore: disagreement.length > 0 ? null : (call.activityScore ?? score),
    missing: own?.missing ?? [],
    warnings: [
      ...disagreement,
      ...describeReplaced(diplotypes, own),
      ...describeUnknown(knowledge, call, names),
      ...describeTable(knowledge, gene, found),
    ],
    extra: own?.extra ?? [],
  }
}

const labelsOf = ([a, b]: readonly string[]): readonly string[] =>
  a === undefined ? [] : [b === undefined ? a : diplotypeLabel(a, b)]

/** That our table is older than the definitions, and that a score of it is a lower bound. */
function describeTable(
  knowledge: GenomeKnowledge,
  gene: string,
  found: Phenotype | undefined,
): GenomeWarning[] {
  if (found === undefined) return []
  const message = `the activity score of ${gene} is at least ${found.activityScore}: copies are not counted beyond`
  return [
    ...describeAge(knowledge, gene),
    ...(found.atLeast === true ? [{ code: 'score-at-least', message } as const] : []),
  ]
}

/**
 * What the row says and what its diplotype and score mean by our tables, each once. A row that contradicts itself gives
 * several, and so no confident answer; a diplotype that means nothing certain contradicts nothing.
 */
function phenotypesTold(
  knowledge: GenomeKnowledge,
  { gene, phenotype, activityScore }: OutsideCall,
  found: Phenotype | undefined,
): readonly string[] {
  const pairs = [...(knowledge.phenotypes.get(gene)?.pairs.values() ?? [])]
  const scored = pairs.filter((pair) => activityScore !== null && pair.activityScore === activityScore)
  const term = phenotype === null ? undefined : termOf(knowledge, gene, phenotype)
  const told = [...(term === undefined ? [] : [term]), ...scored.map((pair) => pair.phenotype)]
  const meant = found === undefined || (told.length > 0 && found.phenotype === 'Indeterminate') ? [] : [found]
  return [...new Set([...told, ...meant.map((each) => each.phenotype)])]
}

const terms =
  /^(?:indeterminate|(?:(?:likely|possible) )?(?:(?:poor|intermediate|normal|rapid|ultrarapid) metabolizer|(?:poor|decreased|normal|increased) function))$/i
const short: Readonly<Record<string, string>> = {
  pm: 'Poor Metabolizer',
  im: 'Intermediate Metabolizer',
  nm: 'Normal Metabolizer',
  rm: 'Rapid Metabolizer',
  um: 'Ultrarapid Metabolizer',
}

/**
 * The term that guidance knows for a laboratory's words, `Poor Metabolizer` for `poor metaboliser` or `PM`. Undefined for
 * other words on a gene whose terms are known: taken as they are, they would match no guidance and look like no finding.
 */
function termOf(knowledge: GenomeKnowledge, gene: string, phenotype: string): string | undefined {
  const table = knowledge.phenotypes.get(gene)
  const words = phenotype.replace(/\s+/g, ' ').replace(/metaboli[sz]ers?$/i, 'metabolizer')
  const isSame = (known: string) => known.toLowerCase() === words.toLowerCase()
  const known = [...(table?.pairs.values() ?? [])].find((pair) => isSame(pair.phenotype))
  if (known !== undefined) return known.phenotype
  if (terms.test(words)) return words.toLowerCase().replace(/(?:^| )[a-z]/g, (letter) => letter.toUpperCase())
  const isScale = table !== undefined || gene.startsWith('CYP')
  return isScale ? short[words.toLowerCase()] : phenotype
}

const contradiction = (gene: string, phenotypes: readonly string[]): GenomeWarning => ({
  code: 'outside-contradicts-itself',
  message: `the outside call of ${gene} contradicts itself: ${phenotypes.join(' or ')}, or another activity score`,
})

function describeReplaced(diplotypes: readonly string[], own: GeneCall | undefined): GenomeWarning[] {
  if (own === undefined || own.status === 'not-called') return []
  const ours = own.diplotypes.join(', ')
  if (ours === diplotypes.join(', ')) return []
  return [{ code: 'outside-replaces', message: `the outside call replaces ${ours} from the genome file` }]
}

function describeUnknown(
  knowledge: GenomeKnowledge,
  { gene, phenotype }: OutsideCall,
  alleles: readonly string[],
): GenomeWarning[] {
  const table = knowledge.phenotypes.get(gene)
  const unknown = alleles.filter(
    (name) => table !== undefined && !table.functions.has(name) && activityOf(table, name) === null,
  )
  const warnings: GenomeWarning[] = []
  if (unknown.length > 0)
    warnings.push({
      code: 'outside-unknown-allele',
      message: `no assigned function: ${unknown.join(', ')}`,
    })
  if (phenotype !== null && termOf(knowledge, gene, phenotype) === undefined)
    warnings.push({
      code: 'outside-unknown-phenotype',
      message: `the phenotype that the outside call states is no term of ${gene}, so it is not used`,
    })
  return warnings
}
