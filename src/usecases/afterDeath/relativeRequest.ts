import { dayOf } from '#kernel'
import type { Situation } from '#law'
import type { Category, Purpose } from '#vocabulary'
import type { ActRequest, ByAccount } from '../act.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { caseRequest } from '../caseRequest.ts'
import { nothingElse } from '../procedure/dutyLook.ts'
import type { World } from '../world.ts'
import { relativeAsking } from './underDeath.ts'

/**
 * Why a relative wants to look (CSP L1110-4, V; PIPL 49 asks for an own lawful and legitimate interest): what the person died of, their
 * memory, or rights of the relative's own. Curiosity is none.
 */
export const relativePurposes = ['cause-of-death', 'memory', 'rights'] as const
export type RelativePurpose = (typeof relativePurposes)[number]

const toLaw: Readonly<Record<RelativePurpose, Purpose>> = {
  'cause-of-death': 'family-interest',
  memory: 'family-interest',
  rights: 'litigation',
}

/** A relative asks for what is on record of somebody's health, never for genes: those speak of others, by a rule of their own (decision 0036). */
const categories: readonly Category[] = ['health']

/** Under the law of the day on which it is asked. */
export function relativeRequest(
  { clock }: Pick<World, 'clock'>,
  from: FromFile<Case>,
  by: ByAccount,
  kind: string,
  purpose: RelativePurpose,
): ActRequest {
  const request = caseRequest(kind, from, by, categories)
  const situation = relativeSituation(request.situation, by, purpose, dayOf(clock.now()))
  return { ...request, actor: by.name, under: 'near-relative', situation }
}

const relativeSituation = (
  situation: Situation,
  by: ByAccount,
  purpose: RelativePurpose,
  at: Situation['at'],
): Situation => ({
  ...situation,
  ...nothingElse,
  id: 'relative-look',
  at,
  activity: 'access-deceased',
  purpose: toLaw[purpose],
  necessity: [],
  emergency: null,
  consents: [],
  approvals: [],
  data: { categories: [...categories], identifiability: 'identified', persons: 1 },
  request: {
    right: 'deceased-access',
    by: relativeAsking(by)?.relation ?? 'none',
    receivedOn: at,
    refused: false,
  },
})
