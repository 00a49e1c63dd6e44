import type { TellingAsked } from '#consent'
import type { Permit, Reason } from '#decision'
import { type Day, dayOf } from '#kernel'
import { procedureOf, type Situation, type Step } from '#law'
import type { ActedBy, ActRequest } from '../act.ts'
import { answerAct } from '../answer.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import type { ActTransaction } from '../ports.ts'
import { asCare, nothingElse } from '../procedure/dutyLook.ts'
import type { ProcedureWorld } from '../procedure/showProcedure.ts'
import { underTheGate } from '../procedure/underTheGate.ts'

/** What telling relatives would take on a day, and why it may not be done now. Nobody is told anything by asking, or by this program at all. */
export type Telling = TellingAsked & {
  readonly at: Day
  readonly reasons: readonly Reason[]
  readonly steps: readonly Step[]
}

/** The hospital tells relatives of what was found in this person, under the law of that day. */
export const tellingSituation = (situation: Situation, at: Day): Situation => ({
  ...situation,
  ...nothingElse,
  id: 'tell-relatives',
  at,
  activity: 'inform-relative',
  purpose: 'family-interest',
  necessity: [],
  emergency: null,
  data: { categories: ['genetic', 'health', 'relatives'], identifiability: 'identified', persons: 1 },
  ...(situation.actor && { actor: { ...situation.actor, careTeam: true } }),
})

/** An emergency that a file tells of is no reason to look into what concerns others: a relation of care is asked for. */
export const withoutEmergency = (from: FromFile<Case>): FromFile<Case> => ({
  ...from,
  value: { ...from.value, situation: { ...from.value.situation, emergency: null } },
})

type Person = Pick<ActRequest, 'subject' | 'situation' | 'death'>

/** Asked and answered as for a clinician who looks after the person; a permit that comes of it is let go. */
export async function askTelling(
  world: ProcedureWorld,
  { act }: Permit,
  transaction: ActTransaction,
  { subject, situation, death }: Person,
  by: ActedBy,
): Promise<Telling> {
  const at = dayOf(act.instant)
  const request: ActRequest = {
    ...{
      kind: 'tell-relatives',
      subject,
      actor: '',
      by: asCare(by, world),
      under: 'house-rules',
      death,
      hold: 'shared',
    },
    ...{ situation: tellingSituation(situation, at), needs: ['genetic', 'relatives'], inputs: {} },
  }
  const answer = await answerAct(world, request, act.id, transaction)
  const reasons = answer.kind === 'denial' ? answer.denial.reasons : []
  const steps = procedureOf(answer.ruling, answer.situation, world.base)
  return {
    ...{ at, reasons, law: answer.ruling.outcome, allowed: reasons.length === 0 },
    steps: underTheGate(steps, reasons, await transaction.listAgreements()),
  }
}
