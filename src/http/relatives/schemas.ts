import { Type } from 'typebox'
import { knowingKinds, relativesReasons, relativesVerdicts } from '#usecases'
import { outcomes } from '#vocabulary'
import { closed } from '../closed.ts'
import { Step } from '../procedure/schemas.ts'
import { ActView, Article, governedView, ReceiptView } from '../schemas.ts'

const Text = Type.String()
const Id = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,128}$' })
const oneOf = (codes: readonly string[]) => Type.Union(codes.map((code) => Type.Literal(code)))
const orNull = <Item extends Parameters<typeof Type.Union>[0][number]>(item: Item) =>
  Type.Union([item, Type.Null()])
/** Longer than what is taken, so that whoever writes too much is told so by its own code. */
const Words = Type.String({ maxLength: 2000, description: 'a sentence of one’s own' })

export const ReviewParams = Type.Object({ reviewId: Id }, closed)
export const AskingBody = Type.Object({ reason: oneOf(relativesReasons), words: Words }, closed)
export const DecisionBody = Type.Object({ verdict: oneOf(relativesVerdicts), words: Words }, closed)

const Finding = Type.Object({
  at: Text,
  by: Text,
  verdict: oneOf(relativesVerdicts),
  words: Text,
  law: oneOf(outcomes),
  allowed: Type.Boolean({ description: 'whether the gate would have let relatives be told at that moment' }),
})
export const ReviewView = Type.Object({
  id: Text,
  caseId: Text,
  by: Text,
  own: Type.Boolean({ description: 'asked for by the one who asks, who is not to decide it' }),
  at: Text,
  state: oneOf(['waiting', 'closed']),
  law: Type.Union([oneOf(outcomes), Type.Null()], {
    description: 'what the law of that day said of telling; null where the person does not want to know',
  }),
  reason: orNull(oneOf(relativesReasons)),
  words: orNull(Text),
  finding: orNull(Finding),
})
export const RelativesPage = Type.Object({
  subjectName: Text,
  act: ActView,
  receipt: ReceiptView,
  wishes: Type.Object({
    tell: oneOf(['in-person', 'through-doctor', 'nobody', 'not-said']),
    notToKnow: Type.Array(oneOf(knowingKinds)),
    filed: Type.Boolean({ description: 'the record says that they do not want to know' }),
  }),
  withheld: Type.Boolean({ description: 'whoever looks does not want to know what it says' }),
  reviews: Type.Array(ReviewView),
  telling: orNull(
    Type.Object({
      asked: Type.Object({ at: Text, activity: Text, purpose: Text }),
      law: oneOf(outcomes),
      allowed: Type.Boolean({ description: 'whether the gate would let it be done now' }),
      decided: Type.Boolean({ description: 'somebody else has found that it matters to relatives' }),
      reasons: Type.Array(
        Type.Object({}, { additionalProperties: true, description: 'told apart by `kind`' }),
      ),
      steps: Type.Array(Step),
    }),
  ),
  forms: Type.Array(Type.Object({ id: Text, title: Type.Object({ en: Text, zh: Text }) })),
  articles: Type.Array(Article),
})
export const AskingDone = Type.Object({
  decision: Type.Literal('permit'),
  ...governedView,
  review: ReviewView,
})
export const ReviewList = Type.Object({ reviews: Type.Array(ReviewView) })
/** Without the opening of its entry: that names the person. */
export const DecisionDone = Type.Object({
  act: Type.Object({ id: Text, at: Text }),
  review: ReviewView,
  receipt: ReceiptView,
})
