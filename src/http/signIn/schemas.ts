import { Type } from 'typebox'
import { closed } from '../closed.ts'

const Text = Type.String()
const Moment = Type.String()

export const WayParams = Type.Object({ uid: Type.String({ minLength: 1, maxLength: 64 }) })
export const Asked = Type.Union([
  Type.Object({
    ask: Type.Literal('login'),
    ways: Type.Array(Type.Union([Type.Literal('passkey'), Type.Literal('code')])),
  }),
  Type.Object({
    ask: Type.Literal('consent'),
    app: Text,
    scopes: Type.Array(Text),
    people: Type.Array(Type.Object({ id: Text, name: Text }), {
      description: 'For whose record it can be allowed',
    }),
  }),
])
export const ConsentBody = Type.Object(
  { allow: Type.Boolean(), person: Type.Union([Type.String({ maxLength: 128 }), Type.Null()]) },
  closed,
)
export const CodeBody = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 64 }), code: Type.String({ minLength: 1, maxLength: 64 }) },
  closed,
)
export const Next = Type.Object({ next: Text }, { description: 'The path that the browser goes on to' })
export const EmptyBody = Type.Object({}, closed)
/** What browsers answer is the library's to check. */
export const PasskeyAnswer = Type.Object(
  { response: Type.Object({}, { additionalProperties: true, description: 'WebAuthn Level 3, as JSON' }) },
  closed,
)
export const PasskeyOptions = Type.Object(
  {},
  { additionalProperties: true, description: 'WebAuthn Level 3, as JSON' },
)

const Method = Type.Union([
  Type.Literal('passkey'),
  Type.Literal('code'),
  Type.Literal('outside'),
  Type.Literal('assertion'),
  Type.Literal('app'),
])
export const SessionBody = Type.Union([
  Type.Object({ signedIn: Type.Literal(false), demo: Type.Boolean() }),
  Type.Object({
    signedIn: Type.Literal(true),
    demo: Type.Boolean(),
    name: Text,
    language: Type.Union([Type.Literal('en'), Type.Literal('zh'), Type.Null()]),
    method: Method,
    hasPasskey: Type.Boolean(),
    may: Type.Array(Text, { description: 'Operations that some role of theirs may ask: what pages offer' }),
    holdings: Type.Array(
      Type.Object({
        role: Text,
        organisation: Type.Union([Text, Type.Null()]),
        relative: Type.Boolean({ description: 'on papers of kinship: they act for nobody' }),
        until: Type.Union([Moment, Type.Null()]),
      }),
    ),
  }),
])
export const SignedOut = Type.Object({ signedIn: Type.Literal(false) })
export const OthersEnded = Type.Object({ elsewhere: Type.Literal(false) })
export const SessionList = Type.Object({
  sessions: Type.Array(
    Type.Object({
      handle: Type.String({ description: 'Names it to its owner; nothing is opened by it' }),
      method: Method,
      begunAt: Moment,
      seenAt: Moment,
      here: Type.Boolean({ description: 'The one in which this is asked' }),
    }),
  ),
})
export const SessionParams = Type.Object({ sessionHandle: Type.String({ minLength: 1, maxLength: 64 }) })
const Language = Type.Union([Type.Literal('en'), Type.Literal('zh')])
export const LanguageBody = Type.Object({ language: Language }, closed)

const PasskeyView = Type.Object({
  id: Text,
  label: Text,
  addedAt: Moment,
  usedAt: Type.Union([Moment, Type.Null()]),
})
export const PasskeyList = Type.Object({ passkeys: Type.Array(PasskeyView) })
export const PasskeyBody = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 60 }),
    response: Type.Object({}, { additionalProperties: true }),
  },
  closed,
)
export const PasskeyParams = Type.Object({ passkeyId: Type.String({ minLength: 1, maxLength: 512 }) })
export { PasskeyView }
