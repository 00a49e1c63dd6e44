import { startAuthentication } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Activity, Category, Purpose } from '#vocabulary'
import { ask, type Governed, type Receipt } from './api.ts'
import type { FormContent } from './house.ts'
import type { Language } from './language.ts'
import type { Recall } from './recalls.ts'
import type { en } from './words/en.ts'

export type Effect = 'permit' | 'refuse'
/** How somebody stands by a signature. */
export type AttendancePart = 'witness' | 'interpreter'
/** What was said of one choice. */
export type Choice = {
  readonly item: string | null
  readonly effect: Effect
  readonly ended: boolean
  readonly purposes: readonly Purpose[]
  readonly activities: readonly Activity[]
  readonly categories: readonly Category[]
  readonly recipients: readonly string[]
  /** How many relatives were named; 0: all near ones; null: it is not about them. */
  readonly relatives: number | null
}
/** In which standing somebody signs; `until`: the last day of their papers. */
type Signer = { readonly as: string; readonly relation: string | null; readonly until: string | null }
/** Whose signature is wanted too. */
export type Awaited = keyof typeof en.coSign.who
export type Standing = Signer & { readonly asksVoice: boolean; readonly because: string | null }
export const voices = ['assents', 'refuses', 'not-able'] as const
/** What the person says, for whom somebody else signs. */
export type Voice = (typeof voices)[number]
export type Unable = { readonly because: keyof typeof en.coSign.unable; readonly words: string }
export type Heard = { readonly said: Voice; readonly unable?: Unable }
export type Agreement = {
  readonly id: string
  readonly version: number
  readonly form: string
  readonly state: keyof typeof en.agree.state
  readonly signedAt: string
  readonly supersedes: string | null
  readonly signer: Signer
  /** All who signed, in that order, each by an act of their own. */
  readonly signers: readonly (Signer & { readonly signedAt: string; readonly act: string })[]
  /** Of a draft: who must sign it too, until when; null: it is over, or none. */
  readonly awaits: readonly Awaited[]
  readonly awaitsUntil: string | null
  readonly voice: Voice | null
  readonly unable: Unable | null
  /** Whether a key signed it that only they have, or whoever was signed in. */
  readonly strength: 'passkey' | 'session'
  readonly interpreted: boolean
  /** Who stands by which signature; `confirmedAt`: null while they are waited for. */
  readonly attendants: readonly {
    readonly part: AttendancePart
    readonly attends: string
    readonly confirmedAt: string | null
  }[]
  readonly afterDeath: 'as-before' | 'stop' | 'not-asked'
  readonly choices: readonly Choice[]
}
export type StandingForm = {
  readonly id: string
  readonly sha256: string
  readonly content: FormContent
  /** The choices that are for who looks to make, and who must sign them too. */
  readonly asks: readonly string[]
  readonly awaits: readonly Awaited[]
  /** Choices for whose yes the law wants a passkey. */
  readonly keyNeeded: readonly string[]
}
export type AgreementList = {
  readonly subjectName: string
  readonly receipt: Receipt
  readonly forms: readonly StandingForm[]
  readonly agreements: readonly Agreement[]
  readonly recalls: readonly Recall[]
  readonly standing: Standing
}
export type Signed = Governed & { readonly agreement: Agreement }

const pathOf = (caseId: string): string => `cases/${encodeURIComponent(caseId)}/agreements`
const keyOf = (caseId: string) => ['agreements', caseId]

export const useAgreements = (caseId: string) =>
  useQuery({ queryKey: keyOf(caseId), queryFn: () => ask<AgreementList>(pathOf(caseId)) })

/** The newest of this form: what another one would take the place of. */
export const newestOf = (agreements: readonly Agreement[], form: string): Agreement | undefined =>
  agreements.filter((one) => one.form === form && one.state !== 'superseded').at(-1)

/** What counts, or counted, of this form: what waits for others, or waited in vain, is beside it. */
export const settledOf = (agreements: readonly Agreement[], form: string): Agreement | undefined =>
  newestOf(
    agreements.filter(({ awaits }) => awaits.length === 0),
    form,
  )

/** What somebody signed of it that others must sign too. */
export const waitingOf = (agreements: readonly Agreement[], form: string): Agreement | undefined =>
  agreements.find((one) => one.form === form && one.awaitsUntil !== null)

/** What somebody has said so far of one choice, and how they answered its question. */
export type Said = {
  readonly item: string
  readonly effect: Effect
  readonly answers: readonly number[]
  /** Who of their relatives may look after their death. */
  readonly named?: readonly NamedRelative[]
}
export const nearKin = ['spouse', 'child', 'parent', 'sibling', 'grandparent', 'grandchild'] as const
export type NamedRelative = { readonly name: string; readonly relation: (typeof nearKin)[number] }
/** Whether what they allow goes on after their death. */
export type SaidAfterDeath = { readonly says: 'as-before' | 'stop'; readonly answers: readonly number[] }
export type Interpreter = {
  readonly name: string
  readonly language: string
  readonly organisation: string | null
  /** With which they sign in. */
  readonly account?: string
}
/** What keeps whoever signs from reading or writing it alone, and their witness. */
export type StandBy = {
  readonly hindrance?: { readonly because: keyof typeof en.attend.hindrance; readonly words: string }
  readonly witness?: string
}
export type Signing = {
  readonly form: StandingForm
  readonly language: Language
  readonly choices: readonly Said[]
  readonly supersedes: string | null
  readonly voice: Voice | undefined
  readonly unable: Unable | undefined
  readonly interpreter: Interpreter | undefined
  readonly standBy: StandBy
  readonly afterDeath: SaidAfterDeath | undefined
  readonly withKey: boolean
}

/** Everything else that this window knows of the person may be old afterwards. */
export function useSign(caseId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ form, withKey, standBy, ...signing }: Signing) => {
      const said = { ...signing, ...standBy, form: form.id, formSha256: form.sha256, previewShown: true }
      if (!withKey) return ask<Signed>(pathOf(caseId), said)
      const options = await ask<never>(`${pathOf(caseId)}/signature`, said)
      const response = await startAuthentication({ optionsJSON: options })
      return ask<Signed>(pathOf(caseId), { ...said, signature: { response } })
    },
    onSuccess: async () => {
      for (const key of ['plan', 'act', 'account', 'procedure', 'relatives'])
        queries.removeQueries({ queryKey: [key, caseId] })
      await queries.invalidateQueries({ queryKey: keyOf(caseId) })
    },
  })
}
