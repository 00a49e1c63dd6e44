import type { GeneCall } from '#genome'
import type { Day, SubjectId } from '#kernel'
import type { Action, Strength } from './action.ts'
import type { Also, Disagreement } from './combine.ts'
import type { Conversion } from './convert.ts'
import type { DosePart, ReasonKind, Source } from './finding.ts'

/** A gene of the plan: the call, and what the drugs taken make of it. */
export type PlanGene = Omit<GeneCall, 'extra'> & { readonly converted: Conversion | null }

export type Because = {
  readonly kind: ReasonKind
  readonly of: string
  readonly finding: string
  readonly source: Source
}

/** Fractions of the usual dose. */
export type Dose = { readonly factorMin: number; readonly factorMax: number }

export type PlanMedication = {
  readonly drug: { readonly name: string; readonly atc: string | null }
  readonly role: 'current' | 'candidate'
  readonly action: Action
  readonly dose: Dose | null
  readonly strength: Strength
  /** Position in the order of choice, 1 first, among all drugs of the plan. */
  readonly rank: number
  readonly because: readonly Because[]
  readonly also: readonly Also[]
  readonly suggest: readonly string[]
  readonly test: readonly string[]
  readonly withDrug: string | null
  readonly appliesTo: DosePart | null
  readonly maxDose: string | null
  readonly startDose: string | null
  readonly disagreements: readonly Disagreement[]
}

/** Something to be found out, and by which action it holds back a drug. */
export type PlanMissing = {
  readonly what: string
  readonly why: string
  readonly action: 'test-first' | 'insufficient-data'
}
export type PlanWarning = { readonly code: string; readonly message: string }

/** A plan-level measure, such as keeping away from an exposure. */
export type PlanPrevention = {
  readonly gene: string | null
  readonly condition: string
  readonly actions: readonly string[]
  readonly source: Source
}

/** The contract's plan.json without its head: what `advise` prints too. */
export type Advice = {
  readonly genes: readonly PlanGene[]
  readonly medications: readonly PlanMedication[]
  /** Best first; empty when no candidate may be chosen, and then a specialist is asked. */
  readonly firstChoice: readonly string[]
  readonly refer: boolean
  readonly prevention: readonly PlanPrevention[]
  readonly missing: readonly PlanMissing[]
  readonly warnings: readonly PlanWarning[]
}

/** The contract's plan.json. */
export type Plan = { readonly subject: SubjectId; readonly at: Day; readonly indication: string } & Advice
