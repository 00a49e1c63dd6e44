/** Who is it: clinical record, drugs taken and exposures, each fact with its place and day. */
export { amountIn, type Exposure, factorOf } from './exposure.ts'
export { clearanceOf, eGfrOf, type KidneyFunction } from './kidney.ts'
export type { Origin } from './origin.ts'
export { contradicts, type Measure, parseQuantity, type Quantity } from './quantity.ts'
export {
  type Allergy,
  ageAt,
  type ClinicalRecord,
  type Condition,
  currentMedications,
  type DrugNaming,
  type Medication,
  type NotUnderstood,
  type Sex,
  type YesNo,
} from './record.ts'
