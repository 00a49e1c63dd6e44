import Type, { type Static, type TSchema } from 'typebox'
import type { Day, Instant, Sha256Hex } from '#kernel'
import {
  activities,
  categories,
  consentForms,
  consentGivers,
  disclosureElements,
  jurisdictions,
  purposes,
  relations,
} from '#vocabulary'

const closed = { additionalProperties: false } as const
const oneOf = <Code extends string>(codes: readonly Code[]) => Type.Unsafe<Code>(Type.Enum([...codes]))
const some = <Code extends string>(codes: readonly Code[]) =>
  Type.Array(oneOf(codes), { minItems: 1, maxItems: codes.length, uniqueItems: true })
const orNull = <Item extends TSchema>(item: Item) => Type.Union([Type.Null(), item])
const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' })
const OnDay = Type.Unsafe<Day>(Type.String({ format: 'date' }))
const AtInstant = Type.Unsafe<Instant>(
  Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
)
const Sha256 = Type.Unsafe<Sha256Hex>(Type.String({ pattern: '^[0-9a-f]{64}$' }))

/** Who may do it: one that is named, or all of a kind. */
const Party = Type.Object(
  {
    kind: oneOf(['person', 'role', 'organisation', 'organisation-kind', 'country']),
    /** A role of the table of access, an `ActorKind`, an ISO 3166-1 code, or the key of a person or an organisation. */
    id: Id,
  },
  closed,
)

/** What must be done, or holds, where it is permitted. */
const Obligation = Type.Object(
  { code: oneOf(['pseudonymise', 'anonymise', 'redact', 'no-reidentification', 'report-results']) },
  closed,
)

const limits = {
  effect: oneOf(['permit', 'refuse']),
  /** The choice of the form that it came of. */
  item: orNull(Id),
  /** Null limits nothing (and, in what is nested, stands for what the one around it says). */
  purposes: orNull(some(purposes)),
  parties: orNull(Type.Array(Party, { minItems: 1, maxItems: 64 })),
  activities: orNull(some(activities)),
  categories: orNull(some(categories)),
  /** Of data from these days only; both inclusive. */
  dataFrom: orNull(OnDay),
  dataUntil: orNull(OnDay),
  /** While it holds; both inclusive. */
  from: orNull(OnDay),
  until: orNull(OnDay),
  /** Answers about groups of at least so many only. */
  minimumCohort: orNull(Type.Integer({ minimum: 2, maximum: 1_000_000 })),
  obligations: Type.Array(Obligation, { maxItems: 16 }),
}
/** A choice within a choice; no deeper. */
const Inner = Type.Object(limits, closed)
const Provision = Type.Object({ ...limits, within: Type.Array(Inner, { maxItems: 64 }) }, closed)

const standing = {
  grantor: oneOf(['self', 'guardian', 'agent', 'relative']),
  /** As the law counts consents (`consents[].by`). */
  giver: oneOf(consentGivers),
  relation: oneOf(relations),
  /** The key of who signed; never a name. */
  person: Id,
  /** What shows the authority: a digest of the document, or null for oneself. */
  authority: orNull(Type.Object({ document: Sha256, from: OnDay, until: orNull(OnDay) }, closed)),
  /** The choices that were theirs to make, where others signed beside; left out: all. */
  items: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 256, uniqueItems: true })),
  /** When they signed, and the number of the draft that is theirs; left out: at the instant of the agreement, which is theirs. */
  signedAt: Type.Optional(AtInstant),
  draft: Type.Optional(Id),
}
/** Who signed, in which standing, and what shows that they may. */
const Signer = Type.Object(standing, closed)

/** How somebody stands by a signature: they saw that it was made freely, or they put it into another language. */
export const attendanceParts = ['witness', 'interpreter'] as const
export type AttendancePart = (typeof attendanceParts)[number]

/** Whose signature is wanted still: the person's, that of somebody who decides for them, of another one who does, or of who stands by. */
export const awaitedSigners = ['self', 'guardian', 'second-guardian', ...attendanceParts] as const
export type AwaitedSigner = (typeof awaitedSigners)[number]

/** Who stands by a signature, with an account of their own. Without `confirmedAt` they have not said so yet. */
const Attendant = Type.Object(
  {
    part: oneOf(attendanceParts),
    person: Id,
    /** The number of what was signed in their presence. */
    attends: Id,
    confirmedAt: Type.Optional(AtInstant),
    /** The act by which they did. */
    act: Type.Optional(Id),
  },
  closed,
)

/** What keeps whoever signs from reading, seeing or writing it by themself. */
export const hindrances = ['cannot-read', 'cannot-see', 'cannot-write', 'other'] as const
const Hindrance = Type.Object(
  { because: oneOf(hindrances), words: Type.String({ minLength: 1, maxLength: 500 }) },
  closed,
)

/** Why somebody could not be asked. */
export const unableReasons = [
  'too-young',
  'unconscious',
  'illness',
  'cannot-make-understood',
  'other',
] as const
export const mostUnableWords = 500

/** What a child, or somebody who cannot decide alone, said of it beside the one who decides. */
const Voice = Type.Object(
  {
    said: oneOf(['assents', 'refuses', 'not-able']),
    heardOn: OnDay,
    /** Of `not-able`: why. What was signed before it was asked has none. */
    because: Type.Optional(oneOf(unableReasons)),
    words: Type.Optional(Type.String({ minLength: 1, maxLength: mostUnableWords })),
  },
  closed,
)

/** How a question on one choice went. */
const Understanding = Type.Object(
  {
    item: Id,
    attempts: Type.Integer({ minimum: 1, maximum: 20 }),
    understood: Type.Boolean(),
    /** Explained a second time, in other words, because it was missed. */
    explainedAgain: Type.Boolean(),
  },
  closed,
)

const Read = Type.Object(
  {
    form: Id,
    formSha256: Sha256,
    medium: oneOf(['screen', 'paper', 'spoken']),
    told: Type.Array(oneOf(disclosureElements), { uniqueItems: true }),
    understanding: Type.Array(Understanding, { maxItems: 64 }),
    /** “Who could then see what” was shown before the signature. */
    previewShown: Type.Boolean(),
  },
  closed,
)

const findingKinds = ['actionable', 'carrier', 'not-actionable', 'pharmacogenomic', 'unexpected'] as const
const FindingWish = Type.Object(
  { of: oneOf(findingKinds), wish: oneOf(['tell', 'do-not-tell', 'ask-later', 'tell-proxy']) },
  closed,
)

const Family = Type.Object(
  { tellRelatives: oneOf(['agrees', 'asks-doctor-anonymously', 'refuses', 'not-asked']) },
  closed,
)

const Emergency = Type.Object(
  { allowed: Type.Boolean(), minutes: Type.Integer({ minimum: 1, maximum: 10_080 }) },
  closed,
)

export const reconsentTriggers = ['form', 'purpose', 'law', 'majority'] as const
export type ReconsentTrigger = (typeof reconsentTriggers)[number]

/**
 * What one person agreed to and refused, as it was signed: never changed afterwards. What became of it is told by its events.
 * Days are those of the forms; nothing in it is a name.
 */
export const AgreementShape = Type.Object(
  {
    id: Id,
    /** 1, and one more with each that takes the place of the one before. */
    version: Type.Integer({ minimum: 1 }),
    supersedes: orNull(Id),
    subject: Id,
    jurisdictions: Type.Array(oneOf(jurisdictions), { minItems: 1, uniqueItems: true }),
    language: oneOf(['en', 'zh']),
    from: OnDay,
    until: orNull(OnDay),
    signedAt: AtInstant,
    signer: Signer,
    coSigners: Type.Array(Signer, { maxItems: 4 }),
    /** A draft: until these have signed the same it permits nothing; what it refuses binds at once. Left out: all have signed who must. */
    awaits: Type.Optional(some(awaitedSigners)),
    voice: orNull(Voice),
    /** Who confirmed that they saw it signed; an interpreter who is only named stands here by a key. */
    witness: orNull(Id),
    interpreter: orNull(Id),
    attendants: Type.Optional(Type.Array(Attendant, { minItems: 1, maxItems: 16 })),
    hindrance: Type.Optional(Hindrance),
    /** How it was given, as the law counts forms. */
    forms: Type.Array(oneOf(consentForms), { minItems: 1, uniqueItems: true }),
    read: Read,
    /** What is not named is refused, unless it says otherwise. */
    base: oneOf(['refuse', 'permit']),
    provisions: Type.Array(Provision, { maxItems: 256 }),
    findings: Type.Array(FindingWish, { maxItems: findingKinds.length }),
    recontact: Type.Boolean(),
    /** What the person wants done with the data after death. */
    afterDeath: oneOf(['as-before', 'stop', 'not-asked']),
    family: Family,
    emergency: Emergency,
    reconsentOn: Type.Array(oneOf(reconsentTriggers), { uniqueItems: true }),
    /** The review that it stands under, and visas given on it. */
    review: orNull(Id),
    visas: Type.Array(Id, { maxItems: 64, uniqueItems: true }),
  },
  closed,
)
export type Agreement = Static<typeof AgreementShape>
export type Provision = Static<typeof Provision>
export type InnerProvision = Static<typeof Inner>
export type Party = Static<typeof Party>
export type ObligationCode = Static<typeof Obligation>['code']
export type Signer = Static<typeof Signer>
export type Attendant = Static<typeof Attendant>
export type Hindrance = Static<typeof Hindrance>

/** Nothing else happens to what was signed. */
export type AgreementEvent = { readonly at: Instant } & (
  | { readonly kind: 'paused'; readonly because: ReconsentTrigger | 'asked' | 'capacity-regained' | 'death' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'superseded'; readonly by: string }
  /** Null: the whole of it. Otherwise these choices only. */
  | { readonly kind: 'withdrawn'; readonly items: readonly string[] | null }
)
export const agreementStates = [
  'draft',
  'given',
  'paused',
  'superseded',
  'withdrawn',
  'expired',
  'refused',
] as const
export type AgreementState = (typeof agreementStates)[number]
