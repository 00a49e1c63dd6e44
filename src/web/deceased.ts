import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, type Governed } from './api.ts'
import { currentLanguage } from './language.ts'
import type { en } from './words/en.ts'

export const relativePurposes = ['cause-of-death', 'memory', 'rights'] as const
export type RelativePurpose = (typeof relativePurposes)[number]
/** Somebody to whom the reader shows kinship. */
type Deceased = {
  readonly caseId: string
  readonly subjectName: string
  readonly kinship: keyof typeof en.dead.kin
  readonly until: string | null
  readonly dead: boolean
}
type Named = { readonly name: string; readonly on: string | null }
export type RelativeLook = {
  readonly purpose: RelativePurpose
  readonly words: string
  readonly conditions: readonly (Named & { readonly past: boolean })[]
  readonly unread: number
  readonly treatment: {
    readonly allergies: readonly Named[]
    readonly medications: readonly Named[]
    readonly measures: readonly {
      readonly measure: string
      readonly value: number
      readonly unit: string
      readonly on: string | null
    }[]
  } | null
}
type ObjectionSays = 'object' | 'no-objection'

const pathOf = (caseId: string): string => `cases/${encodeURIComponent(caseId)}`

export const useDeceased = (enabled = true) =>
  useQuery({
    queryKey: ['deceased'],
    queryFn: () => ask<{ readonly deceased: readonly Deceased[] }>('deceased'),
    enabled,
  })

/** A look is an act each time, and nothing of it stays in this window but what is shown. */
export const useRelativeLook = (caseId: string) =>
  useMutation({
    mutationFn: (body: { readonly purpose: RelativePurpose; readonly words: string }) =>
      ask<Governed & { readonly look: RelativeLook }>(`${pathOf(caseId)}/deceased-looks`, body),
  })

export function useObjection(caseId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { readonly says: ObjectionSays; readonly words: string }) =>
      ask<Governed & { readonly says: ObjectionSays }>(`${pathOf(caseId)}/deceased-objections`, {
        ...body,
        language: currentLanguage(),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deceased'] }),
  })
}
