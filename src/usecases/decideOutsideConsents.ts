import { decideOutside, type OutsideCase, type OutsideDecision } from '#consent'

export type OutsideAnswer = OutsideDecision & { readonly id: string }

/** One decision for each case, in order. Nothing is stored, and nothing of ours is asked: only what these consents say. */
export const decideOutsideConsents = (cases: readonly OutsideCase[]): readonly OutsideAnswer[] =>
  cases.map(({ id, at, consents, request }) => ({ id, ...decideOutside(consents, request, at) }))
