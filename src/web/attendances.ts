import { startAuthentication } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AttendancePart, Effect } from './agreements.ts'
import { ask, type Bilingual, type Receipt } from './api.ts'
import type { FormContent } from './house.ts'
import type { Language } from './language.ts'

export type Waiting = { readonly id: string; readonly part: AttendancePart; readonly at: string }
/** What somebody is to confirm: the words and the choices, of nobody by name. */
export type Attendance = Waiting & {
  readonly until: string
  readonly said: string
  readonly spoken: string | null
  readonly form: FormContent
  readonly choices: readonly { readonly item: string; readonly effect: Effect }[]
  readonly statement: Bilingual
}

const pathOf = (id: string): string => `attendances/${encodeURIComponent(id)}`

/** Asked on every page of whoever is signed in, so not at every step. */
export const useAttendances = (isHere = true) =>
  useQuery({
    queryKey: ['attendances'],
    queryFn: () => ask<{ readonly attendances: readonly Waiting[] }>('attendances'),
    enabled: isHere,
    staleTime: 60_000,
  })

/** Every look is an act on record: one, while the page is open. */
export const useAttendance = (id: string) =>
  useQuery({ queryKey: ['attendance', id], queryFn: () => ask<Attendance>(pathOf(id)), staleTime: Infinity })

export function useConfirm({ id, said, spoken }: Attendance) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (language: Language) => {
      const saying = { said, spoken, language }
      const options = await ask<never>(`${pathOf(id)}/signature`, saying)
      const response = await startAuthentication({ optionsJSON: options })
      const whole = { ...saying, signature: { response } }
      return ask<{ readonly receipt: Receipt }>(`${pathOf(id)}/confirmation`, whole)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['attendances'] }),
  })
}
