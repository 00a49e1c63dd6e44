import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Category, Purpose } from '#vocabulary'
import { ask, type Receipt } from './api.ts'

export type RecallKind = 'deleted' | 'locked' | 'not-recallable'
export type RecallAnswer = {
  readonly at: string
  readonly answer: RecallKind
  readonly until: string | null
  readonly basis: string | null
  readonly because: string | null
}
/** What a recipient was asked to delete, and what they answered; the last answer counts. */
export type Recall = {
  readonly id: string
  readonly recipient: string
  readonly since: string
  readonly dueOn: string
  readonly state: 'waiting' | 'overdue' | 'answered' | 'lock-ended'
  readonly purposes: readonly Purpose[] | null
  readonly categories: readonly Category[] | null
  readonly acts: readonly string[]
  readonly answers: readonly RecallAnswer[]
}
export type RecallClaim = Omit<RecallAnswer, 'at'>

export const useRecalls = () =>
  useQuery({
    queryKey: ['recalls'],
    queryFn: () => ask<{ readonly recalls: readonly Recall[] }>('recalls'),
  })

/** Whatever comes of it, the list is asked anew: somebody else may have been faster. */
export function useAnswer(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (claim: RecallClaim) =>
      ask<{ readonly receipt: Receipt }>(`recalls/${encodeURIComponent(id)}/answers`, claim),
    onSettled: () => queries.invalidateQueries({ queryKey: ['recalls'] }),
  })
}
