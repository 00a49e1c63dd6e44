import { Type } from 'typebox'
import { purposes } from '#vocabulary'
import { closed } from './closed.ts'
import { EmergencyView } from './emergencies/view.ts'

/** What the outside may send and will get. The same objects validate requests and make the OpenAPI document. */
const Id = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,128}$' })
const Text = Type.String()
const Instant = Type.String({ description: 'UTC, with milliseconds' })
const Texts = Type.Array(Text)

/** Shapes that a contract describes elsewhere: `ruling.schema.json`, `plan.json`. */
const Document = (description: string) => Type.Object({}, { additionalProperties: true, description })

export const CaseParams = Type.Object({ caseId: Id }, closed)
export const ActParams = Type.Object({ caseId: Id, actId: Id }, closed)
export const NoQuery = Type.Object({}, closed)
export const PlanBody = Type.Object({}, closed)
export const WithdrawalBody = Type.Object(
  {
    purposes: Type.Union(
      [
        Type.Array(Type.Union(purposes.map((purpose) => Type.Literal(purpose))), {
          minItems: 1,
          maxItems: purposes.length,
          uniqueItems: true,
        }),
        Type.Null(),
      ],
      { description: 'null: everything that was ever allowed' },
    ),
  },
  closed,
)

const Consent = Type.Object({
  by: Text,
  on: Type.Union([Text, Type.Null()]),
  forms: Texts,
  purposes: Texts,
  categories: Texts,
  withdrawnOn: Type.Union([Text, Type.Null()]),
})
const Consents = Type.Array(Consent)

export const CaseSummary = Type.Object({
  id: Id,
  subjectName: Text,
  actorName: Text,
  indication: Text,
  candidateDrugs: Texts,
  day: Text,
  activity: Text,
  purpose: Text,
  categories: Texts,
  consents: Consents,
})
export const CaseList = Type.Object({ demo: Type.Boolean(), cases: Type.Array(CaseSummary) })

export const ActView = Type.Object({ id: Id, at: Instant, kind: Text, activity: Text, purpose: Text })
const Bilingual = Type.Object({ en: Text, zh: Text })
export const Article = Type.Object({
  norm: Text,
  instrument: Bilingual,
  article: Text,
  rank: Type.String({ description: 'constitution … policy, of the instrument' }),
  wording: Bilingual,
  verified: Text,
})
const Base64Files = Type.Record(Text, Type.String({ description: 'base64' }))
export const ReceiptView = Type.Object({
  index: Type.Integer({ minimum: 0 }),
  files: Base64Files,
  outputs: Base64Files,
})
const Ruling = Document('ruling.schema.json of the contract')
const Plan = Document('plan.json of the contract')
const Reasons = Type.Array(Document('one reason, told apart by `kind`'))

export const governedView = {
  act: ActView,
  ruling: Ruling,
  articles: Type.Array(Article),
  consents: Consents,
  receipt: ReceiptView,
}
export const PlanDone = Type.Object({ decision: Type.Literal('permit'), ...governedView, plan: Plan })
export const WithdrawalDone = Type.Object({
  decision: Type.Literal('permit'),
  ...governedView,
  purposes: Type.Union([Texts, Type.Null()]),
  recipients: Type.Array(Text, { description: 'who was asked to delete what they had' }),
})

const UsedBy = Type.Object({
  name: Text,
  role: Text,
  relation: Text,
  organisation: Type.Union([Text, Type.Null()]),
  through: Type.Union([Text, Type.Null()]),
})
const Use = Type.Object({
  act: Id,
  kind: Text,
  outcome: Type.Union([Type.Literal('permitted'), Type.Literal('refused')]),
  at: Instant,
  actor: Text,
  by: Type.Union([UsedBy, Type.Null()]),
  activity: Text,
  purpose: Text,
  categories: Texts,
  index: Type.Union([Type.Integer(), Type.Null()]),
})
export const AccountPage = Type.Object({
  subjectName: Text,
  act: ActView,
  receipt: ReceiptView,
  known: Type.Object({
    data: Type.Array(Type.Object({ name: Text, sha256: Text, readAt: Instant })),
    plans: Type.Array(
      Type.Object({ act: Id, at: Instant, indication: Text, firstChoice: Texts, withheld: Type.Boolean() }),
    ),
  }),
  uses: Type.Array(Use),
  more: Type.Boolean(),
  allowed: Consents,
  emergencies: Type.Array(EmergencyView),
  afterDeath: Type.Object({
    relatives: Type.Object({
      who: Type.Union(['nobody', 'all', 'named', 'not-said'].map((one) => Type.Literal(one))),
      named: Type.Integer({ minimum: 0 }),
    }),
    forms: Type.Array(
      Type.Object({
        id: Text,
        title: Type.Object({ en: Text, zh: Text }),
        says: Type.Union([
          ...['as-before', 'stop', 'not-asked'].map((one) => Type.Literal(one)),
          Type.Null(),
        ]),
      }),
      { description: 'where it can be said what is to hold after death, and what was said' },
    ),
  }),
  withdrawals: Type.Array(Type.Object({ act: Id, at: Instant, purposes: Type.Union([Texts, Type.Null()]) })),
})
export const ActPage = Type.Object({
  use: Use,
  ruling: Ruling,
  articles: Type.Array(Article),
  consents: Consents,
  reasons: Reasons,
  plan: Type.Union([Plan, Type.Null()]),
  withheld: Type.Boolean({ description: 'there is a plan, and the person does not want to know it' }),
  receipt: Type.Union([ReceiptView, Type.Null()]),
})

export const ProblemBody = Type.Object(
  { type: Text, title: Text, status: Type.Integer(), detail: Text, code: Text },
  {
    additionalProperties: true,
    description: 'RFC 9457; a refusal adds act, ruling, articles, reasons and receipt',
  },
)
