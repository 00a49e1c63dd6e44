import type { Level } from './action.ts'
import type { ReasonKind, Source, Statement } from './finding.ts'

/** A drug as the tables know it. */
export type DrugEntry = {
  readonly name: string
  readonly synonyms: readonly string[]
  readonly atc: readonly string[]
  readonly rxnorm: readonly string[]
}

/** What one guideline says of one drug for some genotypes; each key gives a value per gene, in the order of `genes`. */
export type GuidanceRow = {
  readonly source: Source
  readonly drug: string
  readonly population: readonly string[]
  readonly level: Level
  readonly says: readonly Statement[]
  readonly genes: readonly string[]
  readonly keys: readonly (readonly string[])[]
}

export type Candidate = {
  readonly drug: string
  readonly rank: string
  readonly place: string
  readonly unlisted: boolean
}
export type Indication = {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly source: Source
  readonly candidates: readonly Candidate[]
}

export type Strength = 'strong' | 'moderate' | 'weak' | 'clinically relevant'
/** An inhibitor or inducer of an enzyme or transporter. `doubt`: grades that sources give when they disagree. */
export type Modifier = {
  readonly target: string
  readonly role: 'inhibitor' | 'inducer'
  readonly strength: Strength
  readonly agent: string
  readonly doubt: readonly string[]
  readonly source: Source
}
export type Pair = {
  readonly drugs: readonly string[]
  readonly with: readonly string[]
  readonly level: Level
  readonly says: readonly Statement[]
  readonly effect: string
  readonly source: Source
}

/** A test of a measured value: lower limits are inclusive (`from`) or not (`above`), upper ones exclusive (`below`). */
export type Limit = {
  readonly measure: string
  readonly below: number | null
  readonly from: number | null
  readonly above: number | null
  readonly in: readonly string[] | null
}
export type OrganRow = {
  readonly drug: string
  readonly kind: ReasonKind
  readonly when: Limit
  readonly level: Level
  readonly says: readonly Statement[]
  readonly source: Source
}

export type ExposureTest = {
  readonly factor: string
  readonly atLeast: number | null
  readonly over: number | null
  readonly unit: string | null
  readonly stopped: boolean
  readonly before: number | null
  readonly ageFrom: number | null
  /** What must be true of the person besides, where no drug is concerned. */
  readonly needs: string | null
}
export type ExposureRow = {
  readonly when: ExposureTest
  readonly target: string
  readonly drugs: readonly string[]
  readonly effect: string
  readonly level: Level
  readonly says: readonly Statement[]
  readonly prevention: readonly string[]
  readonly source: Source
}

export type ConditionEntry = {
  readonly id: string
  readonly words: readonly string[]
  readonly icd10: readonly string[]
  readonly snomed: readonly string[]
  readonly indications: readonly string[]
}
export type ConditionRow = {
  readonly drugs: readonly string[]
  readonly condition: string
  readonly level: Level
  readonly says: readonly Statement[]
  readonly source: Source
}

/** The tables of knowledge/guidance and knowledge/clinical, parsed and checked. */
export type PlanKnowledge = {
  readonly drugs: readonly DrugEntry[]
  readonly guidance: readonly GuidanceRow[]
  /** Alleles of half function per gene: DPWG tells a score of 1 made of two halves from a whole and nothing. */
  readonly halfFunction: { readonly [gene: string]: readonly string[] }
  readonly indications: readonly Indication[]
  readonly modifiers: readonly Modifier[]
  readonly pairs: readonly Pair[]
  readonly substrates: readonly { readonly target: string; readonly drugs: readonly string[] }[]
  readonly byStrength: readonly { readonly key: string; readonly says: readonly Statement[] }[]
  readonly sameEffect: readonly { readonly effect: string; readonly members: readonly string[] }[]
  readonly organ: readonly OrganRow[]
  readonly exposures: readonly ExposureRow[]
  readonly conditions: readonly ConditionEntry[]
  readonly conditionRows: readonly ConditionRow[]
}
