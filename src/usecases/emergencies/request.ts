import type { EmergencyReason } from '#consent'
import { dayOf } from '#kernel'
import type { Situation } from '#law'
import type { Category } from '#vocabulary'
import type { ActRequest, ByAccount } from '../act.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { caseRequest } from '../caseRequest.ts'
import type { World } from '../world.ts'

/**
 * What is asked in an emergency, by the law of the day on which it is: to look at these categories, to save this life, nothing else. What is
 * on record of the person stays, their refusal too: only what the one who is there sees is added.
 */
export function emergencyRequest(
  { clock }: World,
  kind: string,
  from: FromFile<Case>,
  by: ByAccount,
  reason: EmergencyReason,
  needs: readonly Category[],
): ActRequest {
  const situation = emergencySituation(from.value.situation, reason, needs)
  const value = { ...from.value, situation: { ...situation, at: dayOf(clock.now()) } }
  return { ...caseRequest(kind, { ...from, value }, by, needs), actor: by.name, breaksGlass: true }
}

function emergencySituation(
  situation: Situation,
  reason: EmergencyReason,
  categories: readonly Category[],
): Situation {
  const { subject, data } = situation
  return {
    ...situation,
    id: 'emergency',
    activity: 'use',
    purpose: 'emergency',
    necessity: ['protect-life'],
    data: { ...data, categories: [...categories], identifiability: 'identified', persons: 1 },
    ...(reason === 'unconscious' ? { subject: { ...subject, conscious: false } } : {}),
    emergency: { lifeThreatening: true, consentObtainable: false, approver: 'treating-doctor' },
    ...{ intervention: null, recipient: null, cooperation: null, automated: null, request: null },
  }
}
