import {
  assessmentsFor,
  type Comparison,
  compareUse,
  ownAssessments,
  type PlannedUse,
  type StandingRule,
} from '#houserules'
import type { Situation } from '#law'
import { isEmergency } from './emergency.ts'

type UnderRules = {
  readonly situation: Situation
  readonly house: Comparison | undefined
}

/**
 * What the hospital assessed is known from what it laid down, whatever a file says; what it has not laid down it may not do. A life
 * in danger does not wait for a steward: then the law alone decides.
 */
export function underHouseRules(
  situation: Situation,
  rules: readonly StandingRule[] | undefined,
): UnderRules {
  if (rules === undefined) return { situation, house: undefined }
  const use = plannedUseOf(situation)
  const assessed = assessmentsFor(rules, use)
  const compared = isEmergency(situation) ? undefined : compareUse(rules, use)
  return {
    situation: withAssessments(situation, assessed.approvals),
    house: {
      gaps: compared?.gaps ?? [],
      relied: [...(compared?.relied ?? []), ...assessed.relied],
    },
  }
}

const plannedUseOf = ({ activity, purpose, data, recipient }: Situation): PlannedUse => ({
  activity,
  purpose,
  categories: data?.categories ?? [],
  recipient,
})

/** Where it is not known which approvals there are, that stays unknown, but for those that are known here. */
function withAssessments(
  situation: Situation,
  approvals: ReturnType<typeof assessmentsFor>['approvals'],
): Situation {
  if (situation.approvals === undefined && approvals.length === 0) return situation
  const others = (situation.approvals ?? []).filter(({ kind }) => !ownAssessments.includes(kind))
  return { ...situation, approvals: [...others, ...approvals] }
}
