import { type Agreement, type AgreementEvent, AgreementShape } from '#consent'
import {
  allOk,
  type Day,
  err,
  type Fault,
  inputFault,
  isRecord,
  kindOf,
  ok,
  parseDay,
  type Result,
} from '#kernel'
import { agreeWith } from './agreeWith.ts'
import { uncarry } from './carried.ts'
import { type FhirVersion, ownUrl } from './codes.ts'
import { EventShape, eventOf } from './event.ts'
import type { Lost } from './lost.ts'
import { writeConsent } from './writeConsent.ts'

export type ReadConsent = {
  readonly agreement: Agreement
  /** What became of it: an agreement without its events would stand again. */
  readonly events: readonly AgreementEvent[]
  readonly lost: readonly Lost[]
}

/**
 * A Consent that carries an agreement, back again. Its elements must say what we would write of that agreement: what they say otherwise,
 * or beyond, in a way that could change what is permitted or refused, is refused at its place; what is harmless and not kept is
 * `lost`. A Consent that carries none cannot become an agreement (nothing shows what was read and signed): `habeas consent` decides on those.
 */
export function readConsent(
  resource: unknown,
  version: FhirVersion,
  where: string,
): Result<ReadConsent, Fault> {
  const root = `${where} $`
  const tooLarge = findTooLarge(resource, root)
  if (tooLarge) return err(tooLarge)
  if (!isRecord(resource)) return err(inputFault('consent.shape', root, kindOf(resource), 'a FHIR Consent'))
  if (resource['resourceType'] !== 'Consent')
    return err(inputFault('consent.shape', `${root}.resourceType`, 'another resource', 'Consent'))
  const carried = readCarried(resource['extension'], `${root}.extension`)
  if (!carried.ok) return carried
  const { agreement, events, at } = carried.value
  const again = writeConsent(agreement, events, version, at)
  const agreed = agreeWith(resource, again.resource, root)
  return agreed.ok ? ok({ agreement, events, lost: agreed.value }) : agreed
}

type Carried = {
  readonly agreement: Agreement
  readonly events: readonly AgreementEvent[]
  readonly at: Day | null
}
type Placed = { readonly value: { readonly [member: string]: unknown }; readonly place: string }

function readCarried(list: unknown, where: string): Result<Carried, Fault> {
  if (!Array.isArray(list)) return err(inputFault('consent.carried', where, kindOf(list), 'an agreement'))
  const placed = list.flatMap((value, i) => (isRecord(value) ? [{ value, place: `${where}[${i}]` }] : []))
  const named = (name: string) => placed.filter(({ value }) => value['url'] === ownUrl(name))
  const agreement = readAgreement(named('agreement'), where)
  if (!agreement.ok) return agreement
  const events = allOk(named('agreement-event').map(readEvent))
  if (!events.ok) return events
  const at = readDay(named('as-of')[0])
  return at.ok ? ok({ agreement: agreement.value, events: events.value, at: at.value }) : at
}

function readAgreement([only, second]: readonly Placed[], where: string): Result<Agreement, Fault> {
  if (only === undefined || second !== undefined) {
    const found = only === undefined ? 'no agreement' : 'several agreements'
    return err(inputFault('consent.carried', second?.place ?? where, found, 'one, as it was signed'))
  }
  return uncarry(AgreementShape, only.value, only.place) as Result<Agreement, Fault>
}

function readEvent({ value, place }: Placed): Result<AgreementEvent, Fault> {
  const members = uncarry(EventShape, value, place)
  if (!members.ok) return members
  const event = eventOf(members.value as Parameters<typeof eventOf>[0])
  return event
    ? ok(event)
    : err(inputFault('consent.carried', place, 'members that its kind has not', 'an event of an agreement'))
}

function readDay(placed: Placed | undefined): Result<Day | null, Fault> {
  if (placed === undefined) return ok(null)
  const text = placed.value['valueDate']
  const day = typeof text === 'string' ? parseDay(text) : undefined
  return day
    ? ok(day)
    : err(inputFault('consent.carried', `${placed.place}.valueDate`, kindOf(text), 'a day'))
}

/** More than the largest agreement comes to, and far less than would keep a reader busy. */
const mostParts = 2_000_000
const deepest = 40

/** Walks with a stack of its own, before anything else looks at the resource. */
function findTooLarge(root: unknown, where: string): Fault | undefined {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }]
  let parts = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    parts += 1
    if (parts + open.length > mostParts)
      return inputFault('consent.too-large', where, 'more parts', `at most ${mostParts}`)
    if (next.depth > deepest)
      return inputFault('consent.too-large', where, 'deeper nesting', `at most ${deepest}`)
    if (typeof next.value !== 'object' || next.value === null) continue
    for (const value of Object.values(next.value)) open.push({ value, depth: next.depth + 1 })
  }
  return undefined
}
