import type { Fault, Result } from '#kernel'
import type {
  FindingKind,
  GenomeOptions,
  GenomeReport,
  IntoRequest,
  IntoSummary,
  PlanOutcome,
  PlanRequest,
  RulingsAnswer,
  VerificationReport,
} from '#usecases'

import type { AccountPrograms } from './accountPrograms.ts'
import type { ConsentPrograms } from './consents.ts'
import type { LawPrograms } from './law.ts'

export type Show = (text: string) => void
/** Where the store lies; undefined: the default folder of this user. */
export type StoreChoice = { readonly data?: string | undefined }

export type StartRequest = StoreChoice & {
  readonly port: number
  readonly demo?: boolean | undefined
  /** After so many days without an answer a recipient that was asked to delete is overdue. */
  readonly recallDays: number
  readonly emergencyMinutes: number
  readonly emergencyReviewDays: number
  /** A folder with a folder for each case, and whose they are. */
  readonly cases?: string | undefined
  readonly organisation?: string | undefined
  /** What the server calls itself to browsers, behind a proxy; undefined: `http://localhost` with its port. */
  readonly origin?: string | undefined
  /** A folder of norms; undefined: the one of this program. */
  readonly norms?: string | undefined
}
/** A server that answers. `stopped` resolves when it was asked to stop and everything is closed. */
export type Running = {
  readonly address: string
  /** Invented people, and the code with which each may sign in once. */
  readonly people: readonly {
    readonly signInName: string
    readonly name: string
    readonly role: string
    readonly code: string
  }[]
  /** Its data are gone when it stops. */
  readonly temporary: boolean
  readonly stopped: Promise<void>
}

/** What `db check` found: every failure by its code and where it lies. */
export type StoreCheck = {
  readonly ok: boolean
  readonly entries: number
  readonly erased: number
  readonly acts: number
  readonly checkpoints: number
  readonly failures: readonly { readonly code: string; readonly where: string }[]
}

/** Versions of a database, and what was done between them. */
export type Migration = { readonly from: number; readonly to: number; readonly ran: readonly string[] }

/** What a backup holds: of which version, how long a log, how many rows of each table. */
export type BackupSummary = {
  readonly version: number
  readonly takenAt: string
  readonly log: { readonly origin: string; readonly size: number }
  readonly rows: Readonly<Record<string, number>>
}
export type Restoration = BackupSummary & { readonly check: StoreCheck }
export type BenchName =
  | 'genome'
  | 'log-append'
  | 'log'
  | 'plan'
  | 'consent'
  | 'consent-decision'
  | 'ruling'
  | 'session'
export type BenchRequest = {
  readonly names: readonly BenchName[]
  /** A genome of the reader's own in the place of the made one. */
  readonly vcf: string | undefined
  readonly quick: boolean
}
/** One figure against its peer; `ratio` is ours / peer. */
export type BenchLine = {
  readonly bench: string
  readonly ours: number
  readonly peer: number
  readonly peerName: string
  readonly unit: string
  readonly ratio: number
}

/** What the command line takes; handed in, so that `--help` does not wait for the rooms that know it. */
export type Limits = {
  readonly mostEmergencyMinutes: number
  readonly findingKinds: readonly FindingKind[]
}

/** What the commands can do; `main` wires each to its use case and loads it when it is called. */
export interface Programs {
  readonly version: string
  readonly limits: Limits
  planForPerson(request: PlanRequest & StoreChoice, show: Show): Promise<Result<PlanOutcome, Fault>>
  callGenomes(
    files: readonly string[],
    options: GenomeOptions,
    show: Show,
  ): AsyncIterable<Result<GenomeReport, Fault>>
  /** Into a folder of results that can be gone on with; `tell` hears of each file that could not be called. */
  callGenomesInto(
    request: IntoRequest,
    show: Show,
    tell: (fault: Fault) => void,
  ): Promise<Result<IntoSummary, Fault>>
  ruleSituations(file: string): Promise<Result<RulingsAnswer, Fault>>
  verifyPath(path: string, policy: string | undefined): Promise<Result<VerificationReport, Fault>>
  start(request: StartRequest, show: Show): Promise<Result<Running, Fault>>
  checkStore(choice: StoreChoice): Promise<Result<StoreCheck, Fault>>
  readonly law: LawPrograms
  readonly consents: ConsentPrograms
  readonly accounts: AccountPrograms
  migrateStore(choice: StoreChoice, show: Show): Promise<Result<Migration, Fault>>
  backUpStore(out: string, choice: StoreChoice, show: Show): Promise<Result<BackupSummary, Fault>>
  restoreStore(from: string, choice: StoreChoice, show: Show): Promise<Result<Restoration, Fault>>
  bench(request: BenchRequest, show: Show): AsyncIterable<Result<BenchLine, Fault>>
  exportLog(folder: string, choice: StoreChoice): Promise<Result<{ readonly size: number }, Fault>>
}
