import type { ActTransaction } from '#usecases'
import { instant } from '../consent/agreements.ts'

/** A review about somebody's relatives that was asked for and decided. */
export async function fillRelatives(transaction: ActTransaction, id: string, text: string): Promise<void> {
  const who = { name: text, organisation: 'hillside' as never, caseId: 'permitted' }
  const said = { reason: 'prevention', words: text || 'x', law: 'deny' } as const
  await transaction.recordRelativesReview({
    ...{ id, at: instant('2026-11-20T08:00:00.000Z'), account: 'wang-lan' as never, ...who, ...said },
    situation: { id: 'tell-relatives' } as never,
  })
  await transaction.recordRelativesFinding(id, {
    ...{ at: instant('2026-11-20T12:00:00.000Z'), account: 'lin-na', name: text, verdict: 'matters' },
    ...{ words: text || 'x', law: 'permit-with-duties', allowed: false },
  })
}
