import { err, type Fault, inputFault, ok, type Result } from '#kernel'
import type { Origin } from './origin.ts'

export type Measure =
  | 'eGFR'
  | 'CrCl'
  | 'creatinine'
  | 'weight'
  | 'height'
  | 'QTc'
  | 'INR'
  | 'potassium'
  | 'bilirubin'
  | 'albumin'

/** A measured value in the measure's own unit. `bound`: the laboratory said only that it is less or more than this. */
export type Quantity = Origin & {
  readonly measure: Measure
  readonly value: number
  readonly unit: string
  readonly bound: 'below' | 'above' | null
}

type Rule = {
  readonly unit: string
  readonly range: readonly [min: number, max: number]
  /** UCUM code or common spelling → factor to the measure's unit. */
  readonly units: { readonly [unit: string]: number }
}

const perBody = {
  'mL/min/{1.73_m2}': 1,
  'mL/min/1.73m2': 1,
  'mL/min/1.73 m2': 1,
  'mL/min/1.73m²': 1,
  'mL/min/1.73_m2': 1,
  'mL/min/1.73m^2': 1,
}

/** Units, conversions and plausible ranges of formulas.json; what lies outside is refused, not clamped. */
const rules: { readonly [M in Measure]: Rule } = {
  eGFR: { unit: 'mL/min/1.73m2', range: [1, 200], units: perBody },
  CrCl: { unit: 'mL/min', range: [1, 250], units: { 'mL/min': 1, 'ml/min': 1, 'mL/s': 60 } },
  creatinine: {
    unit: 'mg/dL',
    range: [0.2, 20],
    units: { 'mg/dL': 1, 'umol/L': 1 / 88.4, 'µmol/L': 1 / 88.4, 'μmol/L': 1 / 88.4 },
  },
  weight: { unit: 'kg', range: [1, 300], units: { kg: 1, g: 0.001, '[lb_av]': 0.45359237, lb: 0.45359237 } },
  height: { unit: 'cm', range: [40, 230], units: { cm: 1, m: 100, '[in_i]': 2.54, in: 2.54 } },
  QTc: { unit: 'ms', range: [200, 800], units: { ms: 1, s: 1000 } },
  INR: { unit: '1', range: [0.5, 20], units: { '1': 1, '{INR}': 1, INR: 1, '': 1 } },
  potassium: { unit: 'mmol/L', range: [1, 10], units: { 'mmol/L': 1, 'meq/L': 1, 'mEq/L': 1 } },
  bilirubin: {
    unit: 'mg/dL',
    range: [0.05, 60],
    units: { 'mg/dL': 1, 'umol/L': 1 / 17.1, 'µmol/L': 1 / 17.1, 'μmol/L': 1 / 17.1 },
  },
  albumin: { unit: 'g/dL', range: [0.5, 8], units: { 'g/dL': 1, 'g/L': 0.1 } },
}

/** Whether this spelling is a unit of other measures only: beside a right code it is a contradiction. */
export const contradicts = (measure: Measure, unit: string): boolean =>
  !Object.hasOwn(rules[measure].units, unit) &&
  Object.values(rules).some(({ units }) => Object.hasOwn(units, unit))

export type QuantityFault = 'quantity.unit' | 'quantity.range'

/** A value with its unit checked and converted. An eGFR in a unit of creatinine is refused like any other wrong unit. */
export function parseQuantity(
  given: {
    readonly measure: Measure
    readonly value: number
    readonly unit: string
    readonly bound: Quantity['bound']
  } & Origin,
  where: string,
): Result<Quantity, Fault<QuantityFault>> {
  const rule = rules[given.measure]
  const factor = Object.hasOwn(rule.units, given.unit) ? rule.units[given.unit]! : undefined
  if (factor === undefined) {
    const creatinine = given.measure === 'eGFR' && Object.hasOwn(rules.creatinine.units, given.unit)
    const found = creatinine
      ? `an eGFR in ${given.unit}, a unit of creatinine`
      : `${given.measure} in a unit it does not have`
    return err(inputFault('quantity.unit', where, found, `${given.measure} in the unit ${rule.unit}`))
  }
  const value = given.value * factor
  const [min, max] = rule.range
  if (!Number.isFinite(value) || value < min || value > max) {
    const expected = `${given.measure} between ${min} and ${max} ${rule.unit}`
    return err(inputFault('quantity.range', where, `${given.measure} outside of what is possible`, expected))
  }
  return ok({ ...given, value, unit: rule.unit })
}
