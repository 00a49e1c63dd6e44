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
  FhirResource,
  FromFile,
  Governed,
  Operation,
  Plan,
  Procedure,
  RecallRecord,
  ResourceType,
  Ruling,
  SignatureRefusal,
  Signing,
  SigningRefusal,
} from '#usecases'
import type { Purpose } from '#vocabulary'
import type { AfterDeathDesk } from './afterDeath/desk.ts'
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

/** In whose care the person is whose case it was when it was last read: asked together with who it is that asks. */
export type AskedAhead = { readonly subject: SubjectId; readonly care: Promise<readonly Care[]> }

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
    from: Case,
    by: ActedBy,
    signing: Signing,
    response?: unknown,
  ): Promise<Result<Governed<Agreement>, SigningRefusal | SignatureRefusal>>
  /** What a browser is to ask of their passkeys before this is signed. */
  askSignature(from: Case, by: ActedBy, signing: Signing): Promise<Result<Json, SignatureRefusal>>
  showAccount(from: Case, by: ActedBy): Promise<Governed<Account>>
  showAct(from: Case, by: ActedBy, act: ActId): Promise<Governed<ActDetail | undefined>>
  readResources(
    from: FromFile<Case>,
    by: ActedBy,
    type: ResourceType,
  ): Promise<Governed<readonly FhirResource[]>>
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
