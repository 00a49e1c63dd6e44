import type { ActTransaction } from '#usecases'
import { day, instant } from '../consent/agreements.ts'

/** Something that was opened in an emergency; the table takes no two events of one act. */
export async function fillEmergencies(transaction: ActTransaction, id: string, text: string): Promise<void> {
  const at = instant('2026-11-20T08:00:00.000Z')
  const situation = { id: 'emergency' } as never
  const who = {
    account: 'he-jun' as never,
    name: text,
    organisation: 'hillside' as never,
    caseId: 'permitted',
  }
  const said = { reason: 'no-time', words: text || 'x', situation } as const
  const until = instant('2026-11-20T12:00:00.000Z')
  await transaction.recordEmergency({ id, at, until, reviewBy: day('2026-11-27'), ...who, ...said })
  await transaction.recordEmergencyEvent(id, {
    ...{ kind: 'finding', at: until, account: 'lin-na', name: text, finding: 'not-justified' },
    words: text || 'x',
  })
}
