import { Type } from 'typebox'
import { addressees, doers, papers, stages, stepStates, termStarts } from '#vocabulary'
import { ActView, Article, ReceiptView } from '../schemas.ts'

const Text = Type.String()
const Texts = Type.Array(Text)
const OrNull = Type.Union([Text, Type.Null()])
const codes = (list: readonly string[]) => Type.Union(list.map((one) => Type.Literal(one)))
const of = (kind: string) => Type.Literal(kind)

const Term = Type.Object({
  days: Type.Number({ description: 'may be a fraction of a day' }),
  working: Type.Boolean(),
  from: codes(termStarts),
  is: codes(['until', 'at-least-until']),
  on: Type.Union([Text, Type.Null()], {
    description: 'the last day; null: it is not known from when they run',
  }),
})

const Work = Type.Union([
  Type.Object({ kind: of('fact'), path: Type.String({ description: 'into the situation' }) }),
  Type.Object({
    kind: of('duty'),
    code: Text,
    by: codes(doers),
    to: codes(addressees),
    prior: Type.Boolean({ description: 'known to be unmet, it is a no to the act' }),
    elements: Type.Array(
      Type.Object({ code: Text, told: Type.Union([Type.Boolean(), Type.Literal('unknown')]) }),
    ),
    term: Type.Union([Term, Type.Null()]),
    authority: OrNull,
  }),
  Type.Object({
    kind: of('consent'),
    topic: Text,
    parties: Type.Array(Type.Object({ party: Text, forms: Texts }), {
      description: 'of several, one suffices',
    }),
  }),
  Type.Object({ kind: of('act'), outcome: Text }),
])

const StepRecord = Type.Union([
  Type.Object({ kind: of('consent'), by: Text, on: OrNull }),
  Type.Object({ kind: of('withdrawn'), by: Text, on: Text }),
  Type.Object({ kind: of('no'), on: Text }),
  Type.Object({ kind: of('approval'), approval: Text, outcome: Text, on: OrNull }),
  Type.Object({ kind: of('fact'), path: Text }),
])

export const Step = Type.Object({
  id: Text,
  stage: codes(stages),
  order: OrNull,
  work: Work,
  paper: Type.Union([codes(papers), Type.Null()]),
  state: codes(stepStates),
  from: Type.Array(StepRecord, { description: 'what the state follows from' }),
  norms: Texts,
})

const Change = Type.Union([
  Type.Object({ change: of('added'), step: Text, norms: Texts }),
  Type.Object({ change: of('changed'), step: Text, parts: Texts, norms: Texts }),
  Type.Object({ change: of('dropped'), step: Step, norms: Texts }),
])
const LawSince = Type.Object({ day: Text, changes: Type.Array(Change) })

export const ProcedurePage = Type.Object({
  subjectName: Text,
  /** The look itself. */
  act: ActView,
  receipt: ReceiptView,
  /** What the steps lead to, and the day whose law they are of. */
  asked: Type.Object({ at: Text, activity: Text, purpose: Text }),
  steps: Type.Array(Step),
  reasons: Type.Array(
    Type.Object({}, { additionalProperties: true, description: 'why the gate would refuse the act now' }),
  ),
  dayBefore: LawSince,
  lastAgreement: Type.Union([LawSince, Type.Null()]),
  forms: Type.Array(
    Type.Object({
      id: Text,
      title: Type.Object({ en: Text, zh: Text }),
      witness: Type.Boolean({ description: 'whoever signs it needs one' }),
      awaits: Texts,
      awaitsUntil: Type.Union([Text, Type.Null()], {
        description: 'the last day; null: nothing of it waits',
      }),
    }),
  ),
  articles: Type.Array(Article, { description: 'every norm that is named above' }),
})
