import type { Operation } from './operation.ts'
import type { Relation } from './relation.ts'
import type { Role } from './role.ts'

export type Cell = `${Role} ${Relation}`

/** Who may call an operation: everybody; whoever has signed in; a role; a role that stands so to what it is about. */
export type Rule =
  | { readonly kind: 'open' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'role'; readonly roles: readonly Role[] }
  | { readonly kind: 'cells'; readonly cells: readonly Cell[] }
  /** Through an application only, within what it was let do. */
  | { readonly kind: 'app'; readonly cells: readonly Cell[] }

const open: Rule = { kind: 'open' }
const signedIn: Rule = { kind: 'signed-in' }
const forOneself: readonly Cell[] = ['person self', 'representative represents']
const forPatients: readonly Cell[] = ['clinician care', 'clinician organisation']
const forOrder: readonly Cell[] = ['steward organisation', 'auditor organisation']
/** Whoever opened something is none of them, whatever their roles: the use case asks who it was. */
const forReview: readonly Cell[] = ['reviewer organisation', 'chair organisation', 'steward organisation']
/** Who keeps the rules of a hospital does not judge of a person’s relatives. */
const forJudging: readonly Cell[] = ['reviewer organisation', 'chair organisation']
/** Whoever shows kinship to somebody; that they have died the gate asks for. */
const forKin: readonly Cell[] = ['representative relative']
const cells = (...of: readonly Cell[]): Rule => ({ kind: 'cells', cells: of })

/**
 * The table of access: what is not in it may nobody. The policies say the same once more, and a test asks them for every
 * cell. A clinician without care may ask for a plan, and is refused by the gate with the reason.
 */
export const table: Readonly<Record<Operation, Rule>> = {
  isAlive: open,
  isReady: open,
  readMetrics: open,
  readCheckpoint: open,
  readLogKey: open,
  readDescription: open,
  readSession: open,
  startSignIn: open,
  finishSignIn: open,
  readSignIn: open,
  signInByCode: open,
  askSignInPasskey: open,
  signInByPasskey: open,
  answerConsent: open,
  readNotice: open,
  readCapability: open,
  readSmartConfiguration: open,
  endSession: signedIn,
  endOtherSessions: signedIn,
  listSessions: signedIn,
  endOneSession: signedIn,
  chooseLanguage: signedIn,
  listPasskeys: signedIn,
  askNewPasskey: signedIn,
  addPasskey: signedIn,
  removePasskey: signedIn,
  listAttendances: signedIn,
  showAttendance: signedIn,
  askAttendanceSignature: signedIn,
  confirmAttendance: signedIn,
  listCases: { kind: 'role', roles: ['person', 'representative', 'clinician', 'steward', 'auditor'] },
  readCase: cells(...forOneself, ...forPatients, ...forOrder),
  makePlan: cells(...forOneself, ...forPatients),
  showProcedure: cells(...forOneself, ...forPatients),
  withdrawConsent: cells(...forOneself),
  showAccount: cells(...forOneself),
  showAct: cells(...forOneself),
  listAgreements: cells(...forOneself),
  askSignature: cells(...forOneself),
  signConsent: cells(...forOneself),
  showConsentReceipt: cells(...forOneself),
  listHouseRules: cells(...forOrder),
  proposeHouseRule: cells('steward organisation'),
  confirmHouseRule: cells('steward organisation'),
  endHouseRule: cells('steward organisation'),
  listRecalls: cells('steward organisation'),
  answerRecall: cells('steward organisation'),
  openEmergency: cells(...forPatients),
  lookInEmergency: cells(...forPatients),
  endEmergency: cells(...forPatients),
  listOpenEmergencies: cells(...forPatients),
  listEmergencyReviews: cells(...forReview),
  reviewEmergency: cells(...forReview),
  showRelatives: cells(...forOneself, ...forPatients),
  askRelativesReview: cells(...forPatients),
  listRelativesReviews: cells(...forJudging),
  decideRelativesReview: cells(...forJudging),
  listDeceased: cells(...forKin),
  lookAsRelative: cells(...forKin),
  objectAsRelative: cells(...forKin),
  readPatient: { kind: 'app', cells: [...forOneself, ...forPatients] },
  searchRecord: { kind: 'app', cells: [...forOneself, ...forPatients] },
}

export const isOpen = (operation: Operation): boolean => table[operation].kind === 'open'

/** Could somebody in this role ever call it, whomever it is about? */
export function admitsRole(operation: Operation, role: Role): boolean {
  const rule = table[operation]
  switch (rule.kind) {
    case 'open':
    case 'signed-in':
      return true
    case 'role':
      return rule.roles.includes(role)
    case 'cells':
    case 'app':
      return rule.cells.some((cell) => cell.startsWith(`${role} `))
  }
}
