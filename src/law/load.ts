import {
  canonicalBytes,
  err,
  expectOk,
  type Fault,
  FaultError,
  type Json,
  ok,
  type Result,
  type Sha256Hex,
  sha256Hex,
} from '#kernel'
import { parties } from '#vocabulary'
import { conceptsIn, conditionsOf, readCondition, readOptionalCondition } from './loadCondition.ts'
import { readInstrument, readNorm } from './loadNorm.ts'
import type { Concept, Condition, Instrument, Norm, NormBase, SpeakerLine } from './normBase.ts'
import { readYaml, type YamlNode } from './yamlNode.ts'

export type NormFile = { readonly file: string; readonly text: string }
type Named = { readonly concept: Concept; readonly node: YamlNode }
type Head = Pick<NormBase, 'version' | 'source' | 'licence' | 'speakers'>
type Parts = {
  readonly norms: Norm[]
  readonly nodes: Map<string, YamlNode>
  readonly named: Named[]
  head?: Head
}

/**
 * A base of norms from its files, one per instrument and one with `base`, or the first fault, located `file:line`:
 * an unknown code or fact, a date that is none, an id given twice, an exception or word that leads nowhere or in a circle.
 */
export function loadNormBase(files: readonly NormFile[]): Result<NormBase, Fault> {
  try {
    return ok(assemble(files))
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault)
    throw error
  }
}

function assemble(files: readonly NormFile[]): NormBase {
  const parts: Parts = { norms: [], nodes: new Map(), named: [] }
  const sorted = [...files].sort((a, b) => (a.file < b.file ? -1 : 1))
  const plain: Record<string, Json> = {}
  const digests = new Map<string, Sha256Hex>()
  for (const { file, text } of sorted) {
    const yaml = readYaml(file, text)
    plain[file.replace(/^.*[/\\]/, '')] = yaml.plain as Json
    const instrument = readFileInto(parts, yaml.root)
    if (instrument) digests.set(instrument.id, digestOf(yaml.plain as Json))
  }
  if (parts.head === undefined)
    return emptyNode(sorted).fail('norms.shape', 'no file with a base', 'one such file')
  const base: NormBase = {
    ...parts.head,
    sha256: digestOf(plain),
    digests,
    norms: parts.norms,
    byId: new Map(parts.norms.map((norm) => [norm.id, norm])),
    concepts: groupConcepts(parts.named),
  }
  checkReferences(base, parts)
  checkCycles(base, parts)
  return base
}

const emptyNode = (files: readonly NormFile[]): YamlNode => readYaml(files[0]?.file ?? 'norms', '').root

const digestOf = (plain: Json): Sha256Hex => sha256Hex(expectOk(canonicalBytes(plain)))

function readFileInto(parts: Parts, root: YamlNode): Instrument | undefined {
  const m = root.members('base', 'definitions', 'speakers', 'instrument', 'norms')
  for (const [name, node] of m.definitions?.entries() ?? [])
    parts.named.push({ concept: { name, when: readCondition(node) }, node })
  if (m.base !== undefined) parts.head = readHead(m.base, m.speakers)
  if (m.instrument === undefined) return undefined
  const instrument = readInstrument(m.instrument)
  for (const node of root.need(m.norms, 'norms').list()) {
    const norm = readNorm(node, instrument)
    const first = parts.nodes.get(norm.id)
    if (first) node.fail('norms.duplicate', `${norm.id}, already at ${first.where}`, 'each norm once')
    parts.nodes.set(norm.id, node)
    parts.norms.push(norm)
    readDefinitions(node, norm.id, parts)
  }
  return instrument
}

function readDefinitions(node: YamlNode, norm: string, parts: Parts): void {
  const defines = node.entries().find(([key]) => key === 'defines')?.[1]
  for (const [name, value] of defines?.entries() ?? [])
    parts.named.push({ concept: { name, norm, when: readCondition(value) }, node: value })
}

function readHead(node: YamlNode, speakers: YamlNode | undefined): Head {
  const m = node.members('version', 'source', 'licence')
  return {
    version: node.need(m.version, 'version').text(),
    source: node.need(m.source, 'source').text(),
    licence: node.need(m.licence, 'licence').text(),
    speakers: new Map(speakers?.entries().map(([role, lines]) => [role, lines.list().map(readSpeaker)])),
  }
}

function readSpeaker(node: YamlNode): SpeakerLine {
  const m = node.members('party', 'when', 'or')
  const line = { party: node.need(m.party, 'party').code(parties), when: readOptionalCondition(m.when) }
  return m.or === undefined ? line : { ...line, or: readSpeaker(m.or) }
}

const groupConcepts = (named: readonly Named[]): Map<string, Concept[]> => {
  const groups = new Map<string, Concept[]>()
  for (const { concept } of named) groups.set(concept.name, [...(groups.get(concept.name) ?? []), concept])
  return groups
}

/** Every norm, word and role that is named must exist. */
function checkReferences(base: NormBase, { nodes, named }: Parts): void {
  const words = (condition: Condition, node: YamlNode) => {
    const missing = conceptsIn(condition).find((name) => !base.concepts.has(name))
    if (missing !== undefined) node.fail('norms.dangling', `the word "${missing}"`, 'a word that is defined')
  }
  for (const { concept, node } of named) words(concept.when, node)
  for (const norm of base.norms) {
    const node = nodes.get(norm.id)!
    for (const condition of conditionsOf(norm)) words(condition, node)
    const others = [
      ...norm.exceptions.flatMap(({ by }) => by ?? []),
      ...norm.displaces.map((rule) => rule.norm),
    ]
    const stranger = others.find((id) => !base.byId.has(id))
    if (stranger !== undefined) node.fail('norms.dangling', `${stranger}`, 'the id of a norm in the base')
    const mute = norm.consents.find(
      ({ speaker }) => !base.speakers.has(speaker) && !(parties as readonly string[]).includes(speaker),
    )
    if (mute) node.fail('norms.code', `"${mute.speaker}"`, 'a party or a role of the base')
  }
}

/** A rule must not be its own exception, nor a word its own definition, over however many steps. */
function checkCycles(base: NormBase, { nodes, named }: Parts): void {
  const byException = (id: string) => base.byId.get(id)?.exceptions.flatMap(({ by }) => by ?? []) ?? []
  for (const [id, node] of nodes) {
    if (reachesItself(id, byException))
      node.fail('norms.cycle', `${id} as its own exception`, 'exceptions without a circle')
  }
  const byWord = (name: string) => base.concepts.get(name)?.flatMap(({ when }) => conceptsIn(when)) ?? []
  for (const { concept, node } of named) {
    if (reachesItself(concept.name, byWord))
      node.fail('norms.cycle', `"${concept.name}" in its own definition`, 'definitions without a circle')
  }
}

function reachesItself(start: string, next: (name: string) => readonly string[]): boolean {
  const open = [...next(start)]
  const seen = new Set<string>()
  while (open.length > 0) {
    const name = open.pop()!
    if (name === start) return true
    if (!seen.has(name)) open.push(...next(name))
    seen.add(name)
  }
  return false
}
