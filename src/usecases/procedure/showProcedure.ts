import type { Agreement } from '#consent'
import type { Reason } from '#decision'
import { addDays, type Day, laterOf } from '#kernel'
import { changesSince, type LawSince, type NormBase, procedureOf, type Situation, type Step } from '#law'
import type { ActedBy, ActRequest } from '../act.ts'
import { agreementsOf } from '../agreements/agreementsOf.ts'
import { formsAmong, type StandingForm } from '../agreements/form.ts'
import { openDrafts } from '../agreements/openDrafts.ts'
import { answerAct } from '../answer.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ownRequest, withoutRefusal } from '../ownLook.ts'
import { planRequest } from '../planForPerson.ts'
import type { World } from '../world.ts'
import { asCare, dutyRequest } from './dutyLook.ts'
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
  /** What was signed of them, and waits for others. */
  readonly waiting: readonly Agreement[]
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
    by.kind === 'account' && by.role === 'clinician'
      ? dutyRequest(world, from, by, 'procedure')
      : ownLook(world, from, by)
  return govern(world, request, async ({ act }, transaction) => {
    // Asked and answered, but nothing is done with the answer: a permit that comes of it is let go.
    const answer = await answerAct(world, planRequest(from, asCare(by, world)), act.id, transaction)
    const { ruling, situation } = answer
    const rules = world.house === null ? [] : await transaction.listHouseRules(world.house)
    const since = (day: Day) => changesSince(day, ruling, situation, world.base)
    const agreed = lastAgreement(situation)
    const reasons = answer.kind === 'denial' ? answer.denial.reasons : []
    const steps = procedureOf(ruling, situation, world.base)
    const forms = formsAmong(rules, situation).filter((one) => isFor(one, situation))
    const recorded = await agreementsOf(transaction, from.value)
    const open = await openDrafts(world, recorded, forms, act.instant)
    const value: Procedure = {
      steps: underTheGate(steps, reasons, await transaction.listAgreements()),
      reasons,
      dayBefore: since(addDays(situation.at, -1)),
      lastAgreement: agreed === undefined ? null : since(agreed),
      forms,
      waiting: open.map(({ agreement }) => agreement),
    }
    return { value, outputs: new Map(), inputs: {} }
  })
}

function ownLook(world: World, { value }: FromFile<Case>, by: ActedBy): ActRequest {
  const request = ownRequest(world, value, by, 'procedure')
  const subject = withoutRefusal(value.situation.subject ?? {})
  return { ...request, needs: [], situation: { ...request.situation, subject } }
}

/** The newest day on which a consent that stands was given. */
function lastAgreement({ consents, at }: Situation): Day | undefined {
  const days = (consents ?? []).flatMap(({ on, withdrawnOn }) =>
    on !== undefined && on <= at && withdrawnOn === null ? [on] : [],
  )
  return days.length === 0 ? undefined : days.reduce(laterOf)
}

const isFor = ({ form }: StandingForm, { activity, purpose }: Situation): boolean =>
  form.items.some(({ activities, purposes }) => activities.includes(activity) && purposes.includes(purpose))
