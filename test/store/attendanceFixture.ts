import type { ActTransaction } from '#usecases'
import { instant } from '../consent/agreements.ts'

/** Somebody who stood by what was signed in this act, and confirmed it. */
export async function fillAttendances(transaction: ActTransaction, id: string, text: string): Promise<void> {
  await transaction.recordAttendance({
    ...{ id, at: instant('2026-11-20T08:00:00.000Z'), part: 'witness', agreement: id },
    ...{ account: 'sun-ke' as never, caseId: text },
  })
  await transaction.recordConfirmation(id, instant('2026-11-20T12:00:00.000Z'))
}
