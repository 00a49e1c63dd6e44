import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectOk, parseDay } from '#kernel'
import { amountIn, type Exposure, factorOf } from './exposure.ts'
import { ckdEpi2021, clearanceOf, cockcroftGault, eGfrOf } from './kidney.ts'
import { type Measure, parseQuantity } from './quantity.ts'
import { ageAt, type ClinicalRecord, currentMedications } from './record.ts'

const nothing = { on: null, from: 'test' }
const day = (text: string) => parseDay(text)!
const quantity = (measure: Measure, value: number, unit: string) =>
  parseQuantity({ measure, value, unit, bound: null, ...nothing }, 'file $.value')
const record: ClinicalRecord = {
  sex: 'female',
  birth: { kind: 'date', day: day('1964-02-11') },
  conditions: [],
  medications: [],
  allergies: [],
  observations: [],
  childPugh: null,
  pregnant: null,
  lactating: null,
}
const at = day('2026-11-20')

const accepted: readonly (readonly [Measure, number, string, number])[] = [
  ['eGFR', 1, 'mL/min/{1.73_m2}', 1],
  ['eGFR', 200, 'mL/min/1.73m2', 200],
  ['creatinine', 88.4, 'umol/L', 1],
  ['creatinine', 1.4, 'mg/dL', 1.4],
  ['weight', 61, 'kg', 61],
  ['weight', 100, '[lb_av]', 45.359237],
  ['height', 1.7, 'm', 170],
  ['albumin', 35, 'g/L', 3.5],
  ['bilirubin', 34.2, 'umol/L', 2],
]
for (const [measure, value, unit, expected] of accepted)
  test(`${measure} ${value} ${unit} is ${expected}`, () =>
    assert.ok(Math.abs(expectOk(quantity(measure, value, unit)).value - expected) < 1e-6))

const refused: readonly (readonly [Measure, number, string, string])[] = [
  ['eGFR', 88, 'umol/L', 'quantity.unit'],
  ['eGFR', 1.1, 'mg/dL', 'quantity.unit'],
  ['eGFR', 78, 'mL/min', 'quantity.unit'],
  ['eGFR', 78, 'toString', 'quantity.unit'],
  ['eGFR', 0.9, 'mL/min/1.73m2', 'quantity.range'],
  ['eGFR', 200.1, 'mL/min/1.73m2', 'quantity.range'],
  ['eGFR', Number.NaN, 'mL/min/1.73m2', 'quantity.range'],
  ['eGFR', -78, 'mL/min/1.73m2', 'quantity.range'],
  ['creatinine', 88, 'mg/dL', 'quantity.range'],
  ['weight', 0, 'kg', 'quantity.range'],
  ['weight', 61, '', 'quantity.unit'],
]
for (const [measure, value, unit, code] of refused)
  test(`${measure} ${value} "${unit}" is refused: ${code}`, () => {
    const found = quantity(measure, value, unit)
    assert.ok(!found.ok)
    assert.equal(found.error.code, code)
    assert.equal(found.error.where, 'file $.value')
  })

test('kidney formulas agree with the worked examples of formulas.json', () => {
  for (const [creatinine, age, sex, expected] of [
    [0.9, 55, 'female', 75.5],
    [1.0, 50, 'male', 91.7],
    [2.0, 70, 'female', 26.4],
    [0.6, 30, 'female', 123.8],
  ] as const)
    assert.equal(Math.round(ckdEpi2021(creatinine, age, sex) * 10) / 10, expected)
  for (const [age, weight, creatinine, sex, expected] of [
    [65, 70, 1.4, 'male', 52.1],
    [45, 60, 0.9, 'female', 74.8],
    [82, 58, 1.6, 'female', 24.8],
  ] as const)
    assert.equal(Math.round(cockcroftGault(creatinine, age, weight, sex) * 10) / 10, expected)
})

test('a clearance is measured, else by Cockcroft–Gault, else the eGFR, which is said', () => {
  const eGfr = expectOk(quantity('eGFR', 78, 'mL/min/1.73m2'))
  const creatinine = expectOk(quantity('creatinine', 0.9, 'mg/dL'))
  const weight = expectOk(quantity('weight', 61, 'kg'))
  assert.equal(clearanceOf(record, at), null)
  assert.match(clearanceOf({ ...record, observations: [eGfr] }, at)!.how, /in place of creatinine clearance/)
  assert.match(clearanceOf({ ...record, observations: [eGfr, creatinine, weight] }, at)!.how, /Cockcroft/)
  assert.match(eGfrOf({ ...record, observations: [creatinine] }, at)!.how, /CKD-EPI/)
  assert.equal(eGfrOf({ ...record, sex: null, observations: [creatinine] }, at), null)
  assert.equal(eGfrOf({ ...record, birth: { kind: 'age', years: 17 }, observations: [creatinine] }, at), null)
  assert.equal(
    eGfrOf({ ...record, pregnant: { value: true, ...nothing }, observations: [creatinine] }, at),
    null,
  )
})

test('age turns on the birthday; a birth after the day is not an age', () => {
  assert.equal(ageAt(record, day('2026-02-10')), 61)
  assert.equal(ageAt(record, day('2026-02-11')), 62)
  assert.equal(ageAt(record, day('1963-01-01')), null)
  assert.equal(ageAt({ ...record, birth: null }, at), null)
})

test('a medication counts up to its last day', () => {
  const one = { names: ['x'], atc: [], rxnorm: [], startedOn: null, ...nothing }
  const until = (endsOn: string) =>
    currentMedications({ ...record, medications: [{ ...one, endsOn: day(endsOn) }] }, at).length
  assert.deepEqual([until('2026-11-19'), until('2026-11-20')], [0, 1])
})

test('exposures: names of factors and units of amounts', () => {
  assert.equal(factorOf(' Grapefruit juice '), 'grapefruit')
  assert.equal(factorOf('constructor'), undefined)
  const exposure = (value: number, unit: string): Exposure => ({
    factor: 'grapefruit',
    state: 'present',
    amount: { value, unit },
    before: null,
    daysSince: null,
    measuredOn: null,
    from: 'test',
  })
  assert.equal(amountIn(exposure(7, 'glasses/week'), 'mL/day'), 200)
  assert.equal(amountIn(exposure(7, 'bowls'), 'mL/day'), null)
  assert.equal(amountIn(exposure(7, 'mg/m3'), 'ug/m3'), 7000)
})
