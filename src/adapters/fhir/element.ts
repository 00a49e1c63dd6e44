import { type Day, err, type Fault, inputFault, isRecord, kindOf, ok, parseDay, type Result } from '#kernel'

export type Element = { readonly [name: string]: unknown }
export type FhirFault =
  | 'fhir.not-a-bundle'
  | 'fhir.patients'
  | 'fhir.other-subject'
  | 'fhir.shape'
  | 'fhir.value'
  | 'quantity.unit'
  | 'quantity.range'

export const fault = (code: FhirFault, where: string, found: string, expected: string) =>
  err<Fault<FhirFault>>(inputFault(code, where, found, expected))

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null

/** A code as written; anything that is not text is no code. */
export const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The code of a CodeableConcept or code in any of its codings. */
export function codesOf(concept: unknown): readonly string[] {
  if (typeof concept === 'string') return [concept]
  if (!isRecord(concept) || !Array.isArray(concept['coding'])) return []
  return concept['coding'].flatMap((coding) => (isRecord(coding) ? (textOf(coding['code']) ?? []) : []))
}

export type Coded = {
  readonly names: readonly string[]
  readonly atc: readonly string[]
  readonly rxnorm: readonly string[]
  readonly snomed: readonly string[]
  readonly icd10: readonly string[]
  readonly loinc: readonly string[]
}
type System = Exclude<keyof Coded, 'names'>

/** Coding systems by their FHIR addresses, and the common OIDs. */
const systems: { readonly [uri: string]: System } = {
  'http://www.whocc.no/atc': 'atc',
  'https://www.whocc.no/atc': 'atc',
  'urn:oid:2.16.840.1.113883.6.73': 'atc',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'rxnorm',
  'urn:oid:2.16.840.1.113883.6.88': 'rxnorm',
  'http://snomed.info/sct': 'snomed',
  'http://hl7.org/fhir/sid/icd-10': 'icd10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'icd10',
  'http://hl7.org/fhir/sid/icd-10-gm': 'icd10',
  'urn:oid:2.16.840.1.113883.6.3': 'icd10',
  'urn:oid:2.16.840.1.113883.6.90': 'icd10',
  'http://loinc.org': 'loinc',
}

/** Codes by system, and every name a CodeableConcept carries. Codings of other systems give their display only. */
export function codedOf(concept: unknown): Coded {
  const found = {
    names: [] as string[],
    atc: [] as string[],
    rxnorm: [] as string[],
    snomed: [] as string[],
    icd10: [] as string[],
    loinc: [] as string[],
  }
  if (!isRecord(concept)) return found
  const text = textOf(concept['text'])
  if (text) found.names.push(text)
  for (const coding of Array.isArray(concept['coding']) ? concept['coding'] : []) {
    if (!isRecord(coding)) continue
    const code = textOf(coding['code'])
    const system =
      typeof coding['system'] === 'string' && Object.hasOwn(systems, coding['system'])
        ? systems[coding['system']]
        : undefined
    if (system && code) found[system].push(code)
    const display = textOf(coding['display'])
    if (display && !found.names.includes(display)) found.names.push(display)
  }
  return found
}

/** The day of a FHIR date or dateTime; null when absent or without a day. A date that does not exist is refused. */
export function dayIn(value: unknown, where: string): Result<Day | null, Fault<FhirFault>> {
  if (value === undefined || value === null) return ok(null)
  if (typeof value !== 'string') return fault('fhir.shape', where, kindOf(value), 'a date')
  if (/^\d{4}(-\d{2})?$/.test(value)) return ok(null)
  const day = parseDay(value.slice(0, 10))
  return day && /^.{10}(T.*)?$/.test(value)
    ? ok(day)
    : fault('fhir.value', where, 'a date that does not exist', 'YYYY-MM-DD')
}
