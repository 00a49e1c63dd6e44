import type { GeneCall } from '#genome'
import type { Drug } from './drug.ts'
import type { Modifier, PlanKnowledge } from './knowledge.ts'

/** What drugs make of a genotype's phenotype. The genotype's own stays beside it. */
export type Conversion = {
  readonly to: string
  readonly because: readonly string[]
  readonly activityScore: number | null
}

/** CPIC's cut-offs of the CYP2D6 activity score. */
export const cyp2d6Phenotype = (score: number): string =>
  score === 0
    ? 'Poor Metabolizer'
    : score < 1.25
      ? 'Intermediate Metabolizer'
      : score <= 2.25
        ? 'Normal Metabolizer'
        : 'Ultrarapid Metabolizer'

const cyp2c19Steps = [
  'Poor Metabolizer',
  'Intermediate Metabolizer',
  'Normal Metabolizer',
  'Rapid Metabolizer',
  'Ultrarapid Metabolizer',
]
const plain = (phenotype: string): string => phenotype.replace(/^(Likely|Possible) /, '')

/**
 * Converts a phenotype by the drugs taken (rules of phenoconversion.json): CYP2D6 by the score, CYP2C19 by convention in
 * steps. A strong inhibitor decides even when the genotype is not known. Other genes are not converted.
 */
export function convertGene(
  gene: string,
  call: GeneCall | undefined,
  taken: readonly Drug[],
  knowledge: PlanKnowledge,
): Conversion | null {
  if (gene !== 'CYP2D6' && gene !== 'CYP2C19') return null
  const acting = knowledge.modifiers.filter(
    ({ target, agent }) => target === gene && taken.some(({ name }) => name === agent),
  )
  const inhibitors = strongest(acting, 'inhibitor')
  if (inhibitors.length > 0)
    return gene === 'CYP2D6' ? byScore(call, inhibitors) : downSteps(call, inhibitors)
  const inducers = strongest(acting, 'inducer').filter(({ strength }) => strength === 'strong')
  return gene === 'CYP2C19' && inducers.length > 0 ? upStep(call, inducers) : null
}

/** The strongest grade only: several inhibitors are not multiplied. Weak ones convert nothing. */
function strongest(acting: readonly Modifier[], role: Modifier['role']): readonly Modifier[] {
  const own = acting.filter((modifier) => modifier.role === role)
  const strong = own.filter(({ strength }) => strength === 'strong')
  return strong.length > 0 ? strong : own.filter(({ strength }) => strength === 'moderate')
}

const agentsOf = (modifiers: readonly Modifier[]): readonly string[] =>
  [...new Set(modifiers.map(({ agent }) => agent))].sort()

function byScore(call: GeneCall | undefined, inhibitors: readonly Modifier[]): Conversion | null {
  const because = agentsOf(inhibitors)
  if (inhibitors[0]!.strength === 'strong') return { to: 'Poor Metabolizer', because, activityScore: 0 }
  if (call === undefined || call.phenotypes.length === 0) return null
  if (call.activityScore !== null) {
    const activityScore = call.activityScore * 0.5
    return { to: cyp2d6Phenotype(activityScore), because, activityScore }
  }
  const steps = [
    'Poor Metabolizer',
    'Intermediate Metabolizer',
    'Normal Metabolizer',
    'Ultrarapid Metabolizer',
  ]
  const [lowest] = call.phenotypes.map((one) => steps.indexOf(plain(one))).sort((a, b) => a - b)
  if (lowest === undefined || lowest < 0) return null
  return { to: steps[lowest <= 1 ? lowest : lowest - 1]!, because, activityScore: null }
}

function downSteps(call: GeneCall | undefined, inhibitors: readonly Modifier[]): Conversion | null {
  const because = agentsOf(inhibitors)
  if (inhibitors[0]!.strength === 'strong') return { to: 'Poor Metabolizer', because, activityScore: null }
  const step = lowestStep(call)
  return step === null ? null : { to: cyp2c19Steps[Math.max(0, step - 1)]!, because, activityScore: null }
}

function upStep(call: GeneCall | undefined, inducers: readonly Modifier[]): Conversion | null {
  const step = lowestStep(call)
  if (step === null) return null
  return {
    to: cyp2c19Steps[Math.min(cyp2c19Steps.length - 1, step + 1)]!,
    because: agentsOf(inducers),
    activityScore: null,
  }
}

function lowestStep(call: GeneCall | undefined): number | null {
  const steps = (call?.phenotypes ?? []).map((one) => cyp2c19Steps.indexOf(plain(one)))
  return steps.length === 0 || steps.includes(-1) ? null : Math.min(...steps)
}
