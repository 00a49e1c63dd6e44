import type { NormBase, NormJurisdiction } from './normBase.ts'
import type { ConsentDemand, OrderFinding } from './ruling.ts'
import type { Situation } from './situation.ts'

type Finding = Omit<OrderFinding, 'reached'>

/**
 * The answer in sentences: the outcome and why, then what each cited norm says. English; the base holds Chinese too. They
 * name no day, so that one explanation serves every day on which the finding is the same.
 */
export function explain(
  finding: Finding,
  situation: Situation,
  base: NormBase,
  silent: readonly (readonly NormJurisdiction[])[],
): readonly string[] {
  return [
    outcomeSentence(finding, situation),
    ...silent.map(
      ([order]) =>
        `The base has no rule of ${order} for that day that reaches ${situation.activity}: its silence is not leave.`,
    ),
    ...finding.forbiddenBy.map(({ norm, reason }) => `${norm} forbids it: ${reason}.`),
    ...finding.whoMustConsent.map(demandSentence),
    ...finding.displaced.map(({ norm, by, principle }) => `${norm} yields to ${by} (${principle}).`),
    ...finding.burdenOfProof.map(
      ({ fact, party, norms }) => `${party} must prove ${fact} (${norms.join(', ')}).`,
    ),
    ...finding.norms.flatMap((id) => normSentence(id, base)),
  ]
}

function outcomeSentence({ outcome, factsNeeded }: Finding, { activity, purpose }: Situation): string {
  const act = `${activity} for ${purpose}`
  switch (outcome) {
    case 'deny':
      return `The law of the day does not allow ${act}.`
    case 'unknown-facts':
      return `Whether ${act} is allowed depends on facts that are not known: ${factsNeeded.join(', ')}.`
    case 'refer':
      return `${act} is for somebody else to decide.`
    case 'permit-with-duties':
      return `The law of the day allows ${act}, with duties that are open or not shown to be met.`
    case 'permit':
      return `The law of the day allows ${act}.`
  }
}

function demandSentence({ party, for: topic, forms, satisfied, norms }: ConsentDemand): string {
  const state = satisfied === true ? 'given' : satisfied === false ? 'not given' : 'not known'
  return `Consent of ${party} for ${topic}${forms.length > 0 ? ` (${forms.join(', ')})` : ''} is ${state} (${norms.join(', ')}).`
}

function normSentence(id: string, base: NormBase): readonly string[] {
  const norm = base.byId.get(id)
  if (norm === undefined) return []
  const doubt = norm.verified === 'from-memory' ? ' [from memory]' : ''
  return [`${id} (${norm.instrument.titleEn}, art. ${norm.article}): ${norm.wording.en}${doubt}`]
}
