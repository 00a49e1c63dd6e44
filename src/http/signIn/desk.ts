import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Json, Result, SubjectId } from '#kernel'
import type { Caller, NotFresh, OwnSession, Passkey, SignInRefusal } from '#usecases'

type Account = Extract<Caller, { kind: 'account' }>

/** Why somebody did not come back signed in. */
export type Trouble = 'expired' | 'refused' | 'provider-down' | 'not-known' | 'clock'

/** A browser that is being asked, by our own provider, who is at it. */
export interface LoginDesk {
  readonly ask: 'login'
  readonly uid: string
  /** A browser's passkey options. */
  askPasskey(): Promise<Json>
  /** Where the browser goes on: a path of ours. */
  signInByCode(name: string, code: string): Promise<Result<string, SignInRefusal>>
  signInByPasskey(response: unknown): Promise<Result<string, SignInRefusal>>
}

/** Somebody who is being asked whether an application may act for them. */
export interface ConsentDesk {
  readonly ask: 'consent'
  readonly uid: string
  readonly caller: Caller
  readonly app: string
  readonly scopes: readonly string[]
  /** Where the browser goes on. */
  allow(subject: SubjectId): Promise<string>
  refuse(): Promise<string>
}

export type Opened = { readonly token: string; readonly to: string }

/** What the addresses of sign-in can be asked for; `main` wires each to its use case. */
export interface SignInDesk {
  /** Scheme and authority under which browsers know this server. */
  readonly origin: string
  /** Whose session this token opens; nobody's when there is none, or it has run out. */
  identify(token: string | undefined): Promise<Caller>
  /** In whose name a program asks that brings this token. */
  identifyBearer(token: string): Promise<Caller>
  /** Where to send the browser, and what it brings back. */
  leave(to: string): Promise<Result<{ readonly location: string; readonly attempt: string }, Trouble>>
  /** The session that the browser had before ends. */
  comeBack(
    url: string,
    attempt: string | undefined,
    before: string | undefined,
  ): Promise<Result<Opened, Trouble>>
  /** Whatever is asked of our own OpenID provider. */
  serveProvider(request: IncomingMessage, response: ServerResponse): void
  interaction(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<LoginDesk | ConsentDesk | undefined>
  endSession(token: string): Promise<void>
  listSessions(account: Account, token: string): Promise<readonly OwnSession[]>
  endOneSession(token: string, handle: string): Promise<Result<boolean, NotFresh>>
  endOtherSessions(token: string): Promise<Result<undefined, NotFresh>>
  describe(
    account: Account,
  ): Promise<{ readonly language: 'en' | 'zh' | null; readonly passkeys: readonly Passkey[] }>
  chooseLanguage(account: Account, language: 'en' | 'zh'): Promise<void>
  askNewPasskey(account: Account, token: string): Promise<Result<Json, NotFresh>>
  addPasskey(
    account: Account,
    token: string,
    response: unknown,
    label: string,
  ): Promise<Result<Passkey | undefined, NotFresh>>
  removePasskey(token: string, id: string): Promise<Result<boolean, NotFresh>>
}

export type { Account as SignedIn }
