import { type Action, rankOf } from './action.ts'
import { type Drug, isIn } from './drug.ts'
import { type Finding, plainStatement, ruleSource } from './finding.ts'
import type { Frame } from './frame.ts'
import type { Modifier, Pair } from './knowledge.ts'

/** Interactions of one drug with the others that are taken: pairs that a label names, then enzymes and transporters. */
export function interactionFindings(frame: Frame, drug: Drug): readonly Finding[] {
  const others = frame.taken.map((one) => one.drug).filter(({ name }) => name !== drug.name)
  return others.flatMap((other) => {
    const named = pairFindings(frame, drug, other)
    return named.length > 0 ? named : modifierFindings(frame, drug, other)
  })
}

function pairFindings({ knowledge }: Frame, drug: Drug, other: Drug): readonly Finding[] {
  return knowledge.pairs
    .filter((pair) => pair.drugs.includes(drug.name) && pair.with.includes(other.name))
    .flatMap(({ says, level, effect, source }) =>
      says.map((statement) => ({
        kind: 'drug' as const,
        of: other.name,
        text: `${other.name} is taken: ${effect}`,
        says: statement,
        level,
        source,
        gap: null,
        removable: other.name,
      })),
    )
}

const levels = { strong: 3, moderate: 2, 'clinically relevant': 2, weak: 1 } as const

function modifierFindings({ knowledge }: Frame, drug: Drug, other: Drug): readonly Finding[] {
  const targets = knowledge.substrates
    .filter(({ drugs }) => drugs.includes(drug.name))
    .map(({ target }) => target)
  const acting = knowledge.modifiers.filter(
    ({ agent, target }) => agent === other.name && targets.includes(target),
  )
  return acting.flatMap((modifier) =>
    knowledge.byStrength
      .filter(({ key }) => key === `${modifier.role} ${modifier.strength}`)
      .flatMap(({ says }) =>
        says.map((statement) => ({
          kind: 'drug' as const,
          of: other.name,
          text: describeModifier(modifier),
          says: statement,
          level: levels[modifier.strength],
          source: modifier.source,
          gap: null,
          removable: other.name,
        })),
      ),
  )
}

const describeModifier = ({ agent, strength, role, target, doubt }: Modifier): string =>
  `${agent} is taken: ${strength} ${role} of ${target}${doubt.length > 0 ? ` (sources grade it ${doubt.join(' or ')})` : ''}`

/**
 * A second drug of the same effect. A candidate that would take the place of a current one which is not to stay is no
 * duplicate: `stays` says how the current drugs were judged.
 */
export function duplicateFindings(
  frame: Frame,
  drug: Drug,
  stays: (name: string) => Action | undefined,
): readonly Finding[] {
  return frame.taken
    .filter((one) => one.drug.name !== drug.name)
    .flatMap(({ drug: other }) => {
      const effect = frame.knowledge.sameEffect.find(
        ({ members }) => isIn(drug, members) && isIn(other, members),
      )?.effect
      if (effect === undefined || isReplaced(stays(other.name))) return []
      return [
        {
          kind: 'drug' as const,
          of: other.name,
          text: `${other.name} is taken and has the same effect (${effect})`,
          says: plainStatement('duplicate-therapy'),
          level: 2 as const,
          source: ruleSource('one drug of one effect'),
          gap: null,
          removable: null,
        },
      ]
    })
}

const isReplaced = (action: Action | undefined): boolean =>
  action !== undefined &&
  action !== 'duplicate-therapy' &&
  rankOf(action) >= rankOf('stop-or-switch-interacting')

/** What a current drug and a candidate would do to each other: said beside the current one, for either may be the one to change. */
export function effectsOnCandidates(
  { knowledge, taken }: Frame,
  drug: Drug,
  candidates: readonly Drug[],
): readonly Finding[] {
  if (!taken.some((one) => one.drug.name === drug.name)) return []
  const chosen = candidates.filter(({ name }) => !taken.some((one) => one.drug.name === name))
  return chosen.flatMap(({ name }) =>
    knowledge.pairs
      .filter((pair) => isBetween(pair, name, drug.name) || isBetween(pair, drug.name, name))
      .map(({ effect, level, source, says }) => ({
        kind: 'drug' as const,
        of: name,
        text: `if ${name} is chosen beside it (${effect})`,
        says: plainStatement('no-guidance'),
        level,
        source,
        gap: null,
        removable: says.some(({ action }) => rankOf(action) >= rankOf('stop-or-switch-interacting'))
          ? name
          : null,
      })),
  )
}

const isBetween = (pair: Pair, drug: string, other: string): boolean =>
  pair.drugs.includes(drug) && pair.with.includes(other)
