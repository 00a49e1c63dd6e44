import type { Day, Json } from '#kernel'
import { ageAt, currentMedications, type DrugNaming, type Quantity } from '#person'
import type { Plan, PlanMedication } from '#plan'
import type { ClinicalFacts } from '../caseFolder.ts'

type Named = { readonly name: string; readonly on: Day | null }

/** The least of a record that saves a life. Null and an empty list mean that nothing is on record, never that there is nothing. */
export type RecordShown = {
  readonly part: 'record'
  readonly age: number | null
  readonly sex: 'female' | 'male' | null
  readonly pregnant: boolean | null
  readonly allergies: readonly Named[]
  readonly medications: readonly Named[]
  readonly conditions: readonly (Named & { readonly past: boolean })[]
  readonly measures: readonly Pick<Quantity, 'measure' | 'value' | 'unit' | 'bound' | 'on'>[]
  /** How many entries of the record this program could not read: each may matter. */
  readonly unread: number
}

/** What the last plan advises against, or in another dose; not which gene says so. `planOf`: its day, null if there is no plan. */
type WarningsShown = {
  readonly part: 'warnings'
  readonly planOf: Day | null
  readonly drugs: readonly Pick<PlanMedication, 'action' | 'maxDose' | 'startDose' | 'suggest'>[] &
    readonly { readonly name: string }[]
}

export type EmergencyLook = RecordShown | WarningsShown

export function recordShown({ record, notUnderstood }: ClinicalFacts, day: Day): RecordShown {
  const { sex, pregnant, allergies, conditions, observations } = record
  return {
    part: 'record',
    age: ageAt(record, day),
    sex,
    pregnant: pregnant?.value ?? null,
    allergies: allergies.map((one) => ({ name: drugName(one), on: one.on })),
    medications: currentMedications(record, day).map((one) => ({ name: drugName(one), on: one.startedOn })),
    conditions: conditions.map(({ names, icd10, snomed, past, on }) => ({
      name: firstOf(names, icd10, snomed),
      on,
      past,
    })),
    measures: observations.map(({ measure, value, unit, bound, on }) => ({
      measure,
      value,
      unit,
      bound,
      on,
    })),
    unread: notUnderstood.length,
  }
}

const drugName = ({ names, atc, rxnorm }: DrugNaming): string => firstOf(names, atc, rxnorm)
const firstOf = (...lists: readonly (readonly string[])[]): string => lists.flat()[0] ?? '?'

/** Nothing to be said against a drug is not said in an emergency. */
const silent: ReadonlySet<PlanMedication['action']> = new Set(['standard', 'no-guidance'])

export function warningsShown(plan: Json | null): EmergencyLook {
  if (plan === null) return { part: 'warnings', planOf: null, drugs: [] }
  const { at, medications } = plan as unknown as Plan
  const drugs = medications
    .filter(({ action }) => !silent.has(action))
    .map(({ drug, action, maxDose, startDose, suggest }) => ({
      ...{ name: drug.name, action, maxDose, startDose, suggest },
    }))
  return { part: 'warnings', planOf: at, drugs }
}
