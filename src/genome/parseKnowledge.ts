import { err, type Fault, FaultError, isRecord, type Json, kindOf, ok, type Result } from '#kernel'
import type {
  AlleleFunction,
  GeneDefinition,
  GenePhenotypes,
  GenomeKnowledge,
  NamedAllele,
  Phenotype,
  Position,
} from './definition.ts'
import { fail } from './knowledgeFault.ts'
import { readFindings } from './readFindings.ts'

/** `alleles.json`, `phenotypes.json` and `findings.json` of `knowledge/genome`, already parsed as JSON, to true types. */
export function parseGenomeKnowledge(
  alleles: Json,
  phenotypes: Json,
  changes?: Json,
): Result<GenomeKnowledge, Fault> {
  try {
    const definitions = object(alleles, 'alleles.json $')
    const assignments = object(phenotypes, 'phenotypes.json $')
    const version = text(definitions['version'], 'alleles.json $.version')
    const other = text(assignments['version'], 'phenotypes.json $.version')
    if (other !== version) fail('phenotypes.json $.version', `version ${other}`, `version ${version}`)
    return ok({
      version,
      genes: members(definitions['genes'], 'alleles.json $.genes').map(toGene),
      phenotypes: new Map(members(assignments['genes'], 'phenotypes.json $.genes').map(toPhenotypes)),
      markers: new Map(members(assignments['markers'], 'phenotypes.json $.markers').map(toTexts)),
      findings: changes === undefined ? [] : readFindings(changes),
    })
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault)
    throw error
  }
}

type Fields = { readonly [key: string]: unknown }
type Member = readonly [name: string, value: unknown, where: string]

const object = (value: unknown, where: string): Fields =>
  isRecord(value) ? value : fail(where, kindOf(value), 'an object')
const text = (value: unknown, where: string): string =>
  typeof value === 'string' ? value : fail(where, kindOf(value), 'text')
const list = (value: unknown, where: string): readonly unknown[] =>
  Array.isArray(value) ? value : fail(where, kindOf(value), 'an array')
const integer = (value: unknown, where: string): number =>
  Number.isSafeInteger(value) ? (value as number) : fail(where, kindOf(value), 'an integer')
const members = (value: unknown, where: string): Member[] =>
  Object.entries(object(value, where)).map(([name, member]) => [name, member, `${where}.${name}`])

function toGene([gene, value, where]: Member): GeneDefinition {
  const fields = object(value, where)
  const chrom = text(fields['chrom'], `${where}.chrom`)
  const positions = toPositions(chrom, fields['positions'], `${where}.positions`)
  const reported = new Map(members(fields['reportedAs'], `${where}.reportedAs`).map(toText))
  const printed = new Map(members(fields['printedAs'], `${where}.printedAs`).map(toText))
  const named = members(fields['alleles'], `${where}.alleles`).map((member) =>
    toAllele(member, chrom, reported),
  )
  const reference = text(fields['reference'], `${where}.reference`)
  const keys = (name: string) =>
    new Set(
      list(fields[name], `${where}.${name}`).map((pos) => `${chrom}:${integer(pos, `${where}.${name}`)}`),
    )
  return {
    gene,
    positions,
    alleles: [toReference(reference, printed.get(reference) ?? reference, positions), ...named],
    extra: toPositions(chrom, fields['extra'], `${where}.extra`),
    required: keys('required'),
    tier1: keys('tier1'),
    undocumentedIsReference: fields['undocumentedIsReference'] === true,
    byVariants: fields['byVariants'] === true,
    priorities: list(fields['priorities'], `${where}.priorities`).map((row, i) =>
      toPriority(row, `${where}.priorities[${i}]`),
    ),
  }
}

const toText = ([name, value, where]: Member): readonly [string, string] => [name, text(value, where)]

const texts = (value: unknown, where: string): readonly string[] =>
  list(value, where).map((item, i) => text(item, `${where}[${i}]`))

const toTexts = ([name, value, where]: Member): readonly [string, readonly string[]] => [
  name,
  texts(value, where),
]

function toPriority(value: unknown, where: string): GeneDefinition['priorities'][number] {
  const [pick, ...among] = texts(value, where)
  return pick !== undefined && among.includes(pick)
    ? { pick, among }
    : fail(where, 'a pick that is not in its list', 'one of the list')
}

const toPositions = (chrom: string, value: unknown, where: string): Position[] =>
  list(value, where).map((row, i) => {
    const [pos, rsid, ref, ...alts] = list(row, `${where}[${i}]`)
    const at = integer(pos, `${where}[${i}][0]`)
    return {
      key: `${chrom}:${at}`,
      chrom,
      pos: at,
      rsid: rsid === null ? null : text(rsid, `${where}[${i}][1]`),
      ref: text(ref, `${where}[${i}][2]`),
      alts: alts.map((alt) => text(alt, `${where}[${i}]`)),
    }
  })

const toReference = (name: string, printedAs: string, positions: readonly Position[]): NamedAllele => ({
  name,
  reportedAs: name,
  printedAs,
  reference: true,
  accepts: new Map(positions.map(({ key, ref }) => [key, [ref]])),
})

function toAllele(
  [name, value, where]: Member,
  chrom: string,
  reported: ReadonlyMap<string, string>,
): NamedAllele {
  const accepts = members(value, where).map(
    ([pos, bases, at]) => [`${chrom}:${pos}`, text(bases, at).split('/')] as const,
  )
  const reportedAs = reported.get(name) ?? name
  return { name, reportedAs, printedAs: reportedAs, reference: false, accepts: new Map(accepts) }
}

function toPhenotypes([gene, value, where]: Member): readonly [string, GenePhenotypes] {
  const fields = object(value, where)
  const functions = members(fields['alleles'], `${where}.alleles`).map(toFunction)
  const pairs = members(fields['pairs'], `${where}.pairs`).map(toPair)
  const older = fields['older'] === null ? null : text(fields['older'], `${where}.older`)
  return [gene, { functions: new Map(functions), pairs: new Map(pairs), older }]
}

function toFunction([name, value, where]: Member): readonly [string, AlleleFunction] {
  const [fn, activity] = list(value, where)
  const words = text(fn, `${where}[0]`)
  if (activity === undefined) return [name, { function: words, value: null, key: words }]
  const key = text(activity, `${where}[1]`)
  const number = Number(key.replace('≥', ''))
  return [name, { function: words, value: Number.isNaN(number) ? null : number, key }]
}

function toPair([key, value, where]: Member): readonly [string, Phenotype] {
  const [words, score] = list(value, where)
  const phenotype = text(words, `${where}[0]`)
  if (typeof score === 'string' && /^≥\d+(\.\d+)?$/.test(score))
    return [key, { phenotype, activityScore: Number(score.slice(1)), atLeast: true }]
  if (score !== null && typeof score !== 'number') fail(`${where}[1]`, kindOf(score), 'a number or null')
  return [key, { phenotype, activityScore: score }]
}
