import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { ask, type Session } from './api.ts'
import type { Language } from './language.ts'

/** Who is signed in at this browser. */
export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: () => ask<Session>('session'), staleTime: 60_000 })

/** May whoever is signed in ask this at all? Pages offer what the table of access lets them. */
export function useMay(
  operation:
    | 'makePlan'
    | 'showProcedure'
    | 'showAccount'
    | 'withdrawConsent'
    | 'listHouseRules'
    | 'proposeHouseRule'
    | 'listRecalls'
    | 'openEmergency'
    | 'listEmergencyReviews'
    | 'showRelatives'
    | 'askRelativesReview'
    | 'listRelativesReviews'
    | 'listDeceased',
): boolean {
  const { data } = useSession()
  return data?.signedIn === true && data.may.includes(operation)
}

/** Nothing of whoever was here stays in the window, not even when the server does not answer. */
export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask('session/end', {}),
    onSettled: () => {
      queries.clear()
      sessionStorage.clear()
      location.replace('/')
    },
  })
}

/** A page that the browser kept whole to go back to may be of somebody who has signed out meanwhile: it is loaded anew. */
export const forgetKeptPages = (): void =>
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload()
  })

/** Where to go to sign in, so that one comes back to where one was. */
export function useSignInAddress(): string {
  const { pathname } = useLocation()
  const to = pathname.startsWith('/sign-in') ? '/' : pathname
  return `/sign-in/start?to=${encodeURIComponent(to)}`
}

/** The choice goes with the person to whatever browser they sign in at; that it fails is no reason not to show it. */
export function useKeepLanguage(): (language: Language) => Promise<void> {
  const queries = useQueryClient()
  return async (language) => {
    queries.setQueryData<Session>(['session'], (now) => (now?.signedIn ? { ...now, language } : now))
    await ask('session/language', { language }).catch(() => undefined)
  }
}
