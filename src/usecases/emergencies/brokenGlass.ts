import type { Instant } from '#kernel'
import type { Situation } from '#law'
import type { ActRequest, Inputs } from '../act.ts'
import { isEmergency } from '../emergency.ts'
import type { ActTransaction } from '../ports.ts'
import { endedAt, inputOf } from './refusal.ts'

/**
 * Whoever is there in an emergency helps: a clinician who opens the record for a reason of their own, or has opened it and whose time is
 * not over; with what the evidence says of that. What a case file says of itself opens nothing (decisions 0033, 0039). Undefined: it
 * does not count as help.
 */
export async function helpInEmergency(
  { by, breaksGlass }: Pick<ActRequest, 'by' | 'breaksGlass'>,
  situation: Situation,
  transaction: Pick<ActTransaction, 'listEmergencies'>,
  at: Instant,
): Promise<Inputs | undefined> {
  if (by.kind !== 'account' || by.role !== 'clinician' || !isEmergency(situation)) return undefined
  if (breaksGlass === true) return {}
  if (by.relation === 'care' || by.through !== null) return undefined
  const opened = await transaction.listEmergencies()
  const open = opened.find((one) => one.account === by.account && endedAt(one, at) === null)
  return open && inputOf(open)
}
