import type { Day } from '#kernel'
import type {
  Code,
  Exception,
  Identifier,
  OutsideConsent,
  OutsideDecision,
  OutsideRequest,
  Redaction,
} from './outside.ts'

/**
 * What consents from outside say to a request on a day. Nothing that applies: deny. A refusal beats every permission, however old
 * it is (`contracts/consent-model.md`: an older specific refusal is not buried by a newer broad consent). Where it is not known
 * whether an exception reaches the request, one that refuses does and one that permits does not.
 */
export function decideOutside(
  consents: readonly OutsideConsent[],
  request: OutsideRequest,
  at: Day,
): OutsideDecision {
  const decided = consents
    .filter((consent) => applies(consent, request, at))
    .map((consent) => ({ id: consent.id, ...decideOne(consent, request, at) }))
  const refusing = decided.filter(({ decision }) => decision === 'deny')
  if (refusing.length > 0 || decided.length === 0)
    return { decision: 'deny', obligations: [], basedOn: refusing.map(({ id }) => id) }
  const obligations = mergeByKind(decided.flatMap(({ redactions }) => redactions))
  const basedOn = decided.map(({ id }) => id)
  return obligations === 'nothing-left'
    ? { decision: 'deny', obligations: [], basedOn }
    : { decision: 'permit', obligations, basedOn }
}

function applies(consent: OutsideConsent, request: OutsideRequest, at: Day): boolean {
  if (!consent.active || consent.base === null || !runs(consent, at)) return false
  // What was agreed to later than now was not agreed to yet; what was refused so is taken at its word.
  if (consent.base === 'permit' && consent.givenOn !== null && consent.givenOn > at) return false
  if (request.categories && consent.categories && !shares(request.categories, consent.categories))
    return false
  return reachesPurpose(consent.purposes, request, consent.base === 'deny')
}

type One = { readonly decision: 'permit' | 'deny'; readonly redactions: readonly Redaction[] }
const refusal: One = { decision: 'deny', redactions: [] }

function decideOne(consent: OutsideConsent, request: OutsideRequest, at: Day): One {
  const refuses = consent.base === 'permit'
  const reached = consent.exceptions.filter((exception) => reaches(exception, request, at, refuses))
  if (refuses) return permitBut(reached, request)
  const permitted = denyBut(reached)
  if (permitted.decision === 'deny') return refusal
  const refused = permitBut(
    consent.refusals.filter((one) => reaches(one, request, at, true)),
    request,
  )
  if (refused.decision === 'deny') return refusal
  return { decision: 'permit', redactions: [...permitted.redactions, ...refused.redactions] }
}

/** All but what is refused. What is asked for by name and refused by name is refused. */
function permitBut(reached: readonly Exception[], { classes }: OutsideRequest): One {
  if (reached.some((exception) => codesOf(exception).length === 0)) return refusal
  if (classes && reached.some((exception) => exception.classes && shares(exception.classes, classes)))
    return refusal
  const codes = reached.flatMap(codesOf)
  return { decision: 'permit', redactions: codes.length > 0 ? [{ action: 'REDACT', codes }] : [] }
}

/** Nothing but what is permitted. One that permits by class and label at once cannot be said as a list of codes: it permits nothing. */
function denyBut(reached: readonly Exception[]): One {
  const permitting = reached.filter(({ classes, labels }) => classes === null || labels === null)
  if (permitting.length === 0) return refusal
  if (permitting.some((exception) => codesOf(exception).length === 0))
    return { decision: 'permit', redactions: [] }
  return {
    decision: 'permit',
    redactions: [{ action: 'REDACT', exceptAnyOfCodes: permitting.flatMap(codesOf) }],
  }
}

const codesOf = ({ labels, classes }: Exception): readonly Code[] => [...(labels ?? []), ...(classes ?? [])]

function reaches(exception: Exception, request: OutsideRequest, at: Day, refuses: boolean): boolean {
  if (exception.unclear && !refuses) return false
  const { classes, actors } = exception
  return (
    runs(exception, at) &&
    reachesPurpose(exception.purposes, request, refuses) &&
    (actors === null || reachesActor(actors, request.actors, refuses)) &&
    (classes === null || request.classes === null || shares(classes, request.classes))
  )
}

/** A purpose that was not said never matches a permission that is bound to one. */
const reachesPurpose = (
  limits: readonly Code[] | null,
  { purposes }: OutsideRequest,
  refuses: boolean,
): boolean =>
  limits === null || (purposes === null ? refuses : limits.some(({ code }) => purposes.includes(code)))

function reachesActor(
  { identifiers, someUnknown }: NonNullable<Exception['actors']>,
  asking: readonly Identifier[] | null,
  refuses: boolean,
): boolean {
  const known = asking?.some((one) =>
    identifiers.some((other) => one.system === other.system && one.value === other.value),
  )
  return known || (refuses && (asking === null || someUnknown))
}

const runs = ({ from, until }: { readonly from: Day | null; readonly until: Day | null }, at: Day): boolean =>
  (from === null || from <= at) && (until === null || at <= until)

const same =
  (a: Code) =>
  (b: Code): boolean =>
    a.system === b.system && a.code === b.code
const shares = (some: readonly Code[], others: readonly Code[]): boolean =>
  some.some((one) => others.some(same(one)))
const once = (codes: readonly Code[]): readonly Code[] =>
  codes.filter((code, i) => codes.findIndex(same(code)) === i)

/** One obligation of each kind. What several consents permit only in part is what all of them permit. */
function mergeByKind(redactions: readonly Redaction[]): readonly Redaction[] | 'nothing-left' {
  const codes = once(redactions.flatMap((one) => ('codes' in one ? one.codes : [])))
  const [first, ...others] = redactions.flatMap((one) =>
    'exceptAnyOfCodes' in one ? [one.exceptAnyOfCodes] : [],
  )
  const kept = first && once(first.filter((code) => others.every((other) => other.some(same(code)))))
  if (kept?.length === 0) return 'nothing-left'
  return [
    ...(codes.length > 0 ? [{ action: 'REDACT', codes } as const] : []),
    ...(kept ? [{ action: 'REDACT', exceptAnyOfCodes: kept } as const] : []),
  ]
}
