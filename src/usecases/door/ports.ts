import type { AccountId, Care, Failures, Holding, Method, OrganisationId } from '#access'
import type { HouseRule, RuleId, Signed } from '#houserules'
import type { Instant, Json, Sha256Hex, SubjectId } from '#kernel'
import type { EntryRecord } from '../entry.ts'

/** Somebody who may sign in. */
export type Account = {
  readonly id: AccountId
  /** What is typed to sign in; lower case, and nobody else's. */
  readonly signInName: string
  /** As shown to others. */
  readonly name: string
  readonly language: 'en' | 'zh' | null
  readonly disabledAt: Instant | null
  /** Who they are at a provider outside. */
  readonly outside: { readonly issuer: string; readonly subject: string } | null
  readonly holdings: readonly Holding[]
}

/** A code that opens once. Only its hash is kept: it is random enough that nothing slower is needed. */
export type OneTimeCode = {
  readonly hash: Sha256Hex
  readonly account: AccountId
  readonly kind: 'invitation' | 'recovery'
  readonly expiresAt: Instant
}

export type Passkey = {
  /** The credential's own id, base64url. */
  readonly id: string
  readonly account: AccountId
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  /** What its owner calls it. */
  readonly label: string
  readonly addedAt: Instant
  readonly usedAt: Instant | null
}

/** Only the hash of the token is kept, so that who reads the table cannot take a session over. */
export type Session = {
  readonly hash: Sha256Hex
  readonly account: AccountId
  readonly method: Method
  readonly begunAt: Instant
  readonly seenAt: Instant
  readonly expiresAt: Instant
}

/** A program that comes to the door: a service is an account of its own, an app acts for somebody who lets it. */
export type ClientProgram = {
  readonly id: string
  readonly kind: 'service' | 'app'
  readonly account: AccountId | null
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly scopes: readonly string[]
  /** Public keys (RFC 7517, 5); null: an app that cannot keep a secret, bound by PKCE alone. */
  readonly keys: { readonly keys: readonly Json[] } | null
  readonly addedAt: Instant
  readonly endedAt: Instant | null
}

/** What an OpenID provider keeps for a while: codes, grants, sessions of its own. */
export type ProviderRecord = {
  readonly kind: string
  readonly id: string
  readonly payload: string
  readonly expiresAt: Instant | null
  readonly grant: string | null
  readonly uid: string | null
}

/** Somebody came in, was refused, left, or became who they are here. */
export type DoorEvent = {
  readonly id: string
  /** Null: of an application, which is nobody's account. */
  readonly account: AccountId | null
  readonly kind: DoorEventKind
  readonly at: Instant
  readonly method: Method | null
  readonly entry: EntryRecord
}
export type DoorEventKind =
  | 'account-made'
  | 'account-disabled'
  | 'code-issued'
  | 'sign-in'
  | 'sign-in-refused'
  | 'sign-out'
  | 'session-ended'
  | 'passkey-added'
  | 'passkey-removed'
  | 'care-recorded'
  | 'client-added'
  | 'client-ended'
  | 'house-rule-proposed'
  | 'house-rule-confirmed'
  | 'house-rule-declined'
  | 'house-rule-ended'

/** Everything about who people are, in one database transaction. No record of a patient is reached from here. */
export interface DoorTransaction {
  findAccount(
    by:
      | { readonly id: AccountId }
      | { readonly signInName: string }
      | { readonly outside: { readonly issuer: string; readonly subject: string } },
  ): Promise<Account | undefined>
  listAccounts(): Promise<readonly Account[]>
  /** False: the name is taken. */
  addAccount(account: Account): Promise<boolean>
  disableAccount(account: AccountId, at: Instant): Promise<void>
  chooseLanguage(account: AccountId, language: 'en' | 'zh'): Promise<void>

  addCode(code: OneTimeCode): Promise<void>
  /** Takes it away: undefined when there is none, whatever else was wrong with it. */
  takeCode(hash: Sha256Hex): Promise<OneTimeCode | undefined>
  endCodes(account: AccountId): Promise<void>

  listPasskeys(account: AccountId): Promise<readonly Passkey[]>
  findPasskey(id: string): Promise<Passkey | undefined>
  addPasskey(passkey: Passkey): Promise<boolean>
  notePasskeyUse(id: string, counter: number, at: Instant): Promise<void>
  removePasskey(account: AccountId, id: string): Promise<boolean>

  beginSession(session: Session): Promise<void>
  /** With its account, in one question: asked at every request. */
  findSession(hash: Sha256Hex): Promise<{ readonly session: Session; readonly account: Account } | undefined>
  seeSession(hash: Sha256Hex, at: Instant): Promise<void>
  endSession(hash: Sha256Hex): Promise<void>
  endSessions(account: AccountId): Promise<void>
  /** Open or run out; the one last seen first. */
  listSessions(account: AccountId): Promise<readonly Session[]>
  /** Lets nobody else begin a session of this account, nor fail to, until this ends. */
  holdAccount(account: AccountId): Promise<void>

  /** Holds off whoever else asks for them, so that failures at the same time are all counted. */
  readFailures(account: AccountId): Promise<Failures | undefined>
  writeFailures(account: AccountId, failures: Failures | undefined): Promise<void>

  /** What happened, with its entry for the log; all of it commits together. */
  recordEvent(event: DoorEvent): Promise<void>

  /** False: the id is taken. */
  addClient(client: ClientProgram): Promise<boolean>
  findClient(id: string): Promise<ClientProgram | undefined>
  listClients(): Promise<readonly ClientProgram[]>
  /** False: there is none, or it has ended. */
  endClient(id: string, at: Instant): Promise<boolean>

  /** Lets nobody else change these rules, nor an act read them, until this ends. */
  holdHouseRules(organisation: OrganisationId): Promise<void>
  /** All of them, the newest proposal first. */
  listHouseRules(organisation: OrganisationId): Promise<readonly HouseRule[]>
  /** What stands now, without its history; the newest proposal first. */
  listStandingRules(organisation: OrganisationId): Promise<readonly HouseRule[]>
  addHouseRule(rule: HouseRule): Promise<void>
  confirmHouseRule(id: RuleId, signed: Signed): Promise<void>
  endHouseRule(id: RuleId, signed: Signed): Promise<void>

  addCare(care: Care): Promise<void>
  listCare(subject: SubjectId): Promise<readonly Care[]>

  putRecord(record: ProviderRecord): Promise<void>
  findRecord(
    kind: string,
    by: { readonly id: string } | { readonly uid: string },
  ): Promise<ProviderRecord | undefined>
  /** Takes it away, once: undefined when it is not there any more. */
  takeRecord(kind: string, id: string): Promise<ProviderRecord | undefined>
  removeGrant(grant: string): Promise<void>
  /** What has run out: records, codes, sessions. */
  sweep(now: Instant): Promise<void>
}

/** Plain questions, which change nothing. */
export type DoorLook = Pick<
  DoorTransaction,
  | 'findAccount'
  | 'findClient'
  | 'findSession'
  | 'listSessions'
  | 'listCare'
  | 'listPasskeys'
  | 'findRecord'
  | 'listHouseRules'
  | 'listStandingRules'
>

/** Where it is kept. */
export interface DoorStore {
  /** What is asked at every request: no transaction, each question sees what is committed when it is asked. */
  look<T>(work: (door: DoorLook) => Promise<T>): Promise<T>
  open<T>(work: (door: DoorTransaction) => Promise<T>): Promise<T>
}
