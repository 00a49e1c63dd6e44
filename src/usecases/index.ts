export type { Denial, Permit, Reason } from '#decision'
export type { VerificationReport } from '#evidence'
export type { Ruling } from '#law'
export type { Plan } from '#plan'
export type { ActRequest, Done, Effect, Files, Inputs } from './act.ts'
export { callGenomes, type GenomeOptions, type GenomePorts, type GenomeReport } from './callGenomes.ts'
export type { Case, CaseReader, ClinicalFacts, FromFile } from './caseFolder.ts'
export { type Governed, govern } from './govern.ts'
export {
  type OutFolder,
  outputFiles,
  type PlanDocuments,
  type PlanOutcome,
  type PlanPorts,
  type PlanRequest,
  planForPerson,
} from './planForPerson.ts'
export type {
  ActRecord,
  ActScope,
  ActTransaction,
  EntryId,
  EntryProof,
  EntryRecord,
  Store,
  WithdrawalRecord,
} from './ports.ts'
export type { Receipt } from './receipt.ts'
export { type RulingsAnswer, ruleSituations } from './ruleSituations.ts'
export { type EvidenceFiles, type EvidenceReader, verifyPath } from './verifyPath.ts'
export { type WithdrawalRequest, withdrawConsent } from './withdrawConsent.ts'
export type { Chance, Clock, Lawbook, World } from './world.ts'
