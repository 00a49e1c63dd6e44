import type { RelativesRefusal } from '#usecases'
import { nothingRecorded, type Problem, problem, type Said } from '../problem.ts'

const said: Readonly<Record<RelativesRefusal, Said>> = {
  'relatives.unknown': [404, 'Not found', 'There is no review of this number that you may ask about.'],
  'relatives.by-person': [403, 'Not in this way', 'Only a person who has signed in does this.'],
  'relatives.own': [403, 'Not your own', 'Whoever asked for it does not decide it.'],
  'relatives.asked-already': [409, 'Asked already', 'A review about this person’s relatives waits already.'],
  'relatives.closed': [409, 'Decided already', 'It is decided: look at it again.'],
  'relatives.no-words': [
    422,
    'No words',
    'Found nothing at body $.words; expected a sentence that says why.',
  ],
  'relatives.text': [
    422,
    'Not such a text',
    'Found a text at body $.words of more than 500 characters, or with what could be markup; expected plain words.',
  ],
}

export const problemOfRelatives = (code: RelativesRefusal): Problem => nothingRecorded(code, said[code])

/** Why the law stands against it is on record for the person, and nothing for a reviewer to know. */
export const decisionDenied = (): Problem =>
  problem(403, 'relatives.denied', 'Refused', 'This may not be done now; the refusal is on record.')
