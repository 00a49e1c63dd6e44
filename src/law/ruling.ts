import type { Day } from '#kernel'
import type {
  BurdenFact,
  ConflictPrinciple,
  ConsentForm,
  ConsentTopic,
  DisclosureElement,
  DutyCode,
  Outcome,
  Party,
} from '#vocabulary'

/** Id of a norm as the sources cite it, `CN-CC-1219-1`. */
export type NormId = string
export type Finding = boolean | 'unknown'

/** One consent that the law demands, given or not; all `forms` are needed. */
export type ConsentDemand = {
  readonly party: Party
  readonly for: ConsentTopic
  readonly rule: 'all-of' | 'one-of'
  readonly forms: readonly ConsentForm[]
  readonly satisfied: Finding
  readonly norms: readonly NormId[]
}

export type Duty = {
  readonly code: DutyCode
  readonly met: Finding
  readonly norms: readonly NormId[]
  readonly deadlineDays?: number
  readonly workingDays?: boolean
  readonly authority?: string
}

export type Prohibition = { readonly norm: NormId; readonly reason: string }
export type Displacement = {
  readonly norm: NormId
  readonly by: NormId
  readonly principle: ConflictPrinciple
}
export type Burden = { readonly fact: BurdenFact; readonly party: Party; readonly norms: readonly NormId[] }

/** What the norms in force on a day say about one situation. */
export type Ruling = {
  readonly situation: string
  readonly at: Day
  readonly outcome: Outcome
  readonly whoMustConsent: readonly ConsentDemand[]
  readonly mustTell: readonly DisclosureElement[]
  readonly duties: readonly Duty[]
  readonly forbiddenBy: readonly Prohibition[]
  readonly notRequired: readonly DutyCode[]
  readonly norms: readonly NormId[]
  readonly displaced: readonly Displacement[]
  readonly burdenOfProof: readonly Burden[]
  /** Dotted paths into the situation of the facts that would decide. */
  readonly factsNeeded: readonly string[]
  readonly explanation: readonly string[]
}

/** What one legal order says; the ruling joins them. `reached`: some norm of it speaks of the act. */
export type OrderFinding = Omit<Ruling, 'situation' | 'at' | 'explanation'> & { readonly reached: boolean }
