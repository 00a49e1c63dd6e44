import { decideOutside, type OutsideConsent, type OutsideDecision, type OutsideRequest } from '#consent'
import type { Day } from '#kernel'

type OutsideCase = {
  readonly id: string
  readonly at: Day
  readonly consents: readonly OutsideConsent[]
  readonly request: OutsideRequest
}
export type OutsideAnswer = OutsideDecision & { readonly id: string }

/** One decision for each case, in order. Nothing is stored, and nothing of ours is asked: only what these consents say. */
export const decideOutsideConsents = (cases: readonly OutsideCase[]): readonly OutsideAnswer[] =>
  cases.map(({ id, at, consents, request }) => ({ id, ...decideOutside(consents, request, at) }))
