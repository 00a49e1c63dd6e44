import type { Day } from '#kernel'

/** What a consent from outside (FHIR R4 or R5) says, without the form in which it says it. */
export type OutsideConsent = {
  readonly id: string
  readonly active: boolean
  readonly givenOn: Day | null
  readonly from: Day | null
  readonly until: Day | null
  /** Null: any. */
  readonly categories: readonly Code[] | null
  /** Null: says neither, so it decides nothing. */
  readonly base: 'permit' | 'deny' | null
  /** Where a base decision holds for some purposes only. */
  readonly purposes: readonly Code[] | null
  readonly exceptions: readonly Exception[]
  /** Beside a base that denies: what is denied whatever the exceptions permit (deny overrides). */
  readonly refusals: readonly Exception[]
}

/** What is otherwise than the base decision. Null members limit nothing. */
export type Exception = {
  readonly purposes: readonly Code[] | null
  /** Of those of its actors that are known; `someUnknown`: it names others too. */
  readonly actors: { readonly identifiers: readonly Identifier[]; readonly someUnknown: boolean } | null
  readonly classes: readonly Code[] | null
  readonly labels: readonly Code[] | null
  readonly from: Day | null
  readonly until: Day | null
  /** It has limits that are not understood here: it may narrow what is allowed, never widen it. */
  readonly unclear: boolean
}

export type Code = { readonly system: string; readonly code: string }
export type Identifier = { readonly system: string; readonly value: string }

/** Null: not said. */
export type OutsideRequest = {
  readonly categories: readonly Code[] | null
  readonly purposes: readonly string[] | null
  readonly actors: readonly Identifier[] | null
  readonly classes: readonly Code[] | null
}

/** What is asked of which consents, on which day. */
export type OutsideCase = {
  readonly id: string
  readonly at: Day
  readonly consents: readonly OutsideConsent[]
  readonly request: OutsideRequest
}

export type Redaction =
  | { readonly action: 'REDACT'; readonly codes: readonly Code[] }
  | { readonly action: 'REDACT'; readonly exceptAnyOfCodes: readonly Code[] }

export type OutsideDecision = {
  readonly decision: 'permit' | 'deny'
  readonly obligations: readonly Redaction[]
  /** The consents that decided; none: nothing applied. */
  readonly basedOn: readonly string[]
}
