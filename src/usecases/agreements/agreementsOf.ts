import { type Death, type RecordedAgreement, withDeath } from '#consent'
import type { Situation } from '#law'
import type { Case } from '../caseFolder.ts'
import { deathOf } from '../deathOf.ts'
import type { ActTransaction, SignedAgreement, WithdrawalRecord } from '../ports.ts'
import { withEvents } from './events.ts'
import { withRests } from './rests.ts'

/** Everything that was signed, with all that has become of it; oldest first. */
export const agreementsFrom = (
  signed: readonly SignedAgreement[],
  withdrawals: readonly Pick<WithdrawalRecord, 'at' | 'purposes'>[],
  situation: Situation,
  death: Death | null,
): readonly RecordedAgreement[] => withDeath(withRests(withEvents(signed, withdrawals), situation), death)

/** The same, as this act reads it. */
export async function agreementsOf(
  transaction: ActTransaction,
  from: Case,
): Promise<readonly RecordedAgreement[]> {
  const withdrawals = await transaction.listWithdrawals('shared')
  return agreementsFrom(await transaction.listAgreements(), withdrawals, from.situation, deathOf(from))
}
