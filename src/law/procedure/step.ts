import type { Day } from '#kernel'
import type {
  Addressee,
  ApprovalKind,
  ConsentForm,
  ConsentGiver,
  ConsentTopic,
  DisclosureElement,
  Doer,
  DutyCode,
  Outcome,
  Paper,
  Party,
  Stage,
  StepState,
  TermStart,
} from '#vocabulary'
import type { NormJurisdiction } from '../normBase.ts'
import type { Finding, NormId } from '../ruling.ts'

/**
 * From what the state of a step follows: something that was recorded, or said. Of what was signed or taken back after the day of the act,
 * `on` is that day, as the law reads it (decision 0002).
 */
export type StepRecord =
  | { readonly kind: 'consent'; readonly by: ConsentGiver; readonly on: Day | null }
  | { readonly kind: 'withdrawn'; readonly by: ConsentGiver; readonly on: Day }
  | {
      readonly kind: 'approval'
      readonly approval: ApprovalKind
      readonly outcome: string
      readonly on: Day | null
    }
  /** The person, or whoever speaks for them, said no to it on a form. */
  | { readonly kind: 'no'; readonly on: Day }
  /** A dotted path into the situation, where the fact stands. */
  | { readonly kind: 'fact'; readonly path: string }

/** `days` may be a fraction; `on` is null while the day from which they run is not known. */
export type Term = {
  readonly days: number
  readonly working: boolean
  readonly from: TermStart
  readonly is: 'until' | 'at-least-until'
  readonly on: Day | null
}

type Element = { readonly code: DisclosureElement; readonly told: Finding }
export type AskedConsent = { readonly party: Party; readonly forms: readonly ConsentForm[] }

/** What a step is about. */
export type StepWork =
  | { readonly kind: 'fact'; readonly path: string }
  | {
      readonly kind: 'duty'
      readonly code: DutyCode
      readonly by: Doer
      readonly to: Addressee
      /** Known to be unmet, it is a no to the act. */
      readonly prior: boolean
      readonly elements: readonly Element[]
      readonly term: Term | null
      readonly authority: string | null
    }
  /** Each of the parties signs, or where there are several, any one of them. */
  | { readonly kind: 'consent'; readonly topic: ConsentTopic; readonly parties: readonly AskedConsent[] }
  | { readonly kind: 'act'; readonly outcome: Outcome }

export type Step = {
  /** One within a procedure, and the same in two procedures where it is the same step. */
  readonly id: string
  readonly stage: Stage
  /** The legal order that asks for it. */
  readonly order: NormJurisdiction | null
  readonly work: StepWork
  readonly paper: Paper | null
  readonly state: StepState
  readonly from: readonly StepRecord[]
  readonly norms: readonly NormId[]
}
