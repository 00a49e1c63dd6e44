import {
  type Code,
  type Exception,
  type Identifier,
  type OutsideCase,
  type OutsideConsent,
  type OutsideRequest,
  readShape,
} from '#consent'
import { type Day, err, type Fault, inputFault, ok, parseDay, type Result } from '#kernel'
import {
  type Coding,
  type ConsentCase,
  ConsentCases,
  type Party,
  type Period,
  type Provision,
  R4Consent,
  R5Consent,
} from './consentShape.ts'

/** FHIR R4 and R5 Consents with what is asked of them. All must be well formed before any is answered. */
export function readConsentCases(document: unknown, where: string): Result<readonly OutsideCase[], Fault> {
  const shaped = readShape(ConsentCases, document, `${where} $`, 'consent.shape')
  if (!shaped.ok) return shaped
  const cases: OutsideCase[] = []
  for (const [i, one] of shaped.value.cases.entries()) {
    const read = readCase(one, `${where} $.cases[${i}]`)
    if (!read.ok) return read
    cases.push(read.value)
  }
  return ok(cases)
}

function readCase(one: ConsentCase, where: string): Result<OutsideCase, Fault> {
  const at = parseDay(one.at.slice(0, 10))
  if (at === undefined)
    return err(inputFault('consent.day', `${where}.at`, 'no day of the calendar', 'a day'))
  const parties = new Map((one.actors ?? []).map((party) => [`${party.resourceType}/${party.id}`, party]))
  const consents: OutsideConsent[] = []
  const persons = new Set<string>()
  for (const [i, value] of one.consents.entries()) {
    const place = `${where}.consents[${i}]`
    const read = one.fhirVersion === 'R4' ? readR4(value, place, parties) : readR5(value, place, parties)
    if (!read.ok) return read
    consents.push(read.value.consent)
    if (read.value.person !== undefined) persons.add(read.value.person)
    if (persons.size > 1)
      return err(inputFault('consent.persons', place, 'a consent of somebody else', 'consents of one person'))
  }
  return ok({ id: one.id, at, consents, request: requestOf(one.request) })
}

type Parties = ReadonlyMap<string, Party>
type Read = Result<{ readonly consent: OutsideConsent; readonly person: string | undefined }, Fault>

function readR4(value: unknown, where: string, parties: Parties): Read {
  const shaped = readShape(R4Consent, value, where, 'consent.shape')
  if (!shaped.ok) return shaped
  const { id, status, category, dateTime, policyRule, provision, patient } = shaped.value
  const rule = policyRule?.coding?.map(({ code }) =>
    code === 'OPTIN' ? 'permit' : code === 'OPTOUT' ? 'deny' : null,
  )
  const base = provision?.type ?? rule?.find((one) => one !== null) ?? null
  const consent: OutsideConsent = {
    ...{ id, active: status === 'active', givenOn: firstDay(dateTime), base },
    ...termOf(provision?.period),
    categories: categoriesOf(category),
    purposes: codesOf(provision?.purpose),
    ...within(provision?.provision ?? [], base, parties),
    ...(isModified(shaped.value) || (provision && isModified(provision)) ? modified : {}),
  }
  return ok({ consent, person: patient?.reference })
}

/**
 * What is permitted once more within a permission is no exception. What is denied once more within a denial stands against what is
 * permitted beside it, unless it limits itself in no way: then it is the base in other words.
 */
function within(provisions: readonly Provision[], base: OutsideConsent['base'], parties: Parties) {
  const read = (list: readonly Provision[]) => list.map((one) => exceptionOf(one, parties))
  const again = provisions.filter(({ type }) => base === 'deny' && type === 'deny')
  return {
    exceptions: read(provisions.filter(({ type }) => type === undefined || type !== base)),
    refusals: read(again.filter((one) => Object.keys(one).some((member) => !saysNothing.has(member)))),
  }
}
const saysNothing = new Set(['id', 'type'])

function readR5(value: unknown, where: string, parties: Parties): Read {
  const shaped = readShape(R5Consent, value, where, 'consent.shape')
  if (!shaped.ok) return shaped
  const { id, status, category, date, period, decision, provision, subject } = shaped.value
  const consent: OutsideConsent = {
    ...{ id, active: status === 'active', givenOn: firstDay(date), base: decision ?? null },
    ...termOf(period),
    categories: categoriesOf(category),
    purposes: null,
    exceptions: (provision ?? []).map((one) => exceptionOf(one, parties)),
    refusals: [],
    ...(isModified(shaped.value) ? modified : {}),
  }
  return ok({ consent, person: subject?.reference })
}

/**
 * A modifier extension, or rules that the resource was made under, may turn its meaning round (FHIR “modifierExtension”,
 * “implicitRules”): whatever it says, nothing is taken as permitted by it.
 */
const isModified = (element: object): boolean => 'modifierExtension' in element || 'implicitRules' in element
const modified = { base: 'deny', exceptions: [], refusals: [] } as const

/** Members that an exception is understood by; any other limits it in a way that is not. */
const understood = new Set([
  'id',
  'type',
  'period',
  'actor',
  'purpose',
  'class',
  'resourceType',
  'securityLabel',
  'code',
])

function exceptionOf(provision: Provision, parties: Parties): Exception {
  const { actor, purpose, class: kinds, resourceType, securityLabel, code, period } = provision
  const classes = [...(kinds ?? []), ...(resourceType ?? [])]
  const codes = (code ?? []).flatMap(({ coding }) => coding ?? [])
  return {
    purposes: codesOf(purpose),
    actors: actor ? actorsOf(actor, parties) : null,
    classes: kinds || resourceType ? codesOf(classes) : null,
    labels: securityLabel || code ? codesOf([...(securityLabel ?? []), ...codes]) : null,
    ...termOf(period),
    unclear: Object.keys(provision).some((member) => !understood.has(member)),
  }
}

function actorsOf(
  actors: NonNullable<Provision['actor']>,
  parties: Parties,
): NonNullable<Exception['actors']> {
  const found = actors.map(({ reference }) => parties.get(reference?.reference ?? ''))
  return {
    identifiers: found.flatMap((party) => identifiersOf(party?.identifier) ?? []),
    someUnknown: found.includes(undefined),
  }
}

function requestOf({
  category,
  purposeOfUse,
  actor,
  class: classes,
}: ConsentCase['request']): OutsideRequest {
  return {
    categories: codesOf(category),
    purposes: typeof purposeOfUse === 'string' ? [purposeOfUse] : (purposeOfUse ?? null),
    actors: identifiersOf(actor),
    classes: codesOf(classes),
  }
}

const codesOf = (codings: readonly Coding[] | null | undefined): readonly Code[] | null =>
  codings ? codings.flatMap(({ system = '', code }) => (code === undefined ? [] : [{ system, code }])) : null

const categoriesOf = (category: R4Consent['category']): readonly Code[] | null =>
  category ? category.flatMap(({ coding }) => codesOf(coding) ?? []) : null

const identifiersOf = (list: Party['identifier'] | null): readonly Identifier[] | null =>
  list ? list.flatMap(({ system = '', value }) => (value === undefined ? [] : [{ system, value }])) : null

const termOf = (period: Period | undefined) => ({
  from: firstDay(period?.start),
  until: lastDay(period?.end),
})

/** A year or month begins on its first day … */
const firstDay = (date: string | undefined): Day | null =>
  date === undefined
    ? null
    : ((date.slice(0, 10) + '-01-01'.slice(date.length >= 7 ? 3 : 0)).slice(0, 10) as Day)
/** … and ends on its last; days of a month sort as text, so the 31st stands for the last of any. */
const lastDay = (date: string | undefined): Day | null =>
  date === undefined
    ? null
    : ((date.slice(0, 10) + '-12-31'.slice(date.length >= 7 ? 3 : 0)).slice(0, 10) as Day)
