import type { RelativeRefusal } from '#usecases'
import { nothingRecorded, type Problem, type Said } from '../problem.ts'

const said: Readonly<Record<RelativeRefusal, Said>> = {
  'relative.by-person': [403, 'Not in this way', 'Only a person who has signed in does this.'],
  'relative.said-already': [
    409,
    'Said already',
    'They have said this already, or have nothing to take back.',
  ],
  'relative.no-words': [422, 'No words', 'Found nothing at body $.words; expected a sentence that says why.'],
  'relative.text': [
    422,
    'Not such a text',
    'Found a text at body $.words of more than 500 characters, or with what could be markup; expected plain words.',
  ],
}

export const problemOfRelative = (code: RelativeRefusal): Problem => nothingRecorded(code, said[code])
