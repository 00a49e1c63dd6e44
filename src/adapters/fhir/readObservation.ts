import { type Fault, isRecord, kindOf, ok, type Result } from '#kernel'
import { contradicts, type Measure, parseQuantity, type Quantity } from '#person'
import type { Entry } from './bundle.ts'
import { codedOf, codesOf, dayIn, type FhirFault, fault, textOf, wordOf } from './element.ts'

export type Observed =
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | {
      readonly kind: 'pregnant'
      readonly value: boolean
      readonly on: Quantity['on']
      readonly from: string
    }
  | {
      readonly kind: 'lactating'
      readonly value: boolean
      readonly on: Quantity['on']
      readonly from: string
    }
  | {
      readonly kind: 'child-pugh'
      readonly class: 'A' | 'B' | 'C'
      readonly on: Quantity['on']
      readonly from: string
    }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'not-understood'; readonly why: string }

const measures: { readonly [loinc: string]: Measure } = {
  ...Object.fromEntries(
    [
      '98979-8',
      '98980-6',
      '62238-1',
      '33914-3',
      '48642-3',
      '48643-1',
      '50044-7',
      '69405-9',
      '70969-1',
      '77147-7',
      '88293-6',
      '88294-4',
      '94677-2',
      '102097-3',
    ].map((code) => [code, 'eGFR' as const]),
  ),
  '2164-2': 'CrCl',
  '35591-7': 'CrCl',
  '2160-0': 'creatinine',
  '38483-4': 'creatinine',
  '14682-9': 'creatinine',
  '77140-2': 'creatinine',
  '29463-7': 'weight',
  '3141-9': 'weight',
  '8302-2': 'height',
  '8636-3': 'QTc',
  '6301-6': 'INR',
  '34714-6': 'INR',
  '46418-0': 'INR',
  '2823-3': 'potassium',
  '6298-4': 'potassium',
  '1975-2': 'bilirubin',
  '14631-6': 'bilirubin',
  '1751-7': 'albumin',
  '61151-7': 'albumin',
}
const pregnancyStatus = '82810-3'
const breastfeeding = '63895-7'
const yes = ['77386006', 'LA15173-0', 'LA33-6', '373066001', '413712001']
const no = ['60001007', 'LA26683-5', 'LA32-8', '373067005']
const usable = ['final', 'amended', 'corrected', 'preliminary']

/** An Observation in the measure's unit; an impossible value or a wrong unit is a fault, not a missing value. */
export function readObservation(entry: Entry): Result<Observed, Fault<FhirFault>> {
  const { resource, where } = entry
  const status = wordOf(resource['status'])
  if (['entered-in-error', 'cancelled', 'registered'].includes(status)) return ok({ kind: 'ignored' })
  if (!usable.includes(status))
    return ok({ kind: 'not-understood', why: 'a status that does not say whether the value stands' })
  const on = dayIn(resource['effectiveDateTime'] ?? resource['issued'], `${where}.effectiveDateTime`)
  if (!on.ok) return on
  const { loinc, names } = codedOf(resource['code'])
  const measure = loinc
    .map((code) => (Object.hasOwn(measures, code) ? measures[code] : undefined))
    .find((found) => found !== undefined)
  if (measure !== undefined) return quantityOf(entry, measure, on.value)
  const stated = loinc.includes(pregnancyStatus)
    ? 'pregnant'
    : loinc.includes(breastfeeding)
      ? 'lactating'
      : undefined
  if (stated !== undefined) return ok(yesNoOf(entry, stated, on.value))
  if (names.some((name) => /child[\s–-]*pugh/i.test(name))) return ok(childPughOf(entry, on.value))
  return ok({ kind: 'not-understood', why: 'a kind of observation that no table uses' })
}

function quantityOf(entry: Entry, measure: Measure, on: Quantity['on']): Result<Observed, Fault<FhirFault>> {
  const path = `${entry.where}.valueQuantity`
  const given = entry.resource['valueQuantity']
  if (given === undefined) return ok({ kind: 'not-understood', why: `${measure} without a value` })
  if (!isRecord(given)) return fault('fhir.shape', path, kindOf(given), 'a quantity')
  const value = given['value']
  if (typeof value !== 'number') return fault('fhir.shape', `${path}.value`, kindOf(value), 'a number')
  const unit = textOf(given['code']) ?? textOf(given['unit']) ?? ''
  const comparator = given['comparator']
  const bound =
    comparator === '<' || comparator === '<='
      ? 'below'
      : comparator === '>' || comparator === '>='
        ? 'above'
        : null
  const parsed = parseQuantity(
    { measure, value, unit, bound, on, from: entry.from },
    `${path}${unit === '' ? '.unit' : ''}`,
  )
  if (!parsed.ok) return parsed
  const spelled = textOf(given['unit'])
  if (spelled !== null && contradicts(measure, spelled))
    return fault(
      'quantity.unit',
      `${path}.unit`,
      `${measure} with a unit that contradicts its code`,
      `a unit of ${measure}`,
    )
  return ok({ kind: 'quantity', quantity: parsed.value })
}

function yesNoOf({ resource, from }: Entry, kind: 'pregnant' | 'lactating', on: Quantity['on']): Observed {
  const given = resource['valueBoolean']
  const codes = codesOf(resource['valueCodeableConcept'])
  const value =
    typeof given === 'boolean'
      ? given
      : codes.some((code) => yes.includes(code))
        ? true
        : codes.some((code) => no.includes(code))
          ? false
          : null
  return value === null
    ? { kind: 'not-understood', why: `whether ${kind}: an answer that is neither yes nor no` }
    : { kind, value, on, from }
}

function childPughOf({ resource, from }: Entry, on: Quantity['on']): Observed {
  const quantity = isRecord(resource['valueQuantity']) ? resource['valueQuantity']['value'] : undefined
  const score = resource['valueInteger'] ?? quantity
  if (typeof score === 'number' && Number.isInteger(score) && score >= 5 && score <= 15)
    return { kind: 'child-pugh', class: score <= 6 ? 'A' : score <= 9 ? 'B' : 'C', on, from }
  const texts = [textOf(resource['valueString']), ...codedOf(resource['valueCodeableConcept']).names]
  const found = texts
    .map((text) => /^(?:child[\s–-]*pugh )?(?:class )?([ABC])$/i.exec(text ?? '')?.[1]?.toUpperCase())
    .find(Boolean)
  return found === undefined
    ? { kind: 'not-understood', why: 'a Child–Pugh value that is neither a score of 5–15 nor a class' }
    : { kind: 'child-pugh', class: found as 'A' | 'B' | 'C', on, from }
}
