import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Activity, Outcome, Purpose } from '#vocabulary'
import { type Article, ask, type Bilingual, type Governed, type Reason, type Receipt } from './api.ts'
import type { Step } from './procedure.ts'

export const relativesReasons = ['prevention', 'treatment', 'medicine', 'children'] as const
export type RelativesReason = (typeof relativesReasons)[number]
export type Verdict = 'matters' | 'does-not-matter'
export type Review = {
  readonly id: string
  readonly caseId: string
  readonly by: string
  readonly own: boolean
  readonly at: string
  readonly state: 'waiting' | 'closed'
  readonly law: Outcome | null
  readonly reason: RelativesReason | null
  readonly words: string | null
  readonly finding: {
    readonly at: string
    readonly by: string
    readonly verdict: Verdict
    readonly words: string
    readonly law: Outcome
    readonly allowed: boolean
  } | null
}
export type Telling = {
  readonly asked: { readonly at: string; readonly activity: Activity; readonly purpose: Purpose }
  readonly law: Outcome
  readonly allowed: boolean
  readonly decided: boolean
  readonly reasons: readonly Reason[]
  readonly steps: readonly Step[]
}
export type Relatives = {
  readonly subjectName: string
  readonly receipt: Receipt
  readonly wishes: {
    readonly tell: 'in-person' | 'through-doctor' | 'nobody' | 'not-said'
    readonly notToKnow: readonly ('medicines' | 'illnesses' | 'relatives')[]
    readonly filed: boolean
  }
  readonly withheld: boolean
  readonly reviews: readonly Review[]
  readonly telling: Telling | null
  readonly forms: readonly { readonly id: string; readonly title: Bilingual }[]
  readonly articles: readonly Article[]
}
type ReviewList = { readonly reviews: readonly Review[] }

const pathOf = (caseId: string): string => `cases/${encodeURIComponent(caseId)}/relatives`

/** Every look is an act on record. */
export const useRelatives = (caseId: string) =>
  useQuery({ queryKey: ['relatives', caseId], queryFn: () => ask<Relatives>(pathOf(caseId)) })

export const useRelativesReviews = (enabled: boolean) =>
  useQuery({
    queryKey: ['relatives-reviews'],
    queryFn: () => ask<ReviewList>('relatives-reviews'),
    enabled,
  })

export function useAskReview(caseId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { readonly reason: RelativesReason; readonly words: string }) =>
      ask<Governed & { readonly review: Review }>(`${pathOf(caseId)}-reviews`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['relatives', caseId] }),
  })
}

export function useDecide(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { readonly verdict: Verdict; readonly words: string }) =>
      ask<{ readonly receipt: Receipt }>(`relatives-reviews/${encodeURIComponent(id)}/finding`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['relatives-reviews'] }),
  })
}
