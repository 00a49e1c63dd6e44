import type { Reason } from '#decision'
import { addDays, type Day, dayOf, laterOf } from '#kernel'
import { changesSince, type LawSince, type NormBase, procedureOf, type Situation, type Step } from '#law'
import type { ActedBy, ActRequest } from '../act.ts'
import { formsAmong, type StandingForm } from '../agreements/form.ts'
import { answerAct } from '../answer.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { caseRequest } from '../caseRequest.ts'
import { type Governed, govern } from '../govern.ts'
import { ownRequest, withoutRefusal } from '../ownLook.ts'
import { planRequest } from '../planForPerson.ts'
import type { World } from '../world.ts'
import { underTheGate } from './underTheGate.ts'

/** The order of work for the act that a case asks for, as far as it has come. */
export type Procedure = {
  readonly steps: readonly Step[]
  /** What the gate would say to the act at this moment; empty: it would let it be done. */
  readonly reasons: readonly Reason[]
  /** Against the law of the day before the act. */
  readonly dayBefore: LawSince
  /** Against the law of the day of the last agreement that stands; null: there is none. */
  readonly lastAgreement: LawSince | null
  /** Forms of the hospital that the act could be agreed to with. */
  readonly forms: readonly StandingForm[]
}

/** `base`: the one of the lawbook. */
export type ProcedureWorld = World & { readonly base: NormBase }

/**
 * What has to be done before, with and after an act. The look is an act of its own, so that it comes out where the act itself would be
 * refused: then it is needed most.
 */
export function showProcedure(
  world: ProcedureWorld,
  from: FromFile<Case>,
  by: ActedBy,
): Promise<Governed<Procedure>> {
  const request =
    by.kind === 'account' && by.role === 'clinician' ? dutyRequest(world, from, by) : ownLook(world, from, by)
  return govern(world, request, async ({ act }, transaction) => {
    // Asked and answered, but nothing is done with the answer: a permit that comes of it is let go.
    const answer = await answerAct(world, planRequest(from, asCare(by, world)), act.id, transaction)
    const { ruling, situation } = answer
    const rules = world.house === null ? [] : await transaction.listHouseRules(world.house)
    const since = (day: Day) => changesSince(day, ruling, situation, world.base)
    const agreed = lastAgreement(situation)
    const reasons = answer.kind === 'denial' ? answer.denial.reasons : []
    const steps = procedureOf(ruling, situation, world.base)
    const value: Procedure = {
      steps: underTheGate(steps, reasons, await transaction.listAgreements()),
      reasons,
      dayBefore: since(addDays(situation.at, -1)),
      lastAgreement: agreed === undefined ? null : since(agreed),
      forms: formsAmong(rules, situation).filter((one) => isFor(one, situation)),
    }
    return { value, outputs: new Map(), inputs: {} }
  })
}

/** Whoever reads it, the answer is the one that a clinician gets who looks after the person. */
const asCare = (by: ActedBy, { house }: World): ActedBy =>
  by.kind === 'account' && by.role !== 'clinician'
    ? { ...by, role: 'clinician', relation: 'care', organisation: house, actingFor: null }
    : by

function ownLook(world: World, { value }: FromFile<Case>, by: ActedBy): ActRequest {
  const request = ownRequest(world, value, by, 'procedure')
  const subject = withoutRefusal(value.situation.subject ?? {})
  return { ...request, needs: [], situation: { ...request.situation, subject } }
}

/**
 * To know what the law bids it do, a hospital needs who it is and what was agreed, and no more. It may because it must (PIPL 13(1)(3),
 * GDPR 6(1)(c)); a no to the act is no reason not to see that no.
 */
function dutyRequest({ clock }: World, from: FromFile<Case>, by: ActedBy): ActRequest {
  const request = caseRequest('procedure', from, by, ['identity'])
  return {
    ...request,
    under: 'duty',
    situation: {
      ...request.situation,
      ...nothingElse,
      id: 'procedure',
      at: dayOf(clock.now()),
      activity: 'use',
      purpose: 'quality',
      necessity: ['statutory-duty'],
      data: { categories: ['identity'], identifiability: 'identified', persons: 1 },
      subject: withoutRefusal(request.situation.subject ?? {}),
    },
  }
}

/** The look gives to nobody, intervenes in nothing and answers no request; an emergency stays one, in which whoever is there may look. */
const nothingElse = {
  recipient: null,
  cooperation: null,
  intervention: null,
  automated: null,
  request: null,
  incident: null,
  committee: null,
  dispute: null,
} as const

/** The newest day on which a consent that stands was given. */
function lastAgreement({ consents, at }: Situation): Day | undefined {
  const days = (consents ?? []).flatMap(({ on, withdrawnOn }) =>
    on !== undefined && on <= at && withdrawnOn === null ? [on] : [],
  )
  return days.length === 0 ? undefined : days.reduce(laterOf)
}

const isFor = ({ form }: StandingForm, { activity, purpose }: Situation): boolean =>
  form.items.some(({ activities, purposes }) => activities.includes(activity) && purposes.includes(purpose))
