import { type Permit, requirePermit } from '#decision'
import type { SubjectId } from '#kernel'
import type { NotUnderstood } from '#person'
import { makeAdvice } from './advice.ts'
import type { JudgeInput } from './frame.ts'
import type { PlanKnowledge } from './knowledge.ts'
import type { Plan } from './plan.ts'

/** Whose plan on which day, and the facts it is made from. */
export type PlanInput = JudgeInput & {
  readonly subject: SubjectId
  readonly notUnderstood: readonly NotUnderstood[]
}

/** The plan for one person, with a permit to read their genetic and health data. The same input gives the same plan. */
export function makePlan(permit: Permit, input: PlanInput, knowledge: PlanKnowledge): Plan {
  requirePermit(permit, 'genetic', 'health')
  if (permit.act.subject !== input.subject) throw new Error('the permit is for another subject')
  const { subject, at, indication } = input
  return { subject, at, indication, ...makeAdvice(input, knowledge) }
}
