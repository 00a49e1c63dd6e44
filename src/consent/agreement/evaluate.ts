import type { Instant } from '#kernel'
import type { ObligationCode } from './agreement.ts'
import { type AgreementRequest, reachesPermit, reachesRefusal } from './reach.ts'
import {
  answers,
  type Because,
  type RecordedAgreement,
  type StandingClause,
  standingClausesOf,
} from './standingClause.ts'

export type AgreementAnswer = {
  /** `silent`: nobody said yes and nobody said no. It is not leave. */
  readonly decision: 'permit' | 'refuse' | 'silent'
  /** What decided; where silent, the permits that would have, did they stand. In order of agreement and provision. */
  readonly because: readonly Because[]
  readonly obligations: readonly ObligationCode[]
  readonly minimumCohort: number | null
}

/**
 * What a person's agreements say to a request at an instant. Nothing said is no leave; a refusal beats every permit, until the person
 * changes their mind about that very choice (`answers`).
 */
export function evaluate(
  recorded: readonly RecordedAgreement[],
  request: AgreementRequest,
  at: Instant,
): AgreementAnswer {
  const clauses = inOrder(recorded).flatMap((one) => standingClausesOf(one, at))
  const permits = clauses.filter(
    ({ clause }) => clause.effect === 'permit' && reachesPermit(clause, request, at),
  )
  const standing = permits.filter(({ stands }) => stands)
  const refusals = clauses
    .filter(({ clause }) => clause.effect === 'refuse' && reachesRefusal(clause, request, at))
    .filter((refusal) => !standing.some((permit) => answers(permit, refusal, recorded)))
  return answerOf(refusals, standing, permits)
}

export const inOrder = (recorded: readonly RecordedAgreement[]): readonly RecordedAgreement[] =>
  [...recorded].sort((a, b) => (a.agreement.id < b.agreement.id ? -1 : 1))

export function answerOf(
  refusals: readonly StandingClause[],
  standing: readonly StandingClause[],
  permits: readonly StandingClause[],
): AgreementAnswer {
  if (refusals.length > 0) return without('refuse', refusals)
  if (standing.length === 0) return without('silent', permits)
  const binding = permits.filter(({ binds }) => binds).map(({ clause }) => clause)
  const cohorts = binding.flatMap(({ minimumCohort }) => minimumCohort ?? [])
  return {
    decision: 'permit',
    because: standing.map(({ because }) => because),
    obligations: [...new Set(binding.flatMap(({ obligations }) => obligations))].sort(),
    minimumCohort: cohorts.length === 0 ? null : Math.max(...cohorts),
  }
}

const without = (decision: 'refuse' | 'silent', clauses: readonly StandingClause[]): AgreementAnswer => ({
  decision,
  because: clauses.map(({ because }) => because),
  obligations: [],
  minimumCohort: null,
})
