import { Type } from 'typebox'
import { closed } from '../closed.ts'

const Text = Type.String()
const orNull = <T extends ReturnType<typeof Type.String>>(of: T) => Type.Union([of, Type.Null()])
const Texts = Type.Union([Type.Array(Text), Type.Null()])
const Id = Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' })
const Instant = Type.String({ description: 'UTC, with milliseconds' })
const Kind = Type.Union([Type.Literal('deleted'), Type.Literal('locked'), Type.Literal('not-recallable')])
/** Longer than what is taken, so that whoever writes too much is told so by its own code. */
const Words = orNull(Type.String({ maxLength: 2000 }))

export const RecallParams = Type.Object({ recallId: Id }, closed)
export const RecallAnswerBody = Type.Object(
  {
    answer: Kind,
    until: Type.Optional(orNull(Type.String({ maxLength: 32 }))),
    basis: Type.Optional(Words),
    because: Type.Optional(Words),
  },
  { ...closed, description: '`locked` needs `until` and `basis`, `not-recallable` needs `because`' },
)

export const RecallView = Type.Object({
  id: Type.String({ description: 'the number of the recall: it says nothing of whom it is about' }),
  recipient: Text,
  since: Instant,
  dueOn: Type.String({ description: 'the last day on which an answer is in time (UTC)' }),
  state: Type.Union(['waiting', 'overdue', 'answered', 'lock-ended'].map((state) => Type.Literal(state))),
  purposes: Texts,
  categories: Texts,
  acts: Type.Array(Type.String({ description: 'an act that gave something to the recipient' })),
  answers: Type.Array(
    Type.Object({
      at: Instant,
      answer: Kind,
      until: orNull(Text),
      basis: orNull(Text),
      because: orNull(Text),
    }),
    { description: 'oldest first: the last one counts' },
  ),
})
export const RecallList = Type.Object({ recalls: Type.Array(RecallView) })
/** Without the opening of its entry: that names the person. */
export const RecallDone = Type.Object({
  act: Type.Object({ id: Text, at: Instant }),
  recall: RecallView,
  receipt: Type.Object({
    index: Type.Integer({ minimum: 0 }),
    files: Type.Record(Text, Type.String({ description: 'base64' })),
    outputs: Type.Record(Text, Type.String({ description: 'base64' })),
  }),
})
