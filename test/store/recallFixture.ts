import type { ActTransaction } from '#usecases'
import { day, instant } from '../consent/agreements.ts'

/** A notice of recall with each kind of answer, one after the other. */
export async function fillRecalls(
  transaction: ActTransaction,
  id: string,
  text: string,
  recipient = 'river-lab',
): Promise<void> {
  const at = instant('2026-11-20T08:00:00.000Z')
  const situation = { id: 'withdraw' } as never
  const notice = { recipient, purposes: null, categories: ['genetic'], acts: [id, text] } as const
  await transaction.recordRecall({ ...notice, id, at, situation })
  const answers = [
    { kind: 'not-recallable', because: text },
    { kind: 'locked', until: day('2027-01-31'), basis: text },
    { kind: 'deleted' },
  ] as const
  for (const [i, answer] of answers.entries()) await transaction.recordRecallAnswer(id, i + 1, { at, answer })
}
