import type { RelativesFlaw } from '#consent'
import { canonicalBytes, err, expectOk, type Json, ok, type Result, sha256Hex } from '#kernel'
import type { ActedBy, Inputs } from '../act.ts'
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

type Account = Extract<ActedBy, { readonly kind: 'account' }>

/** Beside the evidence of asking and of deciding. */
export const relativesFiles = ['relatives-review.json', 'relatives-finding.json'] as const

export const refuse: (code: RelativesRefusal) => never = unwind

/** Somebody at a browser of their own, in a role at an organisation. */
export const inPerson = (by: ActedBy): Result<Account, RelativesRefusal> =>
  by.kind === 'operator' || by.method === 'assertion' || by.method === 'app'
    ? err('relatives.by-person')
    : ok(by)

export const relativesInput = 'relatives/'

/** Whoever decides says so in the evidence, with the digest of what was asked. */
export function inputOf({ situation: _, ...asked }: RelativesReviewRecord): Inputs {
  const { id, at, caseId, account, name, organisation, reason, words, law } = asked
  const said = { id, at, caseId, account, name, organisation, reason, words, law }
  return { [`${relativesInput}${id}`]: sha256Hex(expectOk(canonicalBytes(said as Json))) }
}
