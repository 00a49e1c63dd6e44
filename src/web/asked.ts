import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Purpose } from '#vocabulary'
import {
  type Account,
  type ActDetail,
  ApiError,
  ask,
  type CaseSummary,
  type Denial,
  type PlanDone,
  type Withdrawn,
} from './api.ts'

export const useCases = () =>
  useQuery({ queryKey: ['cases'], queryFn: () => ask<{ readonly cases: readonly CaseSummary[] }>('cases') })

export const useCase = (caseId: string) =>
  useQuery({
    queryKey: ['case', caseId],
    queryFn: () => ask<CaseSummary>(`cases/${encodeURIComponent(caseId)}`),
  })

/** A plan, or why there is none. Both are answers, and both are on record. */
export type PlanAnswer = PlanDone | Denial
const planKey = (caseId: string) => ['plan', caseId]

export function useAskForPlan(caseId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask<PlanDone>(`cases/${encodeURIComponent(caseId)}/plans`, {}).catch(orDenial),
    onSuccess: (answer: PlanAnswer) => {
      queries.setQueryData(planKey(caseId), answer)
      queries.removeQueries({ queryKey: ['account', caseId] })
      queries.removeQueries({ queryKey: ['agreements', caseId] })
    },
  })
}

function orDenial(error: unknown): Denial {
  if (error instanceof ApiError && error.denial) return error.denial
  throw error
}

/** The last answer in this window; asking again is an act of its own, so it is never done unasked. */
export const usePlanAnswer = (caseId: string): PlanAnswer | undefined =>
  useQuery<PlanAnswer>({ queryKey: planKey(caseId), queryFn: () => Promise.reject(), enabled: false }).data

export function useWithdraw(caseId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (purposes: readonly Purpose[] | null) =>
      ask<Withdrawn>(`cases/${encodeURIComponent(caseId)}/withdrawals`, { purposes }),
    onSuccess: () => {
      queries.removeQueries({ queryKey: planKey(caseId) })
      for (const key of ['account', 'procedure', 'relatives'])
        queries.removeQueries({ queryKey: [key, caseId] })
    },
  })
}

export const useAccount = (caseId: string) =>
  useQuery({
    queryKey: ['account', caseId],
    queryFn: () => ask<Account>(`cases/${encodeURIComponent(caseId)}/account`),
  })

export const useAct = (caseId: string, actId: string) =>
  useQuery({
    queryKey: ['act', caseId, actId],
    queryFn: () => ask<ActDetail>(`cases/${encodeURIComponent(caseId)}/acts/${encodeURIComponent(actId)}`),
  })
