import { type Fault, ok, type Result } from '#kernel'
import type { Allergy, ClinicalRecord, Condition, Medication, NotUnderstood, Quantity, Sex } from '#person'
import { checkSubject, type Entry, splitBundle } from './bundle.ts'
import { dayIn, type FhirFault, fault, wordOf } from './element.ts'
import { readCondition, readProcedure } from './readCondition.ts'
import { readAllergy, readMedication } from './readMedication.ts'
import { type Observed, readObservation } from './readObservation.ts'

type Stated = Exclude<Observed, { readonly kind: 'ignored' | 'not-understood' }>

type Facts = {
  readonly conditions: Condition[]
  readonly medications: Medication[]
  readonly allergies: Allergy[]
  readonly observed: Stated[]
  readonly notUnderstood: NotUnderstood[]
}

/**
 * A FHIR R4 Bundle about one patient as a clinical record. What cannot be used is listed by its place and never dropped
 * in silence; what is impossible (a unit the measure does not have, another subject, two patients) is a fault.
 */
export function parseClinical(
  value: unknown,
  where: string,
  person: 'living' | 'dead' = 'living',
): Result<
  { readonly record: ClinicalRecord; readonly notUnderstood: readonly NotUnderstood[] },
  Fault<FhirFault>
> {
  const bundle = splitBundle(value, where)
  if (!bundle.ok) return bundle
  const { patient, entries } = bundle.value
  const facts: Facts = { conditions: [], medications: [], allergies: [], observed: [], notUnderstood: [] }
  for (const entry of entries) {
    if (entry.type === 'Medication') continue
    const own = checkSubject(entry, patient)
    if (!own.ok) return own
    const read = readInto(facts, entry, entries)
    if (!read.ok) return read
  }
  const known = readPatient(patient, facts.notUnderstood)
  if (!known.ok) return known
  const { conditions, medications, allergies } = facts
  const observed = newest(facts.observed, facts.notUnderstood)
  if (observed.pregnant?.value === true && known.value.sex === 'male')
    return fault(
      'fhir.value',
      `${patient.where}.gender`,
      'a pregnancy of a male patient',
      'facts that can both be true',
    )
  if (person === 'living' && saysDead(patient))
    return fault('fhir.value', `${patient.where}.deceased[x]`, 'a death', 'a living person to plan for')
  const record = { ...known.value, conditions, medications, allergies, ...observed }
  return ok({ record, notUnderstood: facts.notUnderstood })
}

const saysDead = ({ resource }: Entry): boolean =>
  resource['deceasedBoolean'] === true || wordOf(resource['deceasedDateTime']) !== ''

function readInto(
  facts: Facts,
  entry: Entry,
  entries: readonly Entry[],
): Result<undefined, Fault<FhirFault>> {
  const note = (kind: NotUnderstood['kind'], why: string) =>
    facts.notUnderstood.push({ where: entry.where, kind, why })
  switch (entry.type) {
    case 'MedicationStatement':
    case 'MedicationRequest': {
      const read = readMedication(entry, entries)
      if (!read.ok) return read
      if ('fact' in read.value) facts.medications.push(read.value.fact)
      else if (read.value.ignored) facts.notUnderstood.push(read.value.ignored)
      return ok(undefined)
    }
    case 'AllergyIntolerance': {
      const read = readAllergy(entry)
      if (!read.ok) return read
      if ('fact' in read.value) facts.allergies.push(read.value.fact)
      else if (read.value.ignored) facts.notUnderstood.push(read.value.ignored)
      return ok(undefined)
    }
    case 'Condition':
    case 'Procedure': {
      const read = entry.type === 'Condition' ? readCondition(entry) : readProcedure(entry)
      if (!read.ok) return read
      if (read.value === 'unclear') note('condition', 'no name and no known code')
      else if (read.value !== null) facts.conditions.push(read.value)
      return ok(undefined)
    }
    case 'Observation': {
      const read = readObservation(entry)
      if (!read.ok) return read
      if (read.value.kind === 'not-understood') note('observation', read.value.why)
      else if (read.value.kind !== 'ignored') facts.observed.push(read.value)
      return ok(undefined)
    }
    default:
      note('other', 'a kind of resource that the plan does not use')
      return ok(undefined)
  }
}

type Person = Pick<ClinicalRecord, 'sex' | 'birth'>

function readPatient(
  { resource, where }: Entry,
  notUnderstood: NotUnderstood[],
): Result<Person, Fault<FhirFault>> {
  const given = resource['gender']
  const sex: Sex | null = given === 'female' || given === 'male' ? given : null
  const day = dayIn(resource['birthDate'], `${where}.birthDate`)
  if (!day.ok) return day
  if (day.value === null && resource['birthDate'] !== undefined)
    notUnderstood.push({
      where: `${where}.birthDate`,
      kind: 'other',
      why: 'a birth date without a day: the age is not taken from it',
    })
  return ok({ sex, birth: day.value && { kind: 'date', day: day.value } })
}

const identityOf = (stated: Stated): string =>
  stated.kind === 'quantity' ? stated.quantity.measure : stated.kind
const originOf = (stated: Stated) => (stated.kind === 'quantity' ? stated.quantity : stated)

/** The newest of each kind counts; older ones are listed. Of two on one day, or without one, the later in the bundle. */
function newest(observed: readonly Stated[], notUnderstood: NotUnderstood[]) {
  const latest = new Map<string, Stated>()
  for (const stated of observed) {
    const known = latest.get(identityOf(stated))
    const [keep, drop] =
      known !== undefined && (originOf(known).on ?? '') > (originOf(stated).on ?? '')
        ? [known, stated]
        : [stated, known]
    latest.set(identityOf(stated), keep)
    if (drop)
      notUnderstood.push({
        where: originOf(drop).from,
        kind: 'observation',
        why: `an older ${identityOf(drop)} than the one used`,
      })
  }
  const kept = [...latest.values()]
  const find = <K extends Stated['kind']>(kind: K) =>
    kept.find((stated): stated is Extract<Stated, { kind: K }> => stated.kind === kind) ?? null
  const observations: Quantity[] = kept.flatMap((stated) =>
    stated.kind === 'quantity' ? [stated.quantity] : [],
  )
  return {
    observations,
    childPugh: find('child-pugh'),
    pregnant: find('pregnant'),
    lactating: find('lactating'),
  }
}
