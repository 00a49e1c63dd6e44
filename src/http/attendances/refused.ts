import type { AttendanceCode } from '#usecases'
import { isOfSignature, problemOfSignature } from '../agreements/signature.ts'
import { nothingRecorded, type Problem, problem, type Said } from '../problem.ts'

type Own = Extract<AttendanceCode, `attendance.${string}`>

const said: Readonly<Record<Own, Said>> = {
  'attendance.unknown': [404, 'Not found', 'There is nothing of this number for you to confirm.'],
  'attendance.gone': [409, 'It waits no more', 'It was confirmed, has ended, or was changed meanwhile.'],
  'attendance.by-person': [403, 'Not by a program', 'Only a person who has signed in stands by a signature.'],
  'attendance.not-impartial': [
    403,
    'Not you any more',
    'Whoever looks after the person, or works where the form is from, is no witness of it.',
  ],
}

const isOwn = (code: AttendanceCode): code is Own => code.startsWith('attendance.')

export function problemOfAttendance(code: AttendanceCode): Problem {
  if (isOwn(code)) return nothingRecorded(code, said[code])
  if (!isOfSignature(code)) throw new Error(`no words for ${code}`)
  return problemOfSignature(code)
}

/** Why the law stands against it is on record for the person, and nothing for whoever stood by to know. */
export const attendanceDenied = (): Problem =>
  problem(403, 'attendance.denied', 'Refused', 'This may not be done now; the refusal is on record.')
