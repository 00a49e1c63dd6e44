import type { RecordedAgreement } from '#consent'
import type { Day } from '#kernel'
import type { FhirResource } from '../caseFolder.ts'

/** An agreement as others read it: a FHIR Consent that says what it is worth on that day, never more than was agreed to. */
export type ConsentOut = {
  readonly consentOut: (recorded: RecordedAgreement, version: 'R4' | 'R5', at: Day) => FhirResource
}
