import type { AccountId, OrganisationId } from '#access'
import type {
  Agreement,
  AttendancePart,
  ConsentSignature,
  EmergencyEvent,
  EmergencyReason,
  OpenedEmergency,
  RecallAnswer,
  RecallNotice,
  RelativesFinding,
  RelativesReason,
} from '#consent'
import type { Permit } from '#decision'
import type { Checkpoint, VerifierKey } from '#evidence'
import type { RuleInForce } from '#houserules'
import type { ActId, Fault, Instant, Json, Result, Sha256Hex, SubjectId } from '#kernel'
import type { Situation } from '#law'
import type { Outcome } from '#vocabulary'
import type { DoorStore } from './door/ports.ts'
import type { EntryId, EntryRecord } from './entry.ts'

/** What a database connection must carry to see or write anything: one act on one person. */
export type ActScope = { readonly act: ActId; readonly subject: SubjectId }

/** The row of an act, permitted or refused. `situation` is what was known, `ruling` what the law said of it. */
export type ActRecord = {
  readonly kind: string
  readonly outcome: 'permitted' | 'refused'
  readonly at: Instant
  readonly situation: Json
  readonly ruling: Json
}

/** The person ended, from this instant on, whatever they had allowed for these purposes (all of them if null). */
export type WithdrawalRecord = {
  readonly id: string
  readonly at: Instant
  readonly purposes: readonly string[] | null
}

/** What a person signed, and the digest of exactly that. */
export type SignedAgreement = { readonly agreement: Agreement; readonly sha256: Sha256Hex }

/** How an agreement was signed. */
export type AgreementSignature = { readonly agreement: string; readonly signature: ConsentSignature }

/** What somebody else was given by an act that was permitted; of what is null nothing is known. */
export type Disclosure = {
  readonly act: ActId
  readonly at: Instant
  readonly recipient: { readonly id?: string | null; readonly kind?: string | null }
  readonly purpose: string | null
  readonly categories: readonly string[] | null
}

/** A notice of recall in the outbox. `situation`: the withdrawal that it came of, under which its answer is judged. */
export type RecallRecord = RecallNotice & {
  readonly id: string
  readonly at: Instant
  readonly situation: Situation
}
export type AnsweredAt = { readonly at: Instant; readonly answer: RecallAnswer }
/** Answers oldest first: the last one counts. */
export type StoredRecall = RecallRecord & { readonly answers: readonly AnsweredAt[] }

/** What somebody opened in an emergency, and why, in their own words. `situation`: the facts on which the gate let them. */
export type EmergencyRecord = OpenedEmergency & {
  readonly id: string
  /** As the server names the case. */
  readonly caseId: string
  readonly account: AccountId
  readonly name: string
  readonly organisation: OrganisationId
  readonly reason: EmergencyReason
  readonly words: string
  readonly situation: Situation
}
/** Events in the order of their instants. */
export type StoredEmergency = EmergencyRecord & { readonly events: readonly EmergencyEvent[] }

/** A review of whether relatives are to be told. `situation`: what was known of the person then, as telling would be asked. */
export type RelativesReviewRecord = {
  readonly id: string
  readonly at: Instant
  readonly caseId: string
  readonly account: AccountId
  readonly name: string
  readonly organisation: OrganisationId
  readonly reason: RelativesReason
  readonly words: string
  readonly law: Outcome
  readonly situation: Situation
}
export type StoredRelativesReview = RelativesReviewRecord & { readonly finding: RelativesFinding | null }

/** Who is to confirm that they stood by a signature. `agreement`: the number of what was signed in their presence. */
export type AttendanceRecord = {
  readonly id: string
  readonly at: Instant
  readonly part: AttendancePart
  readonly account: AccountId
  readonly agreement: string
  /** As the server names the case. */
  readonly caseId: string
}
export type StoredAttendance = AttendanceRecord & { readonly confirmedAt: Instant | null }

type OfSomebody<T> = readonly (T & { readonly subject: SubjectId })[]

/** An act as the store keeps it, with what its log entry commits to and the plan that it made. */
export type StoredAct = ActRecord & {
  readonly id: ActId
  readonly entry: EntryId
  readonly opening: Uint8Array
  readonly plan: Json | null
}

export type Hold = 'shared' | 'alone'

/** Inside one database transaction that carries one act; all of it commits with the entry, or none does. */
export interface ActTransaction {
  /**
   * Every withdrawal of this person that is committed; until this act ends, `shared` holds off a concurrent one, `alone` every other act
   * on the person.
   */
  listWithdrawals(hold: Hold): Promise<readonly WithdrawalRecord[]>
  /** What a hospital has laid down and what stands now; holds off a change of it until this act ends. */
  listHouseRules(organisation: OrganisationId): Promise<readonly RuleInForce[]>
  /**
   * Everything that was done with what is this person's, newest first: at most `most` acts, or the one that is named. The
   * permit must be for the person's own look at it.
   */
  listActs(
    permit: Permit,
    which: { readonly most: number } | { readonly only: ActId },
  ): Promise<readonly StoredAct[]>
  /** Everything that this person signed, oldest first; to be asked once the withdrawals are listed. */
  listAgreements(): Promise<readonly SignedAgreement[]>
  /** How each of it was signed, oldest first, where that was kept. */
  listSignatures(): Promise<readonly AgreementSignature[]>
  /** Everybody who was given something of this person's. The permit must be for what ends something, which must be written before. */
  listDisclosures(permit: Permit): Promise<readonly Disclosure[]>
  /** Every notice of recall for this person, oldest first. */
  listRecalls(): Promise<readonly StoredRecall[]>
  /** Everything that was opened about this person in an emergency, oldest first. */
  listEmergencies(): Promise<readonly StoredEmergency[]>
  /** Every review of whether this person's relatives are to be told, oldest first. */
  listRelativesReviews(): Promise<readonly StoredRelativesReview[]>
  /** Everybody who was to stand by what was signed of this person's, oldest first. */
  listAttendances(): Promise<readonly StoredAttendance[]>
  /** The plan that was made last, or null. The permit must be for health and genes. */
  readNewestPlan(permit: Permit): Promise<Json | null>
  recordAct(act: ActRecord): Promise<void>
  recordEmergency(emergency: EmergencyRecord): Promise<void>
  /** False: it was ended, or its review closed, already; nothing was written. */
  recordEmergencyEvent(emergency: string, event: EmergencyEvent): Promise<boolean>
  recordRelativesReview(review: RelativesReviewRecord): Promise<void>
  /** False: it was decided already; nothing was written. */
  recordRelativesFinding(review: string, finding: RelativesFinding): Promise<boolean>
  recordAttendance(attendance: AttendanceRecord): Promise<void>
  /** False: it was confirmed already; nothing was written. */
  recordConfirmation(attendance: string, at: Instant): Promise<boolean>
  recordRecall(recall: RecallRecord): Promise<void>
  /** False: somebody else has given the answer of that number; nothing was written. */
  recordRecallAnswer(recall: string, position: number, answered: AnsweredAt): Promise<boolean>
  recordWithdrawal(withdrawal: WithdrawalRecord): Promise<void>
  /** False: something has taken the place of what it replaces; nothing was written. */
  recordAgreement(signed: SignedAgreement, signature?: ConsentSignature): Promise<boolean>
  recordPlan(plan: {
    readonly indication: string
    readonly plan: Json
    readonly sha256: Sha256Hex
  }): Promise<void>
  appendEntry(entry: EntryRecord): Promise<void>
}

/** Where an entry stands in the published log. */
export type EntryProof = {
  readonly index: number
  readonly leaf: Uint8Array
  readonly hashes: readonly Uint8Array[]
  /** The signed note, exactly as published. */
  readonly checkpoint: string
}

/** Acts, plans and the log, in one PostgreSQL. */
export interface Store {
  readonly logKey: VerifierKey
  /** Runs `work` in one transaction; it commits when `work` resolves and rolls back when it throws. */
  transact<T>(scope: ActScope, work: (transaction: ActTransaction) => Promise<T>): Promise<T>
  /**
   * Sequences every committed entry that is not yet in the tree, in one batch, and signs a checkpoint. Safe to call from
   * several processes at once and after a crash at any point; does nothing when nothing is pending.
   */
  publish(): Promise<Checkpoint>
  /** Proof of an entry that a `publish` has sequenced. */
  prove(scope: ActScope, entry: EntryId): Promise<EntryProof>
  /** A signed note that an entry that was committed stands in the log by then. It is sequenced soon, with what else comes meanwhile. */
  promise(entry: Pick<EntryRecord, 'id' | 'leaf'>, until: Instant): Promise<string>
  /** Where these entries of the person stand; one that waits for its place is left out. */
  locate(scope: ActScope, entries: readonly EntryId[]): Promise<ReadonlyMap<EntryId, number>>
  /** Who people are, and how they come in. */
  readonly door: DoorStore
  /** What an organisation is asked to delete, oldest first; nothing of any other is seen. `subject` goes to no page. */
  listRecallsTo(organisation: OrganisationId): Promise<OfSomebody<StoredRecall>>
  /** What was opened at an organisation in an emergency, oldest first. `subject` goes to no page. */
  listEmergenciesAt(organisation: OrganisationId): Promise<OfSomebody<StoredEmergency>>
  /** What somebody opened themself. */
  listEmergenciesOf(account: AccountId): Promise<OfSomebody<StoredEmergency>>
  /** Reviews asked for at an organisation of whether relatives are to be told, oldest first. `subject` goes to no page. */
  listRelativesReviewsAt(organisation: OrganisationId): Promise<OfSomebody<StoredRelativesReview>>
  /** What somebody is to confirm, or has confirmed, oldest first. `subject` goes to no page. */
  listAttendancesOf(account: AccountId): Promise<OfSomebody<StoredAttendance>>
  /** The newest signed checkpoint, as published. Throws a fault when the database does not answer. */
  readCheckpoint(): Promise<string>
  /** Throws a fault when acts cannot be recorded now: no answer, or no room. */
  checkReady(): Promise<void>
  /** Writes the published log as C2SP tiles: `checkpoint`, `tile/…`, `log.vkey`. */
  exportLog(folder: string): Promise<Result<{ readonly size: number }, Fault>>
  close(): Promise<void>
}
