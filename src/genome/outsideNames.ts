import type { GenomeKnowledge } from './definition.ts'
import { compareNames } from './names.ts'

/**
 * The name by which our tables know an allele that a laboratory names: copy numbers beyond those counted (`*1x4` is
 * `*1x≥3`), hybrids in any order and spacing (`*10+*36` is `*36 + *10`), mitochondrial variants without `m.`, and the
 * reference under its former name. A name that no table knows is returned as it is.
 */
export function knownName(knowledge: GenomeKnowledge, gene: string, name: string): string {
  const functions = knowledge.phenotypes.get(gene)?.functions
  if (functions === undefined || functions.has(name)) return name
  const byShape = new Map([...functions.keys()].map((known) => [shapeOf(known), known]))
  const candidates = [name, `m.${name}`, name.replace('(wildtype)', '(reference)'), boundCopies(name)]
  return candidates.map((each) => byShape.get(shapeOf(each))).find((each) => each !== undefined) ?? name
}

/** Parts of a hybrid without brackets and spaces, in one order; other names as they are. */
const shapeOf = (name: string): string =>
  name.startsWith('*') || name.startsWith('[')
    ? name
        .replace(/[[\]\s]/g, '')
        .replace('>=', '≥')
        .split('+')
        .sort(compareNames)
        .join('+')
    : name

/** `*2x5`, `*2xN`: tables count to two and say "three or more" of the rest. */
const boundCopies = (name: string): string => name.replace(/x(?:[3-9]|\d\d+|N)$/, 'x≥3')

const field = /^\*\d+:\d+/

/** What is said of the HLA alleles that guidance asks for: positive where one is there, negative where both are known. */
export function markerFindings(
  knowledge: GenomeKnowledge,
  gene: string,
  names: readonly string[],
): readonly string[] {
  const isTyped = names.length === 2 && names.every((name) => field.test(name))
  return (knowledge.markers.get(gene) ?? []).flatMap((marker) => {
    const carries = names.some((name) => name === marker || name.startsWith(`${marker}:`))
    return carries ? [`${marker} positive`] : isTyped ? [`${marker} negative`] : []
  })
}
