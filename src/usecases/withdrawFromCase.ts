import type { Purpose } from '#vocabulary'
import type { ActedBy } from './act.ts'
import type { Case } from './caseFolder.ts'
import { deathOf } from './deathOf.ts'
import type { Governed } from './govern.ts'
import { nameOf, ownSituation } from './ownLook.ts'
import type { RecallRecord } from './ports.ts'
import { withdrawConsent } from './withdrawConsent.ts'
import type { World } from './world.ts'

/** The person of a case ends what they allowed, for these purposes or (null) for all. */
export const withdrawFromCase = (
  world: World,
  from: Case,
  by: ActedBy,
  purposes: readonly Purpose[] | null,
): Promise<Governed<readonly RecallRecord[]>> =>
  withdrawConsent(world, {
    subject: from.subject.id,
    actor: nameOf(from, by),
    by,
    situation: ownSituation(world, from, 'withdraw'),
    death: deathOf(from),
    purposes,
  })
