import { type Fault, isRecord, ok, type Result } from '#kernel'
import type { Allergy, Medication, NotUnderstood } from '#person'
import { type Entry, resolve } from './bundle.ts'
import { type Coded, codedOf, codesOf, dayIn, type FhirFault, wordOf } from './element.ts'

type Read<T> = Result<{ readonly fact: T } | { readonly ignored: NotUnderstood | null }, Fault<FhirFault>>

/** Statuses of the two resources, and whether the drug is taken. `unclear` counts as taken, and is said. */
const statement: { readonly [status: string]: 'taken' | 'not-taken' | 'unclear' } = {
  active: 'taken',
  unknown: 'unclear',
  intended: 'not-taken',
  'on-hold': 'not-taken',
  completed: 'not-taken',
  stopped: 'not-taken',
  'not-taken': 'not-taken',
  'entered-in-error': 'not-taken',
}
const request: typeof statement = {
  ...statement,
  cancelled: 'not-taken',
  draft: 'not-taken',
}
/** A status that the table does not know does not say that the drug is not taken. */
const meaningOf = (table: typeof statement, status: string): 'taken' | 'not-taken' | 'unclear' =>
  Object.hasOwn(table, status) ? table[status]! : 'unclear'

const requestIntents = ['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order']

const ignored = (entry: Entry, kind: NotUnderstood['kind'], why: string) =>
  ok({ ignored: { where: entry.where, kind, why } })

/** A MedicationStatement or MedicationRequest as a current medication. */
export function readMedication(entry: Entry, entries: readonly Entry[]): Read<Medication> {
  const { resource, where } = entry
  const isRequest = entry.type === 'MedicationRequest'
  if (isRequest && resource['doNotPerform'] === true) return ok({ ignored: null })
  if (isRequest && !requestIntents.includes(wordOf(resource['intent'] ?? 'order')))
    return ok({ ignored: null })
  const taken = meaningOf(isRequest ? request : statement, wordOf(resource['status']))
  if (taken === 'not-taken') return ok({ ignored: null })
  const coded = conceptOf(entry, entries)
  if (coded === undefined) return ignored(entry, 'medication', 'the drug is a reference that leads nowhere')
  if (coded.names.length + coded.atc.length + coded.rxnorm.length === 0)
    return ignored(entry, 'medication', 'no name and no known code')
  const period = isRecord(resource['effectivePeriod']) ? resource['effectivePeriod'] : {}
  const started = dayIn(period['start'] ?? resource['effectiveDateTime'], `${where}.effective[x]`)
  if (!started.ok) return started
  const ends = dayIn(period['end'], `${where}.effectivePeriod.end`)
  if (!ends.ok) return ends
  const on = dayIn(
    resource['dateAsserted'] ?? resource['authoredOn'],
    `${where}.${isRequest ? 'authoredOn' : 'dateAsserted'}`,
  )
  if (!on.ok) return on
  const { names, atc, rxnorm } = coded
  return ok({
    fact: {
      names,
      atc,
      rxnorm,
      startedOn: started.value,
      endsOn: ends.value,
      from: entry.from,
      on: on.value ?? started.value,
    },
  })
}

function conceptOf(entry: Entry, entries: readonly Entry[]): Coded | undefined {
  const inline = entry.resource['medicationCodeableConcept']
  if (inline !== undefined) return codedOf(inline)
  const target = entry.resource['medicationReference']
  const reference = isRecord(target) ? target['reference'] : undefined
  if (typeof reference !== 'string') return undefined
  const medication = resolve(reference, entry, entries)
  return medication?.['resourceType'] === 'Medication' ? codedOf(medication['code']) : undefined
}

/** SNOMED CT: no known allergy, no known drug allergy. */
const noAllergy = ['716186003', '409137002']

/** An AllergyIntolerance that is neither refuted nor resolved. */
export function readAllergy(entry: Entry): Read<Allergy> {
  const { resource, where } = entry
  const clinical = codesOf(resource['clinicalStatus'])
  const verification = codesOf(resource['verificationStatus'])
  if (clinical.some((code) => ['inactive', 'resolved'].includes(code))) return ok({ ignored: null })
  if (verification.some((code) => ['refuted', 'entered-in-error'].includes(code)))
    return ok({ ignored: null })
  const { names, atc, rxnorm, snomed } = codedOf(resource['code'])
  if (snomed.some((code) => noAllergy.includes(code))) return ok({ ignored: null })
  if (names.length + atc.length + rxnorm.length === 0)
    return ignored(entry, 'allergy', 'no name and no known code')
  const on = dayIn(resource['recordedDate'], `${where}.recordedDate`)
  return on.ok ? ok({ fact: { names, atc, rxnorm, from: entry.from, on: on.value } }) : on
}
