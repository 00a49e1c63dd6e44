import type { EmergencyRefusal } from '#usecases'
import { nothingRecorded, type Problem, problem, type Said } from '../problem.ts'

const said: Readonly<Record<EmergencyRefusal, Said>> = {
  'emergency.unknown': [404, 'Not found', 'There is no emergency of this number that you may ask about.'],
  'emergency.by-person': [403, 'Not in this way', 'Only a person who has signed in does this.'],
  'emergency.own': [403, 'Not your own', 'Whoever opened it does not review it.'],
  'emergency.open-already': [409, 'Open already', 'You have opened it already, and it is not over.'],
  'emergency.over': [409, 'Over', 'It is over already.'],
  'emergency.still-open': [409, 'Still open', 'It is reviewed once it is over.'],
  'emergency.closed': [409, 'Reviewed already', 'Its review is closed: look at it again.'],
  'emergency.no-words': [
    422,
    'No words',
    'Found nothing at body $.words; expected a sentence that says why.',
  ],
  'emergency.text': [
    422,
    'Not such a text',
    'Found a text at body $.words of more than 500 characters, or with what could be markup; expected plain words.',
  ],
}

export const problemOfEmergency = (code: EmergencyRefusal): Problem => nothingRecorded(code, said[code])

/** Why the law stands against it is on record for the person, and nothing for a reviewer to know. */
export const reviewDenied = (): Problem =>
  problem(403, 'emergency.denied', 'Refused', 'This may not be done now; the refusal is on record.')
