import { useQuery } from '@tanstack/react-query'
import type {
  Activity,
  Addressee,
  ApprovalOutcome,
  ConsentForm,
  ConsentGiver,
  ConsentTopic,
  DisclosureElement,
  Doer,
  DutyCode,
  Outcome,
  Paper,
  Party,
  Purpose,
  Stage,
  StepState,
  TermStart,
} from '#vocabulary'
import type { Awaited } from './agreements.ts'
import { type Article, ask, type Bilingual, type Reason, type Receipt } from './api.ts'
import type { en } from './words/en.ts'

export type Term = {
  readonly days: number
  readonly working: boolean
  readonly from: TermStart
  readonly is: 'until' | 'at-least-until'
  readonly on: string | null
}
export type DutyWork = {
  readonly kind: 'duty'
  readonly code: DutyCode
  readonly by: Doer
  readonly to: Addressee
  readonly prior: boolean
  readonly elements: readonly { readonly code: DisclosureElement; readonly told: boolean | 'unknown' }[]
  readonly term: Term | null
  readonly authority: string | null
}
export type ConsentWork = {
  readonly kind: 'consent'
  readonly topic: ConsentTopic
  readonly parties: readonly { readonly party: Party; readonly forms: readonly ConsentForm[] }[]
}
export type StepRecord =
  | { readonly kind: 'consent'; readonly by: ConsentGiver; readonly on: string | null }
  | { readonly kind: 'withdrawn'; readonly by: ConsentGiver; readonly on: string }
  | { readonly kind: 'no'; readonly on: string }
  | { readonly kind: 'approval'; readonly outcome: ApprovalOutcome; readonly on: string | null }
  | { readonly kind: 'fact'; readonly path: string }
export type Step = {
  readonly id: string
  readonly stage: Stage
  readonly work:
    | DutyWork
    | ConsentWork
    | { readonly kind: 'fact'; readonly path: string }
    | { readonly kind: 'act'; readonly outcome: Outcome }
  readonly paper: Paper | null
  readonly state: StepState
  readonly from: readonly StepRecord[]
  readonly norms: readonly string[]
}
export type Change =
  | { readonly change: 'added'; readonly step: string; readonly norms: readonly string[] }
  | {
      readonly change: 'changed'
      readonly step: string
      readonly parts: readonly (keyof typeof en.procedure.part)[]
      readonly norms: readonly string[]
    }
  | { readonly change: 'dropped'; readonly step: Step; readonly norms: readonly string[] }
export type LawSince = { readonly day: string; readonly changes: readonly Change[] }
export type Procedure = {
  readonly subjectName: string
  readonly receipt: Receipt
  readonly asked: { readonly at: string; readonly activity: Activity; readonly purpose: Purpose }
  readonly steps: readonly Step[]
  readonly reasons: readonly Reason[]
  readonly dayBefore: LawSince
  readonly lastAgreement: LawSince | null
  readonly forms: readonly {
    readonly id: string
    readonly title: Bilingual
    /** Whoever signs it needs one. */
    readonly witness: boolean
    /** Of what was signed of it and is not whole yet. */
    readonly awaits: readonly Awaited[]
    readonly awaitsUntil: string | null
  }[]
  readonly articles: readonly Article[]
}

/** Every look is an act on record; what is signed or withdrawn in this window makes the next one. */
export const useProcedure = (caseId: string) =>
  useQuery({
    queryKey: ['procedure', caseId],
    queryFn: () => ask<Procedure>(`cases/${encodeURIComponent(caseId)}/procedure`),
  })
