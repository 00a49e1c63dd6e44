import Type, { type Static } from 'typebox'

const maybe = Type.Optional
const open = { additionalProperties: true } as const
const text = Type.String({ minLength: 1 })
/** FHIR date or dateTime: a year, a month, a day, or a day with a time. */
const date = Type.String({ pattern: '^\\d{4}(-\\d\\d(-\\d\\d(T[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)?)?)?)?$' })
const most = 10_000
const list = <Item extends Parameters<typeof Type.Array>[0]>(item: Item) =>
  Type.Array(item, { maxItems: most })

const Coding = Type.Object({ system: maybe(text), code: maybe(text) }, open)
const Concept = Type.Object({ coding: maybe(list(Coding)) }, open)
const Period = Type.Object({ start: maybe(date), end: maybe(date) }, open)
const Actor = Type.Object({ reference: maybe(Type.Object({ reference: maybe(text) }, open)) }, open)
const Purposes = list(Coding)

/** What both versions limit an exception by; `provision` below it is an exception to the exception. */
const Provision = Type.Object(
  {
    type: maybe(Type.Enum(['permit', 'deny'])),
    period: maybe(Period),
    actor: maybe(list(Actor)),
    purpose: maybe(Purposes),
    class: maybe(list(Coding)),
    resourceType: maybe(list(Coding)),
    securityLabel: maybe(list(Coding)),
    code: maybe(list(Concept)),
  },
  open,
)
const RootProvision = Type.Object(
  {
    type: maybe(Type.Enum(['permit', 'deny'])),
    period: maybe(Period),
    purpose: maybe(Purposes),
    provision: maybe(list(Provision)),
  },
  open,
)

const common = {
  resourceType: Type.Literal('Consent'),
  id: text,
  status: text,
  category: maybe(list(Concept)),
} as const
const Reference = Type.Object({ reference: maybe(text) }, open)

/** FHIR R4 Consent (4.0.1), as far as a decision needs it. */
export const R4Consent = Type.Object(
  {
    ...common,
    patient: maybe(Reference),
    dateTime: maybe(date),
    policyRule: maybe(Concept),
    provision: maybe(RootProvision),
  },
  open,
)
/** FHIR R5 Consent (5.0.0), as far as a decision needs it. */
export const R5Consent = Type.Object(
  {
    ...common,
    subject: maybe(Reference),
    date: maybe(date),
    period: maybe(Period),
    decision: maybe(Type.Enum(['permit', 'deny'])),
    provision: maybe(list(Provision)),
  },
  open,
)

const Identifier = Type.Object({ system: maybe(text), value: maybe(text) }, open)
const Party = Type.Object({ resourceType: text, id: text, identifier: maybe(list(Identifier)) }, open)
const orNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => maybe(Type.Union([Type.Null(), item]))

export const ConsentCase = Type.Object(
  {
    id: text,
    fhirVersion: Type.Enum(['R4', 'R5']),
    at: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d' }),
    consents: list(Type.Unknown()),
    actors: maybe(list(Party)),
    request: Type.Object(
      {
        category: orNull(list(Coding)),
        purposeOfUse: orNull(Type.Union([text, list(text)])),
        actor: orNull(list(Identifier)),
        class: orNull(list(Coding)),
      },
      open,
    ),
  },
  open,
)
export const ConsentCases = Type.Object({ cases: list(ConsentCase) }, open)

export type R4Consent = Static<typeof R4Consent>
export type R5Consent = Static<typeof R5Consent>
export type Provision = Static<typeof Provision>
export type Party = Static<typeof Party>
export type ConsentCase = Static<typeof ConsentCase>
export type Coding = Static<typeof Coding>
export type Period = Static<typeof Period>
