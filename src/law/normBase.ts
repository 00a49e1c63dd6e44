import type { Day, Sha256Hex } from '#kernel'
import type {
  Activity,
  BurdenFact,
  Category,
  ConflictPrinciple,
  ConsentForm,
  ConsentTopic,
  DisclosureElement,
  DutyCode,
  Party,
} from '#vocabulary'
import type { NormId } from './ruling.ts'

export const jurisdictionsOfNorms = ['CN', 'EU', 'FR', 'US'] as const
export type NormJurisdiction = (typeof jurisdictionsOfNorms)[number]

/** Highest first. A code is a law; a judicial interpretation speaks for the law it reads, below it. */
export const ranks = [
  'constitution',
  'law',
  'code',
  'judicial-interpretation',
  'regulation',
  'administrative-regulation',
  'departmental-rule',
  'normative-document',
  'standard',
  'policy',
] as const
export type Rank = (typeof ranks)[number]

/** A test on the facts of a situation. `needs` of an unknown answer are paths into the situation. */
export type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** An exception that its claimant must show: unknown counts as not shown. */
  | { readonly kind: 'shown'; readonly of: Condition }
  | { readonly kind: 'is'; readonly concept: string }
  | { readonly kind: 'granted'; readonly approvals: readonly string[] }
  | { readonly kind: 'some'; readonly list: string; readonly where: Condition }
  /** At least so many persons of a list; an item's `n` says how many persons it stands for. */
  | { readonly kind: 'count'; readonly list: string; readonly where: Condition; readonly atLeast: number }
  /** One number is more than half of another, or of the persons of a list. */
  | { readonly kind: 'majority'; readonly votes: string; readonly of: string }
  | { readonly kind: 'fact'; readonly path: string; readonly test: FactTest }

export type FactTest =
  | { readonly kind: 'one-of'; readonly values: readonly (string | boolean | number)[] }
  | { readonly kind: 'includes'; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly atLeast?: number; readonly below?: number }
  | { readonly kind: 'none' }

export type Instrument = {
  readonly id: string
  readonly jurisdiction: NormJurisdiction
  readonly titleZh: string
  readonly titleEn: string
  readonly rank: Rank
  readonly issuer: string
  readonly promulgated: Day
  readonly effectiveFrom: Day
  /** Last day in force; null: open. */
  readonly effectiveTo: Day | null
}

/** `speaker`: a party by its name, or a role of the base (`patient`, `person`) that resolves to one by the facts. */
export type ConsentRule = {
  readonly speaker: string
  readonly for: ConsentTopic
  readonly rule: 'all-of' | 'one-of'
  readonly forms: readonly ConsentForm[]
  readonly when: Condition
  /** Activities of which a consent must cover at least one; empty: the activity of the act itself. */
  readonly activities: readonly Activity[]
  /** Categories a consent must cover as far as the act has them; empty: all that the topic is about. */
  readonly categories: readonly Category[]
}

export type DutyRule = {
  readonly code: DutyCode
  readonly when: Condition
  /** To be met before the act: known unmet is a no. */
  readonly prior: boolean
  /** How the facts show that it is met: a condition, the elements a consent says were told, or nothing does. */
  readonly met: { readonly kind: 'facts'; readonly when: Condition } | { readonly kind: 'told' | 'not-shown' }
  readonly tell: readonly DisclosureElement[]
  readonly deadlineDays?: number
  readonly workingDays?: boolean
  readonly authority?: string
}

/** Where an exception holds, the rule's consents, duties, prohibition or all of it do not. */
export type NormPart = 'all' | 'consents' | 'duties' | 'prohibition'
export type Exception = { readonly of: NormPart; readonly by?: NormId; readonly when: Condition }

/** Two norms on one question: which part of which other norm yields to this one, and why if rank and date do not say. */
export type DisplacesRule = {
  readonly norm: NormId
  readonly of: NormPart
  readonly duty?: DutyCode
  readonly principle?: ConflictPrinciple
}

export type BurdenRule = {
  readonly fact: BurdenFact
  readonly party: Party
  readonly when: Condition
  /** A presumption goes before the general rule. */
  readonly presumption: boolean
}

/** What a norm leaves to norms below it on who consents: they may add, may not add, or may replace it. */
export type Relation = 'floor' | 'full' | 'opening'

export type Norm = {
  readonly id: NormId
  readonly instrument: Instrument
  readonly article: string
  readonly from: Day
  readonly to: Day | null
  readonly verified: 'text-seen' | 'from-memory'
  readonly source: string
  readonly wording: { readonly en: string; readonly zh: string }
  readonly effect: 'permit' | 'forbid' | 'require'
  readonly when: Condition
  /** What it forbids flatly, where it holds. */
  readonly forbids?: Condition
  readonly exceptions: readonly Exception[]
  readonly consents: readonly ConsentRule[]
  readonly duties: readonly DutyRule[]
  readonly burdens: readonly BurdenRule[]
  readonly notRequired: readonly DutyCode[]
  /** Topics of consent and the relation there; topics not named are `floor`. */
  readonly relation: Readonly<Partial<Record<ConsentTopic, Relation>>>
  readonly displaces: readonly DisplacesRule[]
  /** Parties whose standing this norm explains: it is cited wherever they must consent. */
  readonly supports: readonly Party[]
  /** Principles by which it lets one norm prevail: cited wherever one does. */
  readonly settles: readonly ConflictPrinciple[]
  /** Where the act is within the reach of this norm, so that what it does not forbid or ask is allowed. */
  readonly reaches: Condition
  readonly where: string
}

/** A named condition, given by the base itself or by a norm (then only while that norm is in force, and citing it). */
export type Concept = {
  readonly name: string
  readonly norm?: NormId
  readonly when: Condition
}

/** Who speaks in a role: the first line whose condition holds; `or` may speak in its place. */
export type SpeakerLine = {
  readonly party: Party
  readonly when: Condition
  readonly or?: { readonly party: Party; readonly when: Condition }
}

export type NormBase = {
  readonly version: string
  readonly source: string
  readonly licence: string
  readonly sha256: Sha256Hex
  /** Of each instrument's own file, so that a review can say what was reviewed. */
  readonly digests: ReadonlyMap<string, Sha256Hex>
  readonly norms: readonly Norm[]
  readonly byId: ReadonlyMap<NormId, Norm>
  readonly concepts: ReadonlyMap<string, readonly Concept[]>
  readonly speakers: ReadonlyMap<string, readonly SpeakerLine[]>
}
