import type { GeneCall } from '#genome'
import { expectOk, parseDay } from '#kernel'
import { type ClinicalRecord, type Exposure, factorOf, parseQuantity } from '#person'
import type { makePlan } from '#plan'

/** A scenario of the contract (kind absent). */
export type Scenario = {
  readonly id: string
  readonly kind?: string
  readonly genotype: {
    readonly [gene: string]: {
      readonly diplotype?: string
      readonly phenotype?: string
      readonly activityScore?: number
    }
  }
  readonly clinical: {
    readonly age: number
    readonly sex: 'M' | 'F'
    readonly weightKg: number
    readonly eGFR: { readonly value: number; readonly unit: string }
    readonly childPugh: string | null
    readonly pregnant: boolean
    readonly conditions: readonly string[]
    readonly currentDrugs: readonly string[]
    readonly allergies: readonly string[]
  }
  readonly environment: {
    readonly [factor: string]: {
      readonly status?: string
      readonly cigarettesPerDayBefore?: number
      readonly daysSinceStop?: number
    }
  }
  readonly indication: string
  readonly candidateDrugs: readonly string[]
}

export type PlanInput = Parameters<typeof makePlan>[1]
export const day = parseDay('2026-11-20')!
const nothing = { on: null, from: 'scenario' }

export const geneCall = (gene: string, fields: Partial<GeneCall>): GeneCall => ({
  gene,
  status: 'called',
  diplotypes: [],
  lookupDiplotypes: fields.diplotypes ?? [],
  phenotypes: [],
  activityScore: null,
  missing: [],
  warnings: [],
  extra: [],
  ...fields,
})

export const emptyRecord: ClinicalRecord = {
  sex: 'male',
  birth: { kind: 'age', years: 50 },
  conditions: [],
  medications: [],
  allergies: [],
  observations: [],
  childPugh: null,
  pregnant: null,
  lactating: null,
}

export const medication = (name: string): ClinicalRecord['medications'][number] => ({
  names: [name],
  atc: [],
  rxnorm: [],
  startedOn: null,
  endsOn: null,
  ...nothing,
})
export const condition = (name: string): ClinicalRecord['conditions'][number] => ({
  names: [name],
  icd10: [],
  snomed: [],
  past: false,
  ...nothing,
})
export const quantity = (measure: 'eGFR' | 'weight', value: number, unit: string) =>
  expectOk(parseQuantity({ measure, value, unit, bound: null, ...nothing }, 'scenario'))

/** The scenario's facts as the plan takes them; throws on what the record refuses (a wrong unit). */
export function inputOf({
  genotype,
  clinical,
  environment,
  indication,
  candidateDrugs,
}: Scenario): PlanInput {
  const genes = Object.entries(genotype).map(([gene, { diplotype, phenotype, activityScore }]) =>
    geneCall(gene, {
      status: 'outside',
      diplotypes: diplotype ? [diplotype] : [],
      phenotypes: phenotype ? [phenotype] : [],
      activityScore: activityScore ?? null,
    }),
  )
  const record: ClinicalRecord = {
    ...emptyRecord,
    sex: clinical.sex === 'F' ? 'female' : 'male',
    birth: { kind: 'age', years: clinical.age },
    conditions: clinical.conditions.map(condition),
    medications: clinical.currentDrugs.map(medication),
    allergies: clinical.allergies.map((name) => ({ names: [name], atc: [], rxnorm: [], ...nothing })),
    observations: [
      quantity('eGFR', clinical.eGFR.value, clinical.eGFR.unit),
      quantity('weight', clinical.weightKg, 'kg'),
    ],
    pregnant: { value: clinical.pregnant, ...nothing },
  }
  const exposures = Object.entries(environment).map(
    ([name, given]): Exposure => ({
      factor: factorOf(name) ?? name,
      state: given.status === 'stopped' ? 'stopped' : 'present',
      amount: null,
      before: given.cigarettesPerDayBefore ?? null,
      daysSince: given.daysSinceStop ?? null,
      measuredOn: null,
      from: 'scenario',
    }),
  )
  return {
    subject: 'scenario' as PlanInput['subject'],
    at: day,
    indication,
    candidateDrugs,
    genes,
    record,
    exposures,
    notUnderstood: [],
  }
}
