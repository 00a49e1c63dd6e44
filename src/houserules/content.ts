import Type, { type Static } from 'typebox'
import { activities, actorKinds, categories, disclosureElements, jurisdictions, purposes } from '#vocabulary'

const closed = { additionalProperties: false } as const
const oneOf = <Code extends string>(codes: readonly Code[]) => Type.Unsafe<Code>(Type.Enum([...codes]))
const some = <Code extends string>(codes: readonly Code[]) =>
  Type.Array(oneOf(codes), { minItems: 1, maxItems: codes.length, uniqueItems: true })
const Sentence = Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' })
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

/** Words that are only words: nothing that a page could take for markup, and nothing that turns the direction of reading. */
const Words = Type.String({
  minLength: 1,
  maxLength: 2_000,
  pattern: '^(?=[^]*\\S)[^<>\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]*$',
})
const BilingualWords = Type.Object({ en: Words, zh: Words }, closed)
const mostAnswers = 4

/** Asked of each choice: what somebody must have understood who says yes to it. */
const Question = Type.Object(
  {
    asks: BilingualWords,
    answers: Type.Array(BilingualWords, { minItems: 2, maxItems: mostAnswers }),
    /** Which of the answers, counted from 0. */
    right: Type.Integer({ minimum: 0, maximum: mostAnswers - 1 }),
    /** Said to whoever missed it: the same once more, in other words. */
    explains: BilingualWords,
  },
  closed,
)

/** One choice, free by itself: a no to it costs nothing that a yes to another one gives (no bundling). */
const FormItem = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
    says: BilingualWords,
    activities: some(activities),
    purposes: some(purposes),
    categories: some(categories),
    /** Who gets it beside the hospital, as recipients are laid down. */
    recipients: Type.Array(Type.String({ pattern: '^[a-z0-9-]{1,64}$' }), {
      maxItems: 16,
      uniqueItems: true,
    }),
    question: Question,
  },
  closed,
)
export type FormItem = Static<typeof FormItem>

/** A form that people are given: what it tells, each thing in a section of its own, and what they may choose. */
const FormRule = Type.Object(
  {
    kind: Type.Literal('form'),
    /** Whose law it is made for; it is signed under no other. */
    jurisdictions: some(jurisdictions),
    title: BilingualWords,
    sections: Type.Array(Type.Object({ element: oneOf(disclosureElements), text: BilingualWords }, closed), {
      minItems: 1,
      maxItems: disclosureElements.length,
    }),
    items: Type.Array(FormItem, { minItems: 1, maxItems: 16 }),
    /** Who must stand by a yes: a witness always, or an interpreter, where there is one, by their own signature. Left out: nobody. */
    attendance: Type.Optional(
      Type.Object({ witness: Type.Boolean(), interpreter: oneOf(['named', 'confirmed']) }, closed),
    ),
    /** Earlier wordings, by their ids, of which it says the same: what was signed to them goes on. Left out: it is asked again. */
    goesOnFrom: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 64, uniqueItems: true }),
    ),
    /** Asked of whoever signs for themself: whether what they allow goes on after their death. Left out: it does not. */
    afterDeath: Type.Optional(Type.Object({ says: BilingualWords, question: Question }, closed)),
  },
  closed,
)

/**
 * Who decides here, and where somebody reaches them and the authority over them: offices, never a person (PIPL 17(1), 58; GDPR 13(1)(a),
 * 13(2)(d)). The receipt of an agreement names them.
 */
const ContactRule = Type.Object(
  {
    kind: Type.Literal('contact'),
    /** Of the organisation, in full. */
    name: Words,
    contact: Words,
    /** ISO 3166-1 alpha-2: where data is kept and used. */
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    authority: Words,
    authorityContact: Words,
  },
  closed,
)

/** What a hospital lays down for itself. The shape of requests and of the store alike. */
const kinds = [PurposeRule, RecipientRule, RetentionRule, AssessmentRule, FormRule, ContactRule]
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
  'contact',
] as const satisfies readonly ContentKind[]
