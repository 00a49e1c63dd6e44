import type { RecallRefusal } from '#usecases'
import { nothingRecorded, type Problem, problem, type Said } from '../problem.ts'

/** What there is for another organisation is answered like what is not there. */
const unknown: Said = [404, 'Not found', 'There is no recall of this number that you may answer.']
const said: Readonly<Record<RecallRefusal, Said>> = {
  'recall.unknown': unknown,
  'recall.other-organisation': unknown,
  'recall.by-person': [403, 'Not by a program', 'Only a person who has signed in answers.'],
  'recall.same': [
    409,
    'Answered so already',
    'Found the answer that counts now; expected another one, to correct it.',
  ],
  'recall.raced': [409, 'Answered meanwhile', 'Somebody else answered meanwhile: look at it again.'],
  'recall.no-date': [422, 'No date', 'Found no day of the calendar at body $.until; expected one.'],
  'recall.date-past': [
    422,
    'Over already',
    'Found a day at body $.until that is over (UTC); expected today or a later one.',
  ],
  'recall.no-basis': [
    422,
    'No legal basis',
    'Found nothing at body $.basis; expected the law that asks to keep it.',
  ],
  'recall.no-reason': [
    422,
    'No reason',
    'Found nothing at body $.because; expected why it cannot be called back.',
  ],
  'recall.too-much': [
    422,
    'More than one answer',
    'Found members in the body that belong to another answer; expected those of one.',
  ],
  'recall.text': [
    422,
    'Not such a text',
    'Found a text in the body of more than 500 characters, or with what could be markup; expected plain words.',
  ],
}

export const problemOfRecall = (code: RecallRefusal): Problem =>
  nothingRecorded(code === 'recall.other-organisation' ? 'recall.unknown' : code, said[code])

/** Why the law or the person stands against it is on record for the person, and nothing for a recipient to know. */
export const recallDenied = (): Problem =>
  problem(403, 'recall.denied', 'Refused', 'This may not be answered now; the refusal is on record.')
