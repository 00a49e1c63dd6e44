import { type Care, type Holding, runs } from '#access'
import type { AttendancePart } from '#consent'
import type { Instant, SubjectId } from '#kernel'

/** Somebody who is to stand by a signature, with all that ties them to whom it is about, or to what is signed. */
export type Tied = {
  readonly holdings: readonly Holding[]
  /** Relations of care with the person; of this account. */
  readonly care: readonly Care[]
}
export type Matter = {
  readonly subject: SubjectId
  /** Whose form it is, and who would be given something by it. */
  readonly interested: readonly string[]
  readonly at: Instant
}

/**
 * Whether somebody could stand by it. Never whom it is about, nor who ever held papers for them. A witness is of no place that has an
 * interest in it (ICH E6(R2) 1.26): who explained it is known to nobody here, so whoever works there counts as one who could have. Of an
 * interpreter only those are refused who treat the person, or do research there.
 */
export const isImpartial = (part: AttendancePart, tied: Tied, matter: Matter): boolean =>
  !tied.care.some((care) => care.subject === matter.subject && runs(care, matter.at)) &&
  tied.holdings.every((one) => !isTie(part, one, matter))

function isTie(part: AttendancePart, holding: Holding, { subject, interested, at }: Matter): boolean {
  if ('subject' in holding) return holding.subject === subject
  if (!runs(holding, at) || !interested.includes(holding.organisation)) return false
  return part === 'witness' || holding.role === 'researcher'
}
