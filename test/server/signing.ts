import { ask, type RunningServer } from './running.ts'

type Choice = { readonly item: string; readonly effect: string; readonly ended: boolean }
type Agreement = {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly form: string
  readonly choices: readonly Choice[]
  readonly signer: object
  readonly voice: string | null
  readonly unable: object | null
  readonly signers: readonly {
    readonly as: string
    readonly relation: string
    readonly signedAt: string
    readonly act: string
  }[]
  readonly awaits: readonly string[]
  readonly awaitsUntil: string | null
}
type Form = {
  readonly id: string
  readonly sha256: string
  readonly asks: readonly string[]
  readonly awaits: readonly string[]
  readonly content: { readonly items: readonly { readonly id: string }[] }
}
type Agreements = {
  readonly forms: readonly Form[]
  readonly agreements: readonly Agreement[]
  readonly standing: object
}
export type Said = Readonly<Record<string, 'permit' | 'refuse'>>

export const yes: Said = { 'genes-for-medicines': 'permit', surroundings: 'permit' }
export const no: Said = { 'genes-for-medicines': 'refuse', surroundings: 'refuse' }
const right: Readonly<Record<string, number>> = { 'genes-for-medicines': 0, surroundings: 1 }

export async function lookAt(server: RunningServer, caseId: string, who: string): Promise<Agreements> {
  const { status, body } = await ask(server, 'GET', `api/cases/${caseId}/agreements`, undefined, who)
  if (status !== 200) throw new Error(`agreements are not shown: ${status}`)
  return body as unknown as Agreements
}

/** What somebody sends who says this to the form of the demo, in the place of what they said last, understood at the second try. */
export async function signingOf(server: RunningServer, caseId: string, who: string, said: Said) {
  const { forms, agreements } = await lookAt(server, caseId, who)
  const choices = Object.entries(said).map(([item, effect]) => ({
    item,
    effect,
    answers: effect === 'permit' ? [9, right[item]] : [],
  }))
  const { id: form, sha256: formSha256 } = forms[0]!
  const supersedes = agreements.filter((one) => one.form === form).at(-1)?.id ?? null
  return { form, formSha256, language: 'en', choices, previewShown: true, supersedes }
}

export const sign = (server: RunningServer, caseId: string, who: string, body: unknown) =>
  ask(server, 'POST', `api/cases/${caseId}/agreements`, body, who)
