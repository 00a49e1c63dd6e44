import { Type } from 'typebox'
import { HouseRuleContent } from '#usecases'
import { closed } from '../closed.ts'

const Id = Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' })
const Instant = Type.String({ description: 'UTC, with milliseconds' })
const Because = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '\\S',
  description: 'what it rests on: a decision, a document, a day; it becomes evidence',
})

export const RuleParams = Type.Object({ ruleId: Id }, closed)
export const ProposalBody = Type.Object(
  { content: HouseRuleContent, because: Because, replaces: Type.Union([Id, Type.Null()]) },
  closed,
)
export const BecauseBody = Type.Object({ because: Because }, closed)

/** As it was laid down; one of an earlier version of the program has the shape of its day. */
const LaidDown = Type.Object(
  { kind: Type.String() },
  { additionalProperties: true, description: 'what is laid down, in the shape in which it is proposed' },
)
const Signed = Type.Object({ name: Type.String(), at: Instant, because: Type.String() })
const SignedOrNot = Type.Union([Signed, Type.Null()])
export const RuleView = Type.Object({
  id: Id,
  state: Type.Union(['proposed', 'standing', 'declined', 'ended'].map((state) => Type.Literal(state))),
  content: LaidDown,
  sha256: Type.String({ description: 'SHA-256 of the content as RFC 8785 bytes, as the log has it' }),
  replaces: Type.Union([Id, Type.Null()]),
  proposed: Signed,
  confirmed: SignedOrNot,
  ended: SignedOrNot,
  own: Type.Boolean({ description: 'proposed by the one who asks: somebody else must confirm it' }),
  reading: Type.Union([
    Type.Null(),
    Type.Object(
      { en: Type.Number(), zh: Type.Number(), hard: Type.Array(Type.String()) },
      {
        description: 'of a form: school grade (Flesch–Kincaid), characters in a sentence, and which is hard',
      },
    ),
  ]),
})
export const RuleList = Type.Object({ organisation: Type.String(), rules: Type.Array(RuleView) })
export const Notice = Type.Object({
  organisation: Type.String(),
  rules: Type.Array(Type.Object({ id: Id, content: LaidDown, sha256: Type.String(), since: Instant })),
})
