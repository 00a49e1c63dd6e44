import type { KeyRefusal } from '../agreements/passkeySignature.ts'
import { unwind } from '../unwind.ts'

/** What is given out with the receipt of a confirmation: to whoever stood by, this alone. */
export const attendanceFile = 'signature.json'

export type AttendanceCode =
  /** Nothing of this number was asked of them. */
  | 'attendance.unknown'
  /** It waits no more: confirmed, ended, or changed. Which, and why, is the person's own. */
  | 'attendance.gone'
  /** A program stands by nobody. */
  | 'attendance.by-person'
  /** Since it was asked they have come to be of a place with an interest in it. */
  | 'attendance.not-impartial'
  | KeyRefusal

export const refuse: (code: AttendanceCode) => never = unwind
