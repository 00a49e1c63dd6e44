import { type EmergencyFlaw, emergencyStandingOf } from '#consent'
import { canonicalBytes, expectOk, type Instant, type Json, sha256Hex } from '#kernel'
import type { ByAccount, Inputs } from '../act.ts'
import type { ActTransaction, EmergencyRecord, StoredEmergency } from '../ports.ts'
import { unwind } from '../unwind.ts'

export type EmergencyRefusal =
  | EmergencyFlaw
  /** A program opens, ends and reviews nothing, and nobody does who runs it beside the data. */
  | 'emergency.by-person'
  /** There is none of this number that they may ask about. */
  | 'emergency.unknown'
  /** The same person has opened it already, and it is not over. */
  | 'emergency.open-already'
  | 'emergency.over'
  /** More may be looked at yet. */
  | 'emergency.still-open'
  /** Whoever opened it does not review it. */
  | 'emergency.own'
  | 'emergency.closed'

/** Beside the evidence of opening, looking and reviewing. */
export const emergencyFiles = ['emergency.json', 'emergency-look.json', 'emergency-finding.json'] as const

export const refuse: (code: EmergencyRefusal) => never = unwind

export const emergencyInput = 'emergencies/'

/** Every act under an emergency says so in its evidence, with the digest of how it was opened. */
export function inputOf({ id, situation: _, ...opened }: EmergencyRecord): Inputs {
  const { at, until, reviewBy, caseId, account, name, organisation, reason, words } = opened
  const said = { id, at, until, reviewBy, caseId, account, name, organisation, reason, words }
  return { [`${emergencyInput}${id}`]: sha256Hex(expectOk(canonicalBytes(said as Json))) }
}

/** As this act sees it; what is not this account's is as if it were not there. */
export async function ownEmergency(
  transaction: ActTransaction,
  id: string,
  by: ByAccount,
): Promise<StoredEmergency> {
  const found = (await transaction.listEmergencies()).find((one) => one.id === id)
  return found?.account === by.account ? found : refuse('emergency.unknown')
}

export const endedAt = (emergency: StoredEmergency, now: Instant): Instant | null =>
  emergencyStandingOf(emergency, emergency.events, now).endedAt
