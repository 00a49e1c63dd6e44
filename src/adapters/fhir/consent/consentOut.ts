import type { ConsentOut, FhirResource } from '#usecases'
import { writeConsent } from './writeConsent.ts'

/** What a reader of FHIR sees; what such a reader would miss is in the extension that carries it whole. */
export const consentOut: ConsentOut['consentOut'] = ({ agreement, events }, version, at) =>
  writeConsent(agreement, events, version, at).resource as FhirResource
