import type { RelativesFlaw } from '#consent'
import { canonicalBytes, expectOk, type Json, sha256Hex } from '#kernel'
import type { Inputs } from '../act.ts'
import type { RelativesReviewRecord } from '../ports.ts'
import { unwind } from '../unwind.ts'

export type RelativesRefusal =
  | RelativesFlaw
  /** A program asks for and decides nothing, and nobody does who runs it beside the data. */
  | 'relatives.by-person'
  /** There is none of this number that they may ask about. */
  | 'relatives.unknown'
  /** One waits already for this person. */
  | 'relatives.asked-already'
  /** Whoever asked does not decide. */
  | 'relatives.own'
  | 'relatives.closed'

/** Beside the evidence of asking and of deciding. */
export const relativesFiles = ['relatives-review.json', 'relatives-finding.json'] as const

export const refuse: (code: RelativesRefusal) => never = unwind

export const relativesInput = 'relatives/'

/** Whoever decides says so in the evidence, with the digest of what was asked. */
export function inputOf({ situation: _, ...asked }: RelativesReviewRecord): Inputs {
  const { id, at, caseId, account, name, organisation, reason, words, law } = asked
  const said = { id, at, caseId, account, name, organisation, reason, words, law }
  return { [`${relativesInput}${id}`]: sha256Hex(expectOk(canonicalBytes(said as Json))) }
}
