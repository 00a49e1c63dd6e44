import Type, { type Static } from 'typebox'
import { activities, actorKinds, categories, disclosureElements, purposes } from '#vocabulary'

const closed = { additionalProperties: false } as const
const oneOf = <Code extends string>(codes: readonly Code[]) => Type.Unsafe<Code>(Type.Enum([...codes]))
const some = <Code extends string>(codes: readonly Code[]) =>
  Type.Array(oneOf(codes), { minItems: 1, maxItems: codes.length, uniqueItems: true })
const Sentence = Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' })
const Bilingual = Type.Object({ en: Sentence, zh: Sentence }, closed)
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

/** What data is used for, to do what, and which: nothing else is done with it here (PIPL 6, GDPR 5(1)(b)). */
const PurposeRule = Type.Object(
  {
    kind: Type.Literal('purpose'),
    purpose: oneOf(purposes),
    activities: some(activities),
    categories: some(categories),
  },
  closed,
)

/** Somebody outside to whom data may go, and what for (PIPL 23; GDPR 13(1)(e)). */
const RecipientRule = Type.Object(
  {
    kind: Type.Literal('recipient'),
    /** As cases name them. */
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' }),
    name: Sentence,
    party: oneOf(actorKinds),
    /** ISO 3166-1 alpha-2. */
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    purposes: some(purposes),
    categories: some(categories),
  },
  closed,
)

/** How long a kind of data is kept after the last contact, and what becomes of it then (PIPL 19; GDPR 5(1)(e)). */
const RetentionRule = Type.Object(
  {
    kind: Type.Literal('retention'),
    category: oneOf(categories),
    months: Type.Integer({ minimum: 1, maximum: 1_200 }),
    after: oneOf(['erase', 'lock']),
  },
  closed,
)

/** What the assessment found: it is the hospital's own word, so it counts from here and from nowhere else. */
const AssessmentRule = Type.Object(
  {
    kind: Type.Literal('assessment'),
    assessment: oneOf(['pipia', 'dpia']),
    purposes: some(purposes),
    categories: some(categories),
    outcome: oneOf(['granted', 'refused']),
    on: Day,
    /** The last day on which it counts. */
    until: Day,
    /** SHA-256 of the report, which stays with the hospital. */
    report: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  closed,
)

/** A form that people are given, with what it tells them. */
const FormRule = Type.Object(
  {
    kind: Type.Literal('form'),
    title: Bilingual,
    text: Bilingual,
    activities: some(activities),
    purposes: some(purposes),
    elements: some(disclosureElements),
  },
  closed,
)

/** What a hospital lays down for itself. The shape of requests and of the store alike. */
const kinds = [PurposeRule, RecipientRule, RetentionRule, AssessmentRule, FormRule]
export type Content = Static<(typeof kinds)[number]>
/** Told apart by `kind`, so that a flaw is named where it is (OpenAPI 3.1, discriminator). */
export const HouseRuleContent = Type.Unsafe<Content>({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  oneOf: kinds,
})
export type ContentKind = Content['kind']
export type ContentOf<K extends ContentKind> = Extract<Content, { kind: K }>
export const contentKinds = [
  'purpose',
  'recipient',
  'retention',
  'assessment',
  'form',
] as const satisfies readonly ContentKind[]
