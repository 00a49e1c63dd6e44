import { type Day, yearsBetween } from '#kernel'
import type { Origin } from './origin.ts'
import type { Quantity } from './quantity.ts'

/** Codes and names under which a record speaks of a drug. Which drug it is, the tables decide. */
export type DrugNaming = {
  readonly names: readonly string[]
  readonly atc: readonly string[]
  readonly rxnorm: readonly string[]
}

/** Taken now, as far as the record knows. `endsOn` may lie before the day of the plan: then it is over. */
export type Medication = Origin & DrugNaming & { readonly startedOn: Day | null; readonly endsOn: Day | null }

export type Allergy = Origin & DrugNaming

/** `past`: resolved or in remission; it still counts where a history does. */
export type Condition = Origin & {
  readonly names: readonly string[]
  readonly icd10: readonly string[]
  readonly snomed: readonly string[]
  readonly past: boolean
}

export type YesNo = Origin & { readonly value: boolean }
export type ChildPugh = Origin & { readonly class: 'A' | 'B' | 'C' }
export type Sex = 'female' | 'male'
/** A birth date, or completed years where only they are told. */
export type Birth =
  | { readonly kind: 'date'; readonly day: Day }
  | { readonly kind: 'age'; readonly years: number }

/** What is known of a person's health. Null is "not told", never "normal". */
export type ClinicalRecord = {
  readonly sex: Sex | null
  readonly birth: Birth | null
  readonly conditions: readonly Condition[]
  readonly medications: readonly Medication[]
  readonly allergies: readonly Allergy[]
  /** The newest of each measure. */
  readonly observations: readonly Quantity[]
  readonly childPugh: ChildPugh | null
  readonly pregnant: YesNo | null
  readonly lactating: YesNo | null
}

/** Something in the record that was not understood or not used, by its place and never by its content. */
export type NotUnderstood = {
  readonly where: string
  readonly kind: 'medication' | 'allergy' | 'condition' | 'observation' | 'other'
  readonly why: string
}

/** Completed years, or null when not told or when the day lies before birth. */
export function ageAt(record: ClinicalRecord, at: Day): number | null {
  if (record.birth === null) return null
  const years = record.birth.kind === 'age' ? record.birth.years : yearsBetween(record.birth.day, at)
  return years >= 0 ? years : null
}

/** Medications that have not ended on that day. */
export const currentMedications = (record: ClinicalRecord, at: Day): readonly Medication[] =>
  record.medications.filter(({ endsOn }) => endsOn === null || endsOn >= at)
