import type { Gap } from '#houserules'
import type { Day, Instant } from '#kernel'
import type { Category, ConsentForm, ConsentTopic, DutyCode, Party } from '#vocabulary'
import type { GovernedAct } from './permit.ts'

/** One reason why an act may not be done now. A denial carries all of them, so that one visit can mend them all. */
export type Reason =
  | { readonly kind: 'forbidden'; readonly norm: string; readonly why: string }
  | {
      readonly kind: 'consent-missing' | 'consent-unknown'
      readonly party: Party
      readonly topic: ConsentTopic
      readonly forms: readonly ConsentForm[]
      readonly norms: readonly string[]
    }
  /** What the person had allowed and ended; it explains a missing consent and can only be given anew by them. */
  | { readonly kind: 'consent-withdrawn'; readonly by: string; readonly on: Day }
  | { readonly kind: 'duty-open'; readonly code: DutyCode; readonly norms: readonly string[] }
  | { readonly kind: 'fact-unknown'; readonly path: string }
  | { readonly kind: 'referred'; readonly explanation: readonly string[] }
  | { readonly kind: 'law-denies'; readonly explanation: readonly string[] }
  /** Whoever asks has no relation of care with the person, nor acts for them. */
  | {
      readonly kind: 'no-relation'
      readonly relation: 'organisation' | 'none' | 'ended-by-death' | 'of-the-living'
    }
  /** The hospital has not laid down that it does this; its stewards can. */
  | ({ readonly kind: 'not-laid-down' } & Gap)
  | { readonly kind: 'person-refuses' }
  /** The person said no to this very choice of a form, here. */
  | { readonly kind: 'choice-refused'; readonly agreement: string; readonly item: string | null }
  /** It would use or disclose what genes say of relatives, and the person has not said, in a choice that names it, that it may be. */
  | { readonly kind: 'relatives-not-allowed' }
  /** The person does not want to know what it would tell them; only they can change that. */
  | { readonly kind: 'wishes-not-to-know' }
  /** The emergency under which it was asked is over: it was ended, or its time has passed. */
  | { readonly kind: 'emergency-over'; readonly endedAt: Instant }
  /** The person has died, and did not say in life that this goes on. Null: when they died is not on record, so nobody knows what they said before. */
  | { readonly kind: 'after-death'; readonly diedAt: Instant | null }
  /** The person said in life which of their relatives may look, and for what; this is not among it. */
  | { readonly kind: 'other-relatives-named' }
  /** A relative stands against any look of relatives. No rule says who is right: a person must decide. */
  | { readonly kind: 'relatives-disagree' }
  | { readonly kind: 'outside-permit'; readonly categories: readonly Category[] }
  | { readonly kind: 'rule-unevaluable'; readonly code: string }

export type Denial = { readonly act: GovernedAct; readonly reasons: readonly [Reason, ...Reason[]] }
