import { type Fault, isRecord, type Json, ok, type Result } from '#kernel'
import type { FhirResource } from '#usecases'
import { checkSubject, splitBundle } from './bundle.ts'
import type { FhirFault } from './element.ts'

/** The resources of a record, all about one patient, who is called by the number that this server knows them by. */
export function resourcesOf(
  document: Json,
  where: string,
  subject: string,
): Result<readonly FhirResource[], Fault<FhirFault>> {
  const split = splitBundle(document, where)
  if (!split.ok) return split
  const { patient, entries } = split.value
  for (const entry of entries) {
    const checked = checkSubject(entry, patient)
    if (!checked.ok) return checked
  }
  const called = [{ ...patient.resource, resourceType: 'Patient', id: subject }]
  const others = entries.map(({ resource, type }, i) => {
    const member = type === 'AllergyIntolerance' ? 'patient' : 'subject'
    const id = typeof resource['id'] === 'string' ? resource['id'] : `${type.toLowerCase()}-${i + 1}`
    const reference = {
      ...(isRecord(resource[member]) ? resource[member] : {}),
      reference: `Patient/${subject}`,
    }
    return { ...resource, resourceType: type, id, [member]: reference }
  })
  return ok([...called, ...others] as readonly FhirResource[])
}
