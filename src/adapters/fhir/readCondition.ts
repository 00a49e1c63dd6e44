import { type Fault, isRecord, ok, type Result } from '#kernel'
import type { Condition } from '#person'
import type { Entry } from './bundle.ts'
import { codedOf, codesOf, dayIn, type FhirFault, wordOf } from './element.ts'

type Read = Result<Condition | null | 'unclear', Fault<FhirFault>>

/** A Condition that is not refuted; resolved ones are kept as past. Null: it says that there is none. */
export function readCondition(entry: Entry): Read {
  const { resource, where } = entry
  const verification = codesOf(resource['verificationStatus'])
  if (verification.some((code) => ['refuted', 'entered-in-error'].includes(code))) return ok(null)
  const past = codesOf(resource['clinicalStatus']).some((code) =>
    ['inactive', 'remission', 'resolved'].includes(code),
  )
  const on = dayIn(resource['onsetDateTime'] ?? resource['recordedDate'], `${where}.onsetDateTime`)
  return on.ok ? conditionOf(entry, past, on.value) : on
}

/** A Procedure that was done says what the person has undergone. */
export function readProcedure(entry: Entry): Read {
  const { resource, where } = entry
  if (!['completed', 'in-progress'].includes(wordOf(resource['status']))) return ok(null)
  const period = isRecord(resource['performedPeriod']) ? resource['performedPeriod']['start'] : undefined
  const on = dayIn(resource['performedDateTime'] ?? period, `${where}.performedDateTime`)
  return on.ok ? conditionOf(entry, false, on.value) : on
}

function conditionOf(entry: Entry, past: boolean, on: Condition['on']): Read {
  const { names, icd10, snomed } = codedOf(entry.resource['code'])
  if (names.length + icd10.length + snomed.length === 0) return ok('unclear')
  return ok({ names, icd10, snomed, past, on, from: entry.from })
}
