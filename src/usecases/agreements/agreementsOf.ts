import type { RecordedAgreement } from '#consent'
import type { Case } from '../caseFolder.ts'
import type { ActTransaction } from '../ports.ts'
import { withEvents } from './events.ts'
import { withRests } from './rests.ts'

/** Everything that was signed for the person, with all that has become of it; oldest first. */
export async function agreementsOf(
  transaction: ActTransaction,
  { situation }: Case,
): Promise<readonly RecordedAgreement[]> {
  const withdrawals = await transaction.listWithdrawals('shared')
  return withRests(withEvents(await transaction.listAgreements(), withdrawals), situation)
}
