export { type Death, isAfterDeath, withDeath } from './afterDeath/afterDeath.ts'
export {
  accessOfRelatives,
  anyRelative,
  areNamed,
  checkRelativeWords,
  mostNamedRelatives,
  type NamedRelative,
  type RelativesAccess,
  relativeKey,
  relativesDisagree,
  type SaidOfRelatives,
  saidOfRelatives,
} from './afterDeath/relativesAccess.ts'
export {
  type Agreement,
  type AgreementEvent,
  AgreementShape,
  type AgreementState,
  type AttendancePart,
  type Attendant,
  type AwaitedSigner,
  agreementStates,
  attendanceParts,
  awaitedSigners,
  type Hindrance,
  hindrances,
  mostUnableWords,
  type Party,
  reconsentTriggers,
  type Signer,
  unableReasons,
} from './agreement/agreement.ts'
export {
  attended,
  awaitedParts,
  checkHindrance,
  confirmed,
  isAwaited,
  type Statement,
  statementOf,
} from './agreement/attendance.ts'
export { checkSigning, type SigningFacts, type SigningFlaw } from './agreement/checkSigning.ts'
export { compileAgreements } from './agreement/compile.ts'
export {
  deciderOf,
  isAdult,
  mattersOf,
  mustBeHeard,
  type PersonFacts,
  type SigningMatter,
} from './agreement/decider.ts'
export { awaitedOf, draftDays, draftUntil, isDraft, isTheirs, joined } from './agreement/draft.ts'
export { type Duo, duoOf } from './agreement/duo.ts'
export { type AgreementAnswer, evaluate } from './agreement/evaluate.ts'
export { givenConsents, type SignedConsent } from './agreement/givenConsents.ts'
export {
  flawOfInterpreter,
  type Interpreter,
  type InterpreterFlaw,
  interpreterKey,
} from './agreement/interpreter.ts'
export { type Outward, type OutwardRule, outwardOf, outwardStateOf, overlaps } from './agreement/outward.ts'
export type { AgreementRequest } from './agreement/reach.ts'
export { dueAt, isSignedByThem, restsOf } from './agreement/reasking.ts'
export type { Assertion, AttendedText, ConsentSignature, SignedText } from './agreement/signature.ts'
export { maySign, nearRelatives, type SignerFlaw, type SigningQuestion } from './agreement/signers.ts'
export type { Because, RecordedAgreement } from './agreement/standingClause.ts'
export { isInForce, stateOf } from './agreement/state.ts'
export { type DataUseMatch, matchDataUses } from './dataUse.ts'
export { decideOutside } from './decideOutside.ts'
export {
  checkEmergencyWords,
  type EmergencyEvent,
  type EmergencyFinding,
  type EmergencyFlaw,
  type EmergencyPart,
  type EmergencyReason,
  type EmergencyStanding,
  emergencyEnd,
  emergencyFindings,
  emergencyParts,
  emergencyReasons,
  emergencyStandingOf,
  mostEmergencyMinutes,
  type OpenedEmergency,
  reviewDayOf,
} from './emergency/emergency.ts'
export type * from './outside.ts'
export { checkPlainWords } from './plainWords.ts'
export { endedBySigning } from './recall/endedBySigning.ts'
export { type Reach, type RecallNotice, reachOfAgreement, recallsFor } from './recall/recall.ts'
export {
  checkRecallAnswer,
  isSameAnswer,
  type RecallAnswer,
  type RecallClaim,
  type RecallFlaw,
  type RecallState,
  recallStandingOf,
} from './recall/recallAnswer.ts'
export { type PersonalRefusal, type PersonalWishes, refusalOf } from './refusal.ts'
export {
  checkRelativesWords,
  type RelativesFinding,
  type RelativesFlaw,
  type RelativesReason,
  type RelativesVerdict,
  relativesReasons,
  relativesVerdicts,
  type TellingAsked,
} from './relatives/review.ts'
export {
  isAllowedOfRelatives,
  type KnowingKind,
  knowingKinds,
  purposeOfKnowing,
  type RelativesWishes,
  relativesWishesOf,
  type TellWish,
  tellWishOf,
  wishesNotToKnow,
} from './relatives/wishes.ts'
export { readShape } from './shape.ts'
export { type ActMoment, applyWithdrawals, type GivenConsent, type Withdrawal } from './standing.ts'
