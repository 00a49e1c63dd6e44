import type { Action, Level } from './action.ts'

/** Whose word it is. `general-knowledge`: recalled, to be confirmed before clinical use. */
export type Source = {
  readonly body: string
  readonly title: string
  readonly year: number | null
  readonly url: string | null
  readonly confidence: 'source-seen' | 'general-knowledge'
}

export type DosePart = 'start' | 'maintenance' | 'loading'

/** What a source says to do with a drug. Factors are fractions of the usual dose. */
export type Statement = {
  readonly action: Action
  /** Holds only where all of these are true of the person. */
  readonly contexts: readonly string[]
  readonly factor: readonly [min: number, max: number] | null
  readonly max: string | null
  readonly start: string | null
  readonly appliesTo: DosePart | null
  readonly suggest: readonly string[]
  readonly test: readonly string[]
  readonly monitor: readonly string[]
}

export const plainStatement = (action: Action): Statement => ({
  action,
  contexts: [],
  factor: null,
  max: null,
  start: null,
  appliesTo: null,
  suggest: [],
  test: [],
  monitor: [],
})

export const reasonKinds = [
  'gene',
  'drug',
  'organ',
  'age',
  'pregnancy',
  'exposure',
  'allergy',
  'condition',
] as const
export type ReasonKind = (typeof reasonKinds)[number]

/** Something not known that matters for a drug. */
export type Gap = { readonly what: string; readonly why: string }

/** One reason on one drug, with what follows from it. */
export type Finding = {
  readonly kind: ReasonKind
  readonly of: string
  readonly text: string
  readonly says: Statement
  readonly level: Level
  readonly source: Source
  readonly gap: Gap | null
  /** The other drug or factor, when the drug would be fine once that is gone (rule 5f). */
  readonly removable: string | null
}

export const ruleSource = (rule: string): Source => ({
  body: 'Habeas',
  title: `combining rules of the plan, ${rule}`,
  year: 2026,
  url: null,
  confidence: 'source-seen',
})
