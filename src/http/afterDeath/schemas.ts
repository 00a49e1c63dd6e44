import { Type } from 'typebox'
import { kinships, relativePurposes } from '#usecases'
import { governedView } from '../schemas.ts'

const closed = { additionalProperties: false } as const
const Text = Type.String()
const OrNull = Type.Union([Text, Type.Null()])
const oneOf = (codes: readonly string[]) => Type.Union(codes.map((code) => Type.Literal(code)))
/** Longer than what is taken, so that whoever writes too much is told so by its own code. */
const Words = Type.String({ maxLength: 2000, description: 'a sentence of one’s own' })

export const LookBody = Type.Object({ purpose: oneOf(relativePurposes), words: Words }, closed)
export const ObjectionBody = Type.Object(
  { says: oneOf(['object', 'no-objection']), words: Words, language: oneOf(['en', 'zh']) },
  closed,
)
export const DeceasedList = Type.Object({
  deceased: Type.Array(
    Type.Object({
      caseId: Text,
      subjectName: Text,
      kinship: oneOf(kinships),
      until: Type.Union([Text, Type.Null()], { description: 'the last day of the papers' }),
      dead: Type.Boolean({ description: 'a death is on record by now' }),
    }),
  ),
})

const Named = { name: Text, on: OrNull }
const Open = Type.Object({}, { additionalProperties: true })
export const LookDone = Type.Object({
  decision: Type.Literal('permit'),
  ...governedView,
  look: Type.Object({
    purpose: oneOf(relativePurposes),
    words: Text,
    conditions: Type.Array(Type.Object({ ...Named, past: Type.Boolean() })),
    unread: Type.Integer({
      minimum: 0,
      description: 'entries of the record that this program could not read',
    }),
    treatment: Type.Union([
      Type.Null(),
      Type.Object({
        allergies: Type.Array(Type.Object(Named)),
        medications: Type.Array(Type.Object(Named)),
        measures: Type.Array(Open),
      }),
    ]),
  }),
})
export const ObjectionDone = Type.Object({
  decision: Type.Literal('permit'),
  ...governedView,
  says: oneOf(['object', 'no-objection']),
})
