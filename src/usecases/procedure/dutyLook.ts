import { type Day, dayOf } from '#kernel'
import type { Situation } from '#law'
import type { ActedBy, ActRequest } from '../act.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { caseRequest } from '../caseRequest.ts'
import { withoutRefusal } from '../ownLook.ts'
import type { World } from '../world.ts'

/** Whoever reads it, the answer is the one that a clinician gets who looks after the person. */
export const asCare = (by: ActedBy, { house }: Pick<World, 'house'>): ActedBy =>
  by.kind === 'account' && by.role !== 'clinician'
    ? { ...by, role: 'clinician', relation: 'care', organisation: house, actingFor: null }
    : by

/**
 * To know what the law bids it do, a hospital needs who it is and what was agreed, and no more. It may because it must (PIPL 13(1)(3),
 * GDPR 6(1)(c)); a no to the act is no reason not to see that no.
 */
export function dutyRequest(
  { clock }: Pick<World, 'clock'>,
  from: FromFile<Case>,
  by: ActedBy,
  kind: string,
): ActRequest {
  const request = caseRequest(kind, from, by, ['identity'])
  return { ...request, under: 'duty', situation: dutySituation(request.situation, kind, dayOf(clock.now())) }
}

export const dutySituation = (situation: Situation, id: string, at: Day): Situation => ({
  ...situation,
  ...nothingElse,
  id,
  at,
  activity: 'use',
  purpose: 'quality',
  necessity: ['statutory-duty'],
  data: { categories: ['identity'], identifiability: 'identified', persons: 1 },
  subject: withoutRefusal(situation.subject ?? {}),
})

/** The look gives to nobody, intervenes in nothing and answers no request; an emergency stays one, in which whoever is there may look. */
export const nothingElse = {
  recipient: null,
  cooperation: null,
  intervention: null,
  automated: null,
  request: null,
  incident: null,
  committee: null,
  dispute: null,
} as const
