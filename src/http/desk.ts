import type { ActId, Fault, Json, Result, SubjectId } from '#kernel'
import type {
  Account,
  ActDetail,
  ActedBy,
  Agreement,
  Agreements,
  Caller,
  Care,
  Case,
  Citation,
  DonePromised,
  FhirResource,
  FromFile,
  Governed,
  NoReceipt,
  OpenedCase,
  Operation,
  Plan,
  Procedure,
  RecallRecord,
  RefusedAct,
  ResourceType,
  Ruling,
  SignatureRefusal,
  SignedCase,
  Signing,
  SigningRefusal,
} from '#usecases'
import type { Purpose } from '#vocabulary'
import type { AfterDeathDesk } from './afterDeath/desk.ts'
import type { AttendanceDesk } from './attendances/desk.ts'
import type { EmergencyDesk } from './emergencies/desk.ts'
import type { HouseDesk } from './houserules/desk.ts'
import type { RecallDesk } from './recalls/desk.ts'
import type { RelativesDesk } from './relatives/desk.ts'
import type { SignInDesk } from './signIn/desk.ts'

/** What the table of access says before it is known whom something is about. */
export interface AccessDesk {
  /** Open to everybody, signed in or not. */
  isOpen(operation: Operation): boolean
  mayEver(caller: Caller, operation: Operation): 'yes' | 'sign-in' | 'role'
  operationsFor(caller: Caller): readonly Operation[]
}

/**
 * Begun together with the question who it is that asks: in whose care the person is whose case it was when it was last read. Its file
 * is found and opened, and not read before that is known; whoever asked ahead lets it go.
 */
export type AskedAhead = {
  readonly subject: SubjectId
  readonly care: Promise<readonly Care[]>
  readonly read: OpenedCase['read'] | undefined
  letGo(): void
}

export type FoundCase = { readonly from: FromFile<Case>; readonly by: ActedBy }

type Answer<T> = Promise<Result<T, Fault>>

/** What the server can be asked for; `main` wires each to its use case. A store that fails throws a `FaultError`. */
export interface Desk {
  /** The cases are invented. */
  readonly demo: boolean
  readonly access: AccessDesk
  readonly signIn: SignInDesk
  readonly house: HouseDesk
  readonly recalls: RecallDesk
  readonly attendances: AttendanceDesk
  readonly emergencies: EmergencyDesk
  readonly relatives: RelativesDesk
  readonly afterDeath: AfterDeathDesk
  /** Ids of the cases that can be asked about, in the order of their names. */
  listCases(): Promise<readonly string[]>
  /** Sends the question and waits for nothing; undefined when no case of this id was read yet. */
  askAhead(id: string): AskedAhead | undefined
  /** The case, and how they stand to it who ask. Undefined: not there, or not theirs, which nobody can tell apart. */
  findCase(
    caller: Caller,
    operation: Operation,
    id: string,
    ahead?: AskedAhead,
  ): Promise<Result<FoundCase, Fault> | undefined>
  plan(from: FromFile<Case>, by: ActedBy): Answer<Governed<Plan>>
  showProcedure(from: FromFile<Case>, by: ActedBy): Promise<Governed<Procedure>>
  withdraw(
    from: Case,
    by: ActedBy,
    purposes: readonly Purpose[] | null,
  ): Promise<Governed<readonly RecallRecord[]>>
  showAgreements(from: Case, by: ActedBy): Promise<Governed<Agreements>>
  /** What cannot be signed leaves nothing behind. */
  /** `response`: what their passkey answered, if one was asked. */
  sign(
    from: SignedCase,
    by: ActedBy,
    signing: Signing,
    response?: unknown,
  ): Promise<Result<Governed<Agreement>, SigningRefusal | SignatureRefusal>>
  /** What a browser is to ask of their passkeys before this is signed. */
  askSignature(from: Case, by: ActedBy, signing: Signing): Promise<Result<Json, SignatureRefusal>>
  /** Undefined: the person has no such agreement. */
  showConsentReceipt(
    from: Case,
    by: ActedBy,
    caseId: string,
    agreement: string,
  ): Promise<Result<Governed<Json | undefined>, NoReceipt>>
  showAccount(from: Case, by: ActedBy): Promise<Governed<Account>>
  showAct(from: Case, by: ActedBy, act: ActId): Promise<Governed<ActDetail | undefined>>
  readResources(
    from: FromFile<Case>,
    by: ActedBy,
    type: ResourceType,
  ): Promise<DonePromised<readonly FhirResource[]> | RefusedAct<readonly FhirResource[]>>
  cite(ruling: Ruling): readonly Citation[]
  citeNorms(norms: readonly string[]): readonly Citation[]
  /** The law that it rules by, and what was wrong with a later one that it refused. */
  law(): {
    readonly sha256: string
    readonly refused: { readonly code: string; readonly where: string } | null
  }
  /** Throws when acts cannot be recorded now. */
  checkReady(): Promise<void>
  /** The newest signed checkpoint, and the key that it verifies with. */
  readCheckpoint(): Promise<string>
  readonly logKey: string
}
