import type { Fault, Result } from '#kernel'

type Show = (text: string) => void
type StoreChoice = { readonly data?: string | undefined }

/** A role somebody is to have: for a person (themselves, or somebody they act for), or at an organisation. */
export type AccountRequest = {
  readonly signInName: string
  readonly name?: string | undefined
  readonly role: string
  readonly subject?: string | undefined
  readonly organisation?: string | undefined
  /** A day; undefined: until somebody ends it. */
  readonly until?: string | undefined
  readonly evidence?: string | undefined
  /** Of a representative: the kind of papers that they showed. */
  readonly papers?: string | undefined
  /** Of a representative who decides nothing: how they are related. */
  readonly kin?: string | undefined
  readonly issuer?: string | undefined
  readonly issuerId?: string | undefined
}
export type CareRequest = {
  readonly signInName: string
  readonly organisation: string
  readonly subject: string
  readonly until?: string | undefined
  readonly evidence?: string | undefined
}
/** Null: no code opens it, a provider outside does. */
export type CodeAnswer = { readonly code: string; readonly expiresAt: string } | null
export type AccountLine = {
  readonly signInName: string
  readonly name: string
  readonly roles: readonly string[]
  readonly disabled: boolean
}

/** A program that asks in its own name; `key`: a file with its public key. */
export type ServiceRequest = Omit<AccountRequest, 'issuer' | 'issuerId'> & { readonly key: string }

/** An application that people may let act for them. Without a key it is bound by PKCE alone. */
export type AppRequest = {
  readonly id: string
  readonly name?: string | undefined
  readonly redirect: readonly string[]
  readonly scope: string
  readonly key?: string | undefined
}

export interface AccountPrograms {
  addApp(request: AppRequest, choice: StoreChoice, show: Show): Promise<Result<undefined, Fault>>
  endApp(id: string, choice: StoreChoice, show: Show): Promise<Result<undefined, Fault>>
  addService(request: ServiceRequest, choice: StoreChoice, show: Show): Promise<Result<undefined, Fault>>
  add(request: AccountRequest, choice: StoreChoice, show: Show): Promise<Result<CodeAnswer, Fault>>
  recover(signInName: string, choice: StoreChoice, show: Show): Promise<Result<CodeAnswer, Fault>>
  disable(signInName: string, choice: StoreChoice, show: Show): Promise<Result<undefined, Fault>>
  list(choice: StoreChoice, show: Show): Promise<Result<readonly AccountLine[], Fault>>
  recordCare(request: CareRequest, choice: StoreChoice, show: Show): Promise<Result<undefined, Fault>>
}
