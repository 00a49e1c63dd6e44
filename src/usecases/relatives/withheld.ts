import type { RecordedAgreement } from '#consent'
import type { Permit } from '#decision'
import { isRecord } from '#kernel'
import type { Purpose } from '#vocabulary'
import type { Case } from '../caseFolder.ts'
import type { StoredAct } from '../ports.ts'
import { isLeftUntold } from './underWishes.ts'

/**
 * Whether the person does not want to know what an act of before found in their genes. Their receipt of it stays theirs: it proves that
 * something was done and says nothing of what was found.
 */
export function isWithheld(
  { plan, situation }: StoredAct,
  { situation: own }: Case,
  recorded: readonly RecordedAgreement[],
  { act }: Permit,
): boolean {
  if (plan === null) return false
  const purpose = isRecord(situation) ? (situation['purpose'] as Purpose) : own.purpose
  return isLeftUntold({ subject: own.subject, purpose }, recorded, act.instant)
}
