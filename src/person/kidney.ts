import type { Day } from '#kernel'
import type { Origin } from './origin.ts'
import type { Measure, Quantity } from './quantity.ts'
import { ageAt, type ClinicalRecord } from './record.ts'

/** A kidney function, and how it was come by: a limit is compared with its own quantity, or the substitution is said. */
export type KidneyFunction = Origin & { readonly value: number; readonly unit: string; readonly how: string }

const observed = (record: ClinicalRecord, measure: Measure): Quantity | undefined =>
  record.observations.find((quantity) => quantity.measure === measure)

/** eGFR in mL/min/1.73m2, measured or by CKD-EPI 2021 from creatinine (adults, not pregnant). */
export function eGfrOf(record: ClinicalRecord, at: Day): KidneyFunction | null {
  const measured = observed(record, 'eGFR')
  if (measured) return { ...measured, how: 'eGFR as reported' }
  const creatinine = observed(record, 'creatinine')
  const age = ageAt(record, at)
  if (!creatinine || age === null || age < 18 || record.sex === null || record.pregnant?.value === true)
    return null
  const value = ckdEpi2021(creatinine.value, age, record.sex)
  return {
    from: creatinine.from,
    on: creatinine.on,
    value,
    unit: 'mL/min/1.73m2',
    how: 'CKD-EPI 2021 from creatinine',
  }
}

/** Creatinine clearance in mL/min: measured, by Cockcroft–Gault, or the eGFR in its place, which `how` then says. */
export function clearanceOf(record: ClinicalRecord, at: Day): KidneyFunction | null {
  const measured = observed(record, 'CrCl')
  if (measured) return { ...measured, how: 'creatinine clearance as reported' }
  const creatinine = observed(record, 'creatinine')
  const weight = observed(record, 'weight')
  const age = ageAt(record, at)
  if (creatinine && weight && age !== null && age >= 20 && record.sex !== null) {
    const value = cockcroftGault(creatinine.value, age, weight.value, record.sex)
    return {
      from: creatinine.from,
      on: creatinine.on,
      value,
      unit: 'mL/min',
      how: 'Cockcroft–Gault with actual weight',
    }
  }
  const eGfr = eGfrOf(record, at)
  return eGfr && { ...eGfr, how: `${eGfr.how}, used in place of creatinine clearance` }
}

/** NKF 2021; creatinine in mg/dL, age in years. */
export function ckdEpi2021(creatinine: number, age: number, sex: 'female' | 'male'): number {
  const [k, a, factor] = sex === 'female' ? ([0.7, -0.241, 1.012] as const) : ([0.9, -0.302, 1] as const)
  return 142 * Math.min(creatinine / k, 1) ** a * Math.max(creatinine / k, 1) ** -1.2 * 0.9938 ** age * factor
}

/** Creatinine in mg/dL, age in years, actual weight in kg; mL/min. */
export const cockcroftGault = (
  creatinine: number,
  age: number,
  weight: number,
  sex: 'female' | 'male',
): number => (((140 - age) * weight) / (72 * creatinine)) * (sex === 'female' ? 0.85 : 1)
