import { type Death, isAfterDeath } from '#consent'
import type { Instant } from '#kernel'
import type { Case } from './caseFolder.ts'

/** What a case has on record of a death. That somebody died may be known, and not when. */
export function deathOf({ subject, situation }: Pick<Case, 'subject' | 'situation'>): Death | null {
  if (subject.diedAt !== undefined) return { at: subject.diedAt }
  return situation.subject?.deceased === true ? { at: null } : null
}

export const isDeadAt = (from: Pick<Case, 'subject' | 'situation'>, at: Instant): boolean =>
  from.situation.subject?.deceased === true || isAfterDeath(deathOf(from), at)
