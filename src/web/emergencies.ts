import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Action, ask, type Emergency, type Governed, type Receipt } from './api.ts'

export const emergencyReasons = ['unconscious', 'cannot-say', 'no-time'] as const
type Part = Emergency['looks'][number]['part']
export type Finding = NonNullable<Emergency['review']['finding']>['finding']
type Named = { readonly name: string; readonly on: string | null }
/** Null and an empty list: nothing is on record, which is not that there is nothing. */
export type RecordShown = {
  readonly part: 'record'
  readonly age: number | null
  readonly sex: 'female' | 'male' | null
  readonly pregnant: boolean | null
  readonly allergies: readonly Named[]
  readonly medications: readonly Named[]
  readonly conditions: readonly (Named & { readonly past: boolean })[]
  readonly measures: readonly {
    readonly measure: string
    readonly value: number
    readonly unit: string
    readonly bound: 'below' | 'above' | null
    readonly on: string | null
  }[]
  readonly unread: number
}
export type WarningsShown = {
  readonly part: 'warnings'
  readonly planOf: string | null
  readonly drugs: readonly {
    readonly name: string
    readonly action: Action
    readonly maxDose: string | null
    readonly startDose: string | null
    readonly suggest: readonly string[]
  }[]
}
type Done = Governed & { readonly emergency: Emergency }
export type Looked = Done & { readonly look: RecordShown | WarningsShown }
type List = { readonly emergencies: readonly Emergency[] }

/** How often a window asks whether what it shows as open still is: one that ends by itself must not look open for long. */
const askAgainMs = 15_000

export const useOpenEmergencies = (enabled: boolean) =>
  useQuery({
    queryKey: ['emergencies', 'open'],
    queryFn: () => ask<List>('emergencies/open'),
    enabled,
    refetchInterval: askAgainMs,
  })

export const useEmergencyReviews = (enabled: boolean) =>
  useQuery({
    queryKey: ['emergencies', 'reviews'],
    queryFn: () => ask<List>('emergencies/reviews'),
    enabled,
  })

const pathOf = (caseId: string): string => `cases/${encodeURIComponent(caseId)}/emergencies`

/** Whatever comes of it, what is open is asked anew. */
function useChange<Asked, Answer>(work: (asked: Asked) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSettled: () => queries.invalidateQueries({ queryKey: ['emergencies'] }),
  })
}

export const useOpenEmergency = (caseId: string) =>
  useChange((body: { readonly reason: string; readonly words: string }) => ask<Done>(pathOf(caseId), body))

/** An act each: never asked unless somebody does. */
export const useLook = (caseId: string, id: string) =>
  useChange((part: Part) => ask<Looked>(`${pathOf(caseId)}/${encodeURIComponent(id)}/${part}`))

export const useEnd = () =>
  useChange(({ caseId, id }: Pick<Emergency, 'caseId' | 'id'>) =>
    ask<Done>(`${pathOf(caseId)}/${encodeURIComponent(id)}/end`, {}),
  )

export const useReview = (id: string) =>
  useChange((body: { readonly finding: Finding; readonly words: string }) =>
    ask<{ readonly receipt: Receipt }>(`emergencies/${encodeURIComponent(id)}/finding`, body),
  )
