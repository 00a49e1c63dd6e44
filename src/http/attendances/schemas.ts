import { Type } from 'typebox'
import { attendanceParts } from '#usecases'
import { ReceiptView } from '../schemas.ts'

const closed = { additionalProperties: false } as const
const Text = Type.String()
const OrNull = Type.Union([Text, Type.Null()])
const Words = Type.String({ minLength: 1, maxLength: 500 })
const Id = Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' })
const Part = Type.Union(attendanceParts.map((part) => Type.Literal(part)))
const Language = Type.Union([Type.Literal('en'), Type.Literal('zh')])

export const AttendanceParams = Type.Object({ attendanceId: Id }, closed)

const confirming = {
  said: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'the digest of what was signed, as shown' }),
  language: Language,
  spoken: Type.Union([Words, Type.Null()]),
}
export const ConfirmingAskedBody = Type.Object(confirming, closed)
export const ConfirmingBody = Type.Object(
  {
    ...confirming,
    signature: Type.Object(
      { response: Type.Object({}, { additionalProperties: true, description: 'WebAuthn Level 3, as JSON' }) },
      closed,
    ),
  },
  closed,
)

const waiting = { id: Id, part: Part, at: Text }
export const AttendanceList = Type.Object({
  attendances: Type.Array(Type.Object(waiting), {
    description: 'oldest first; of nobody by name, and nothing of what it is',
  }),
})
export const AttendanceView = Type.Object({
  ...waiting,
  until: Type.String({ description: 'the last day on which it can be confirmed (UTC)' }),
  said: Text,
  spoken: OrNull,
  form: Type.Object(
    {},
    { additionalProperties: true, description: 'its words, and the choices that were asked' },
  ),
  choices: Type.Array(
    Type.Object({ item: Text, effect: Type.Union([Type.Literal('permit'), Type.Literal('refuse')]) }),
  ),
  statement: Type.Object({ en: Text, zh: Text }, { description: 'what is confirmed' }),
})
/** Without the opening of its entry, and without what was ruled: they tell of the person. */
export const AttendanceDone = Type.Object({
  act: Type.Object({ id: Text, at: Text }),
  receipt: ReceiptView,
})
