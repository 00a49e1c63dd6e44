import { Type } from 'typebox'
import { hindrances, mostNamedRelatives, mostUnableWords, nearRelatives, unableReasons } from '#usecases'
import { closed } from '../closed.ts'
import { RecallView } from '../recalls/schemas.ts'
import { ActView, governedView, ReceiptView } from '../schemas.ts'

const Text = Type.String()
const Texts = Type.Array(Text)
const Key = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,128}$' })
const Words = Type.String({ minLength: 1, maxLength: 500 })
/** With which somebody signs in. */
const SignInName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$' })
const Effect = Type.Union([Type.Literal('permit'), Type.Literal('refuse')])
const Language = Type.Union([Type.Literal('en'), Type.Literal('zh')])
/** More choices than any form has, and more tries than anybody needs. */
const mostChoices = 64
const mostTries = 20

const Answers = Type.Array(Type.Integer({ minimum: 0, maximum: 9 }), { maxItems: mostTries })

const signing = {
  form: Key,
  formSha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  language: Language,
  choices: Type.Array(
    Type.Object(
      {
        item: Key,
        effect: Effect,
        answers: Answers,
        named: Type.Optional(
          Type.Array(
            Type.Object(
              { name: Words, relation: Type.Union(nearRelatives.map((one) => Type.Literal(one))) },
              closed,
            ),
            {
              maxItems: mostNamedRelatives,
              description: 'the relatives who may look after death; none: all near ones',
            },
          ),
        ),
      },
      closed,
    ),
    { minItems: 1, maxItems: mostChoices },
  ),
  afterDeath: Type.Optional(
    Type.Object(
      { says: Type.Union([Type.Literal('as-before'), Type.Literal('stop')]), answers: Answers },
      { ...closed, description: 'whether what is allowed goes on after death, of a form that asks it' },
    ),
  ),
  previewShown: Type.Boolean(),
  supersedes: Type.Union([Key, Type.Null()]),
  interpreter: Type.Optional(
    Type.Object(
      {
        ...{ name: Words, language: Words, organisation: Type.Union([Words, Type.Null()]) },
        account: Type.Optional(SignInName),
      },
      {
        ...closed,
        description: 'who put it into words that whoever signs understands; with an account they confirm it',
      },
    ),
  ),
  hindrance: Type.Optional(
    Type.Object(
      { because: Type.Union(hindrances.map((one) => Type.Literal(one))), words: Words },
      { ...closed, description: 'what keeps whoever signs from reading or writing it alone' },
    ),
  ),
  witness: Type.Optional(SignInName),
  unable: Type.Optional(
    Type.Object(
      {
        because: Type.Union(unableReasons.map((one) => Type.Literal(one))),
        words: Type.String({ minLength: 1, maxLength: mostUnableWords }),
      },
      {
        ...closed,
        description: 'why the person could not be asked: with the voice not-able, and only then',
      },
    ),
  ),
  voice: Type.Optional(
    Type.Union([Type.Literal('assents'), Type.Literal('refuses'), Type.Literal('not-able')]),
  ),
}

/** What a passkey is asked to sign is what is then sent with its answer, word for word. */
export const SignatureAskedBody = Type.Object(signing, closed)
export const SignatureAsked = Type.Object(
  {},
  {
    additionalProperties: true,
    description: 'WebAuthn Level 3, as JSON; its challenge is the digest of what is signed',
  },
)
export const SigningBody = Type.Object(
  {
    ...signing,
    signature: Type.Optional(
      Type.Object(
        {
          response: Type.Object({}, { additionalProperties: true, description: 'WebAuthn Level 3, as JSON' }),
        },
        closed,
      ),
    ),
  },
  closed,
)

const OrNull = Type.Union([Text, Type.Null()])
const Signer = { as: Text, relation: OrNull, until: OrNull }
const Awaits = Type.Array(Text, {
  description: 'self, guardian, second-guardian, witness, interpreter: who must sign it too',
})

const Agreement = Type.Object({
  id: Key,
  version: Type.Integer({ minimum: 1 }),
  form: Text,
  formSha256: Text,
  state: Text,
  signedAt: Text,
  signer: Type.Object(Signer, { description: 'in which standing, and the last day of their papers' }),
  signers: Type.Array(Type.Object({ ...Signer, signedAt: Text, act: Text }), {
    description: 'all who signed it, each with the instant and the number of the act whose receipt they have',
  }),
  /** Of a draft. */
  awaits: Awaits,
  /** The last day on which they can sign; null: it waits for nobody, or is over. */
  awaitsUntil: OrNull,
  attendants: Type.Array(Type.Object({ part: Text, attends: Text, confirmedAt: OrNull, act: OrNull }), {
    description: 'who stands by which signature; confirmed, or waited for',
  }),
  interpreted: Type.Boolean({ description: 'somebody interpreted; who, its signature says' }),
  strength: Type.Union([Type.Literal('passkey'), Type.Literal('session')], {
    description: 'whether a key signed it that only they have, or whoever was signed in',
  }),
  /** What the person said of it, for whom somebody else signed. */
  voice: OrNull,
  /** Why they could not be asked; null of what was signed before that was asked. */
  unable: Type.Union([Type.Object({ because: Text, words: Text }), Type.Null()]),
  supersedes: OrNull,
  afterDeath: Type.Union(
    ['as-before', 'stop', 'not-asked'].map((one) => Type.Literal(one)),
    {
      description: 'what is to become of it after death',
    },
  ),
  choices: Type.Array(
    Type.Object({
      item: Type.Union([Text, Type.Null()]),
      effect: Effect,
      /** Taken back since. */
      ended: Type.Boolean(),
      purposes: Texts,
      activities: Texts,
      categories: Texts,
      recipients: Texts,
      relatives: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'how many relatives were named; 0: all near ones; null: it is not about them',
      }),
    }),
  ),
})

export const AgreementPage = Type.Object({
  subjectName: Text,
  act: ActView,
  receipt: ReceiptView,
  forms: Type.Array(
    Type.Object({
      id: Text,
      sha256: Text,
      keyNeeded: Type.Array(Text, { description: 'choices whose yes the law wants signed with a passkey' }),
      content: Type.Object({}, { additionalProperties: true, description: 'the form, as laid down' }),
      asks: Type.Array(Text, { description: 'the choices that are for who looks to make' }),
      awaits: Awaits,
    }),
  ),
  agreements: Type.Array(Agreement),
  standing: Type.Object(
    { ...Signer, asksVoice: Type.Boolean(), because: OrNull },
    { description: 'in which standing who looks could sign here, or why not' },
  ),
  recalls: Type.Array(RecallView, { description: 'who was asked to delete what they had, oldest first' }),
})

export const AgreementParams = Type.Object({ caseId: Key, agreementId: Key }, closed)
export const ConsentReceiptPage = Type.Object({
  act: ActView,
  receipt: ReceiptView,
  consentReceipt: Type.Object(
    {},
    {
      additionalProperties: true,
      description: 'ISO/IEC TS 27560:2023; names of sections and fields are from memory, as it says itself',
    },
  ),
})

export const SigningDone = Type.Object({
  decision: Type.Literal('permit'),
  ...governedView,
  agreement: Agreement,
})
