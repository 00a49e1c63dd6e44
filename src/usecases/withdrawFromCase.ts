import type { Purpose } from '#vocabulary'
import type { Case } from './caseFolder.ts'
import type { Governed } from './govern.ts'
import { ownSituation } from './ownLook.ts'
import { withdrawConsent } from './withdrawConsent.ts'
import type { World } from './world.ts'

/** The person of a case ends what they allowed, for these purposes or (null) for all. */
export const withdrawFromCase = (
  world: World,
  from: Case,
  purposes: readonly Purpose[] | null,
): Promise<Governed<undefined>> =>
  withdrawConsent(world, {
    subject: from.subject.id,
    actor: from.subject.name,
    situation: ownSituation(world, from, 'withdraw'),
    purposes,
  })
