export {
  type AccountId,
  type Caller,
  type Care,
  type Holding,
  isOperation,
  isResourceType,
  kinships,
  type Method,
  type Operation,
  type OrganisationId,
  type ResourceType,
  type Role,
  recordScopes,
  resourceTypes,
  scopesAllow,
} from '#access'
export {
  type Agreement,
  attendanceParts,
  type DataUseMatch,
  draftUntil as draftUntilOf,
  type EmergencyFinding,
  type EmergencyPart,
  type EmergencyReason,
  emergencyFindings,
  emergencyParts,
  emergencyReasons,
  emergencyStandingOf,
  hindrances,
  type KnowingKind,
  knowingKinds,
  mostEmergencyMinutes,
  mostNamedRelatives,
  mostUnableWords,
  nearRelatives,
  type RecallClaim,
  type RecallState,
  type RecordedAgreement,
  type RelativesReason,
  type RelativesVerdict,
  recallStandingOf,
  relativesReasons,
  relativesVerdicts,
  stateOf as stateOfAgreement,
  unableReasons,
} from '#consent'
export type { Denial, Permit, Reason } from '#decision'
export type { VerificationReport } from '#evidence'
export {
  type Content,
  type ContentKind,
  contentKinds,
  type HouseRule,
  HouseRuleContent,
  type RuleId,
  readingLevelOf,
  type Signed,
  stateOf,
} from '#houserules'
export type {
  BaseComparison,
  Citation,
  InstrumentReview,
  LawLanguage,
  LawSince,
  MatrixRow,
  NormBase,
  ReviewRecord,
  Ruling,
  Situation,
  Step,
} from '#law'
export type { Plan } from '#plan'
export {
  type ActedBy,
  type ActRequest,
  type ByAccount,
  type Done,
  type Effect,
  type Files,
  type Inputs,
  operator,
} from './act.ts'
export { lookAsRelative, type RelativeAsking, type RelativeLook } from './afterDeath/lookAsRelative.ts'
export { objectAsRelative, type RelativeObjection, type RelativeSaid } from './afterDeath/objectAsRelative.ts'
export { type RelativeRefusal, relativeFiles } from './afterDeath/refusal.ts'
export { type RelativePurpose, relativePurposes } from './afterDeath/relativeRequest.ts'
export type { ConsentOut } from './agreements/consentOut.ts'
export type { ControllerFacts, Office, ReceiptPages } from './agreements/controllerFacts.ts'
export type { Signing, SigningRefusal } from './agreements/makeAgreement.ts'
export {
  askSignature,
  type SignatureCheck,
  type SignatureFlaw,
  type SignatureRefusal,
} from './agreements/passkeySignature.ts'
export { type Agreements, showAgreements } from './agreements/showAgreements.ts'
export {
  type ConsentReceiptOut,
  type NoReceipt,
  showConsentReceipt,
} from './agreements/showConsentReceipt.ts'
export { type SignedCase, signConsent } from './agreements/sign.ts'
export { signByPasskey } from './agreements/signByPasskey.ts'
export { type Answer, answerAct } from './answer.ts'
export { askAttendance, type Confirming, confirmAttendance } from './attendances/confirmAttendance.ts'
export { type AttendanceCode, attendanceFile } from './attendances/refusal.ts'
export { type ShownAttendance, showAttendance } from './attendances/showAttendance.ts'
export { type Asked, listAttendances } from './attendances/waiting.ts'
export {
  callGenomes,
  type FindGenomes,
  type FindingKind,
  type FoundGenomes,
  findingKinds,
  type GenomeOptions,
  type GenomePorts,
  type GenomeReport,
} from './callGenomes.ts'
export {
  callGenomesInto,
  type IntoPorts,
  type IntoRequest,
  type IntoSummary,
  type OpenResultFolder,
  type ReadGenome,
  type ResultFolder,
} from './callGenomesInto.ts'
export type { Case, CaseReader, ClinicalFacts, FhirResource, FromFile, OpenedCase } from './caseFolder.ts'
export { isDeadAt } from './deathOf.ts'
export { decideOutsideConsents, type OutsideAnswer } from './decideOutsideConsents.ts'
export {
  addCode,
  disableAccount,
  type Invitation,
  inviteAccount,
  listAccounts,
  recordCare,
  recoverAccount,
} from './door/accounts.ts'
export {
  type AppToken,
  addApp,
  addService,
  endClient,
  identifyAccount,
  identifyApp,
  identifyService,
  serviceScope,
} from './door/clients.ts'
export type { IssuedCode } from './door/code.ts'
export {
  endOneSession,
  endOtherSessions,
  isFresh,
  listSessions,
  type NotFresh,
  type OwnSession,
} from './door/ownSessions.ts'
export {
  addPasskey,
  listPasskeys,
  type NewPasskey,
  type PasskeyCheck,
  removePasskey,
  signInByPasskey,
} from './door/passkeys.ts'
export type {
  Account as DoorAccount,
  ClientProgram,
  DoorEvent,
  DoorEventKind,
  DoorStore,
  DoorTransaction,
  OneTimeCode,
  Passkey,
  ProviderRecord,
  Session,
} from './door/ports.ts'
export { beginSession, endSession, identify, mostAtOnce } from './door/session.ts'
export { type SignInRefusal, signInByCode, signInByOutside } from './door/signIn.ts'
export type { DoorWorld, Strangers } from './door/world.ts'
export {
  type EmergencyReview,
  endEmergency,
  reviewEmergency,
} from './emergencies/closeEmergency.ts'
export type { EmergencyLook } from './emergencies/least.ts'
export { type Looked, lookInEmergency } from './emergencies/lookInEmergency.ts'
export { type EmergencyOpening, type EmergencyTerms, openEmergency } from './emergencies/openEmergency.ts'
export { type EmergencyRefusal, emergencyFiles } from './emergencies/refusal.ts'
export type { EntryId, EntryRecord } from './entry.ts'
export { type DonePromised, type Governed, govern, type RefusedAct } from './govern.ts'
export {
  confirmRule,
  endRule,
  type HouseWorld,
  listHouseRules,
  listStandingRules,
  proposeRule,
  type RefusedChange,
  type RuleProposal,
  type RuleRefusal,
  ruleInput,
  type Steward,
} from './houserules/change.ts'
export {
  type CasePorts,
  type OutFolder,
  outputFiles,
  type PlanDocuments,
  type PlanOutcome,
  type PlanPorts,
  type PlanRequest,
  planCase,
  planForPerson,
  unplannable,
} from './planForPerson.ts'
export type {
  ActRecord,
  ActScope,
  ActTransaction,
  AgreementSignature,
  AttendanceRecord,
  Disclosure,
  EmergencyRecord,
  EntryProof,
  Hold,
  RecallRecord,
  RelativesReviewRecord,
  Store,
  StoredAct,
  StoredEmergency,
  StoredRecall,
  StoredRelativesReview,
  WithdrawalRecord,
} from './ports.ts'
export { type Procedure, type ProcedureWorld, showProcedure } from './procedure/showProcedure.ts'
export { readResources } from './readResources.ts'
export { answerRecall, type RecallRefusal, recallAnswerFile } from './recalls/answerRecall.ts'
export type { Receipt } from './receipt.ts'
export { askRelativesReview, type RelativesAsking } from './relatives/askReview.ts'
export { decideRelativesReview, type RelativesDecision } from './relatives/decideReview.ts'
export { type RelativesRefusal, relativesFiles } from './relatives/refusal.ts'
export { type Relatives, showRelatives } from './relatives/showRelatives.ts'
export type { Telling } from './relatives/telling.ts'
export { type RulingsAnswer, ruleSituations } from './ruleSituations.ts'
export { type Account, showAccount } from './showAccount.ts'
export { type ActDetail, showAct } from './showAct.ts'
export type { Use } from './storedUse.ts'
export { type Explanation, explainSituations, type LintReport, lintLaw } from './studyLaw.ts'
export { type EvidenceFiles, type EvidenceReader, verifyPath } from './verifyPath.ts'
export { type WithdrawalRequest, withdrawConsent } from './withdrawConsent.ts'
export { withdrawFromCase } from './withdrawFromCase.ts'
export type { Chance, Clock, Lawbook, World } from './world.ts'
