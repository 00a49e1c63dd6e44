import fc from 'fast-check'
import { type Agreement, type AgreementEvent, awaitedSigners } from '#consent'
import { addDays, type Day, instantOf, type Sha256Hex } from '#kernel'
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

/** What `AgreementShape` allows, small values first. */
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,9}$/)
const firstDay = '2020-01-01' as Day
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays(firstDay, days))
const instant = fc.integer({ min: 1_577_836_800_000, max: 1_900_000_000_000 }).map(instantOf)
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => hex as Sha256Hex)
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const some = <T>(codes: readonly T[], minLength = 1) =>
  fc.subarray([...codes], { minLength, maxLength: Math.min(codes.length, 4) })
const flag = fc.boolean()

const parties = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('organisation-kind' as const),
      id: fc.constantFrom('company', 'biobank'),
    }),
    fc.record({ kind: fc.constantFrom('country' as const), id: fc.constantFrom('CN', 'FR') }),
    fc.record({ kind: fc.constantFrom('person' as const, 'role' as const, 'organisation' as const), id }),
  ),
  { minLength: 1, maxLength: 3 },
)
const obligations = fc.array(
  fc.record({
    code: fc.constantFrom(
      ...(['pseudonymise', 'anonymise', 'redact', 'no-reidentification', 'report-results'] as const),
    ),
  }),
  { maxLength: 1 },
)
/** Mostly without a limit, so that permissions and refusals meet. */
const seldom = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 1 })
const limits = {
  effect: fc.constantFrom('permit' as const, 'refuse' as const),
  item: orNull(fc.constantFrom('i1', 'i2', 'i3')),
  purposes: orNull(some(purposes)),
  parties: seldom(parties),
  activities: seldom(some(activities)),
  categories: seldom(some(categories)),
  dataFrom: seldom(day),
  dataUntil: seldom(day),
  from: seldom(day),
  until: seldom(day),
  minimumCohort: seldom(fc.integer({ min: 2, max: 1_000_000 })),
  obligations,
}
const provision = fc.record({ ...limits, within: fc.array(fc.record(limits), { maxLength: 2 }) })

/** Who stands by a signature, asked and confirmed. */
const attendants = fc.array(
  fc.record(
    {
      part: fc.constantFrom('witness' as const, 'interpreter' as const),
      ...{ person: id, attends: id, confirmedAt: instant, act: id },
    },
    { requiredKeys: ['part', 'person', 'attends'] },
  ),
  { minLength: 1, maxLength: 2 },
)
const hindrance = fc.record({
  because: fc.constantFrom('cannot-read' as const, 'other' as const),
  words: fc.constantFrom('never learned it', '不识字'),
})

const standing = {
  grantor: fc.constantFrom('self' as const, 'guardian' as const, 'agent' as const, 'relative' as const),
  giver: fc.constantFrom(...consentGivers),
  relation: fc.constantFrom(...relations),
  person: id,
  authority: orNull(fc.record({ document: sha256, from: day, until: orNull(day) })),
  items: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
  ...{ signedAt: instant, draft: id },
}
const always = ['grantor', 'giver', 'relation', 'person', 'authority'] as const
const signer = fc.record(standing, { requiredKeys: [...always] })
const understanding = fc.record({
  item: id,
  attempts: fc.integer({ min: 1, max: 20 }),
  understood: flag,
  explainedAgain: flag,
})
const read = fc.record({
  form: id,
  formSha256: sha256,
  medium: fc.constantFrom('screen' as const, 'paper' as const, 'spoken' as const),
  told: some(disclosureElements, 0),
  understanding: fc.array(understanding, { maxLength: 2 }),
  previewShown: flag,
})
const finding = fc.record({
  of: fc.constantFrom(
    ...(['actionable', 'carrier', 'not-actionable', 'pharmacogenomic', 'unexpected'] as const),
  ),
  wish: fc.constantFrom(...(['tell', 'do-not-tell', 'ask-later', 'tell-proxy'] as const)),
})

const settled: fc.Arbitrary<Agreement> = fc.record({
  id,
  version: fc.integer({ min: 1, max: 99 }),
  supersedes: orNull(id),
  subject: id,
  jurisdictions: some(jurisdictions),
  language: fc.constantFrom('en' as const, 'zh' as const),
  from: day,
  until: seldom(day),
  signedAt: instant,
  signer,
  coSigners: fc.array(signer, { maxLength: 2 }),
  voice: orNull(
    fc.record(
      {
        said: fc.constantFrom('assents' as const, 'refuses' as const, 'not-able' as const),
        heardOn: day,
        because: fc.constantFrom('illness' as const, 'other' as const),
        words: fc.constantFrom('asleep', '睡着了'),
      },
      { requiredKeys: ['said', 'heardOn'] },
    ),
  ),
  witness: orNull(id),
  interpreter: orNull(id),
  forms: some(consentForms),
  read,
  base: fc.constantFrom('refuse' as const, 'permit' as const),
  provisions: fc.array(provision, { maxLength: 5 }),
  findings: fc.array(finding, { maxLength: 3 }),
  recontact: flag,
  afterDeath: fc.constantFrom('as-before' as const, 'stop' as const, 'not-asked' as const),
  family: fc.record({
    tellRelatives: fc.constantFrom(
      ...(['agrees', 'asks-doctor-anonymously', 'refuses', 'not-asked'] as const),
    ),
  }),
  emergency: fc.record({ allowed: flag, minutes: fc.integer({ min: 1, max: 10_080 }) }),
  reconsentOn: some(['form', 'purpose', 'law', 'majority'] as const, 0),
  review: seldom(id),
  visas: fc.uniqueArray(id, { maxLength: 2 }),
})
export const anyAgreement: fc.Arbitrary<Agreement> = fc
  .tuple(settled, seldom(some(awaitedSigners)), seldom(attendants), seldom(hindrance))
  .map(([agreement, awaits, attendants, hindrance]) => ({
    ...agreement,
    ...(awaits && { awaits }),
    ...(attendants && { attendants }),
    ...(hindrance && { hindrance }),
  }))

export const anyEvents: fc.Arbitrary<readonly AgreementEvent[]> = fc.array(
  fc.oneof(
    fc.record({
      at: instant,
      kind: fc.constant('paused' as const),
      because: fc.constantFrom('asked' as const, 'law' as const),
    }),
    fc.record({ at: instant, kind: fc.constant('resumed' as const) }),
    fc.record({ at: instant, kind: fc.constant('superseded' as const), by: id }),
    fc.record({
      at: instant,
      kind: fc.constant('withdrawn' as const),
      items: orNull(some(['i1', 'i2', 'i3'], 0)),
    }),
  ),
  { maxLength: 3 },
)

/** One thing that somebody wants to do; the most plain question that can be asked. */
export type PlainRequest = {
  readonly purpose: (typeof purposes)[number]
  readonly category: (typeof categories)[number]
  readonly activity: (typeof activities)[number]
  readonly party: { readonly kind: string; readonly id: string }
  readonly on: Day
}

/**
 * The plain reading that what is written for others is held against: each choice by itself, what is nested with what it inherits;
 * a refusal that reaches the request beats every permission; nothing that reaches it: the base.
 */
export function plainlyPermits(agreement: Agreement, request: PlainRequest): boolean {
  const choices = agreement.provisions.flatMap((outer) => [
    outer,
    ...outer.within.map((inner) => ({
      ...outer,
      ...Object.fromEntries(Object.entries(inner).filter(([, value]) => value !== null)),
      effect: inner.effect,
    })),
  ])
  const reached = choices.filter(
    (one) =>
      (one.purposes?.includes(request.purpose) ?? true) &&
      (one.categories?.includes(request.category) ?? true) &&
      (one.activities?.includes(request.activity) ?? true) &&
      (one.parties?.some(({ kind, id }) => kind === request.party.kind && id === request.party.id) ?? true) &&
      (one.from === null || one.from <= request.on) &&
      (one.until === null || request.on <= one.until),
  )
  const inForce = agreement.from <= request.on && (agreement.until === null || request.on <= agreement.until)
  if (!inForce || reached.some(({ effect }) => effect === 'refuse')) return false
  return agreement.base === 'permit' || reached.some(({ effect }) => effect === 'permit')
}
