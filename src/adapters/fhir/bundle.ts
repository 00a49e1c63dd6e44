import { type Fault, isRecord, kindOf, ok, type Result } from '#kernel'
import { type Element, type FhirFault, fault } from './element.ts'

/** A resource of the bundle with the JSON path that faults and facts name. */
export type Entry = {
  readonly resource: Element
  readonly type: string
  readonly where: string
  readonly from: string
  readonly fullUrl: string | null
}

/** Splits a Bundle and checks that it is about one patient. */
export function splitBundle(
  value: unknown,
  where: string,
): Result<{ readonly patient: Entry; readonly entries: readonly Entry[] }, Fault<FhirFault>> {
  if (!isRecord(value)) return fault('fhir.not-a-bundle', `${where} $`, kindOf(value), 'a FHIR R4 Bundle')
  if (value['resourceType'] !== 'Bundle')
    return fault('fhir.not-a-bundle', `${where} $.resourceType`, 'another resource', 'Bundle')
  const list = value['entry'] ?? []
  if (!Array.isArray(list)) return fault('fhir.shape', `${where} $.entry`, kindOf(list), 'an array')
  const entries: Entry[] = []
  for (const [i, item] of list.entries()) {
    const path = `${where} $.entry[${i}]`
    const resource = isRecord(item) ? item['resource'] : undefined
    if (!isRecord(item) || !isRecord(resource))
      return fault('fhir.shape', `${path}.resource`, kindOf(resource), 'a resource')
    const type = resource['resourceType']
    if (typeof type !== 'string')
      return fault('fhir.shape', `${path}.resource.resourceType`, kindOf(type), 'the name of a resource type')
    const fullUrl = typeof item['fullUrl'] === 'string' ? item['fullUrl'] : null
    entries.push({
      resource,
      type,
      where: `${path}.resource`,
      from: `${type} ${path.split(' ')[1]}`,
      fullUrl,
    })
  }
  const patients = entries.filter(({ type }) => type === 'Patient')
  const [patient] = patients
  if (patient === undefined || patients.length > 1)
    return fault('fhir.patients', `${where} $.entry`, `${patients.length} Patient resources`, 'exactly one')
  return ok({ patient, entries: entries.filter((entry) => entry !== patient) })
}

/** Whether a reference (absolute, relative or by bundle address) leads to this entry. */
function leadsTo(reference: string, { resource, type, fullUrl }: Entry): boolean {
  if (fullUrl !== null && reference === fullUrl) return true
  const id = resource['id']
  if (typeof id !== 'string') return false
  const [path = ''] = reference.split('/_history/')
  return path === `${type}/${id}` || path.endsWith(`/${type}/${id}`)
}

/** Fault when a resource says that it is about somebody else. */
export function checkSubject(
  { resource, where, type }: Entry,
  patient: Entry,
): Result<undefined, Fault<FhirFault>> {
  const member = type === 'AllergyIntolerance' ? 'patient' : 'subject'
  const subject = resource[member]
  if (subject === undefined) return ok(undefined)
  const reference = isRecord(subject) ? subject['reference'] : subject
  if (reference === undefined) return ok(undefined)
  if (typeof reference !== 'string')
    return fault('fhir.shape', `${where}.${member}.reference`, kindOf(reference), 'text')
  if (leadsTo(reference, patient)) return ok(undefined)
  return fault(
    'fhir.other-subject',
    `${where}.${member}.reference`,
    'a statement about somebody else',
    'the patient of the bundle',
  )
}

/** The resource that a reference names: contained in the same resource, or another entry. */
export function resolve(reference: string, from: Entry, entries: readonly Entry[]): Element | undefined {
  if (!reference.startsWith('#')) return entries.find((entry) => leadsTo(reference, entry))?.resource
  const contained = from.resource['contained']
  if (!Array.isArray(contained)) return undefined
  return contained.filter(isRecord).find((resource) => resource['id'] === reference.slice(1))
}
