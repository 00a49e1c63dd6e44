import type { Policies } from '#access'
import type { Show } from '#cli'
import { formatVerifierKey } from '#evidence'
import type { Desk } from '#http'
import { err, ok } from '#kernel'
import {
  type EmergencyTerms,
  planCase,
  readResources,
  type Store,
  showAccount,
  showAct,
  showAgreements,
  showConsentReceipt,
  showProcedure,
  unplannable,
  withdrawFromCase,
} from '#usecases'
import { consentOut } from './adapters/fhir/consent/consentOut.ts'
import { consentReceipt } from './adapters/report/consentReceipt.ts'
import { accessAt } from './main.access.ts'
import { afterDeathDeskFor } from './main.afterDeath.ts'
import { attendanceDeskFor } from './main.attendances.ts'
import type { ServedCases } from './main.cases.ts'
import { emergencyDeskFor } from './main.emergencies.ts'
import { findCaseAmong } from './main.findCase.ts'
import { houseDeskFor } from './main.house.ts'
import type { KeptLawbook } from './main.lawbook.ts'
import type { readPlanPorts } from './main.parts.ts'
import { recallDeskFor } from './main.recalls.ts'
import { relativesDeskFor } from './main.relatives.ts'
import { signingDeskFor } from './main.signing.ts'

export type Ports = Extract<Awaited<ReturnType<typeof readPlanPorts>>, { ok: true }>['value']

export type DeskParts = {
  readonly ports: Ports
  readonly law: KeptLawbook
  readonly store: Store
  readonly cases: ServedCases
  readonly policies: Policies
  readonly signIn: Desk['signIn']
  readonly recallDays: number
  readonly emergencyTerms: EmergencyTerms
}

/** The file without its folder: who asks need not know where this machine keeps it. */
export const describeLaw = ({ current, refused }: KeptLawbook) => ({
  sha256: current.sha256,
  refused: refused ? { code: refused.code, where: refused.where.replace(/^.*[/\\]/, '') } : null,
})

/** Where the person goes on from a receipt; a case is in the address, never a person. */
const pagesOf = (origin: string, caseId: string) => ({
  noticeUrl: `${origin}/notice`,
  withdrawalUrl: `${origin}/cases/${caseId}/withdraw`,
  rightsUrl: `${origin}/cases/${caseId}/me`,
})

/** Everything that the server can be asked for, each wired to its use case. */
export function deskOf(parts: DeskParts): Desk {
  const { ports, law, store, cases, policies, signIn, recallDays, emergencyTerms } = parts
  // One base for the whole of an act: its ruling and the hash in its evidence.
  const world = () => ({ ...ports, consentOut, lawbook: law.current, store, house: cases.organisation })
  const procedureWorld = () => ({ ...world(), base: law.current.base })
  const quietly: Show = () => {}
  const finding = findCaseAmong({ policies, store, clock: ports.clock, cases })
  return {
    demo: cases.demo,
    access: accessAt(ports.clock),
    signIn,
    house: houseDeskFor({ ...ports, law, policies, store, organisation: cases.organisation }),
    recalls: recallDeskFor({ policies, clock: ports.clock, world, days: recallDays }),
    attendances: attendanceDeskFor({ world, origin: signIn.origin, cases }),
    relatives: relativesDeskFor({ policies, clock: ports.clock, world: procedureWorld }),
    emergencies: emergencyDeskFor({ policies, clock: ports.clock, world, terms: emergencyTerms }),
    afterDeath: afterDeathDeskFor({ clock: ports.clock, world, listCases: cases.list, ...finding }),
    listCases: cases.list,
    ...finding,
    plan: async (from, by) => {
      const fault = unplannable(from)
      return fault ? err(fault) : ok(await planCase(world(), from, by, quietly))
    },
    showProcedure: (from, by) => showProcedure(procedureWorld(), from, by),
    withdraw: (from, by, purposes) => withdrawFromCase(world(), from, by, purposes),
    showAgreements: (from, by) => showAgreements(world(), from, by),
    ...signingDeskFor({ world, origin: signIn.origin }),
    showConsentReceipt: (from, by, caseId, agreement) =>
      showConsentReceipt({ ...world(), consentReceipt }, from, by, {
        ...{ agreement, pages: pagesOf(signIn.origin, caseId) },
      }),
    showAccount: (from, by) => showAccount(world(), from, by),
    showAct: (from, by, act) => showAct(world(), from, by, act),
    readResources: (from, by, type) => readResources(world(), from, by, type),
    cite: (ruling) => law.current.cite(ruling),
    citeNorms: (norms) => law.current.citeNorms(norms),
    law: () => describeLaw(law),
    checkReady: store.checkReady,
    readCheckpoint: store.readCheckpoint,
    logKey: formatVerifierKey(store.logKey),
  }
}
