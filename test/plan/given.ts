import assert from 'node:assert/strict'
import { expectOk } from '#kernel'
import { readPlanKnowledge } from '../../src/adapters/knowledge/readTables.ts'
import { makeAdvice } from '../../src/plan/advice.ts'
import { day, emptyRecord, geneCall, type PlanInput, quantity } from './scenario.ts'

export const knowledge = expectOk(await readPlanKnowledge('knowledge'))
export type Call = PlanInput['genes'][number]
export const called = (
  gene: string,
  phenotype: string,
  diplotype?: string,
  activityScore: number | null = null,
): Call =>
  geneCall(gene, { phenotypes: [phenotype], diplotypes: diplotype ? [diplotype] : [], activityScore })
export const cyp2c19 = (name: string) => called('CYP2C19', `${name} Metabolizer`)
export const slco1b1 = (name: string) => called('SLCO1B1', `${name} Function`)
export const healthy = { ...emptyRecord, observations: [quantity('eGFR', 90, 'mL/min/1.73m2')] }
export const input = (more: Partial<PlanInput>): PlanInput => ({
  subject: 'subject-1' as PlanInput['subject'],
  at: day,
  indication: 'post-pci',
  genes: [],
  record: healthy,
  exposures: [],
  notUnderstood: [],
  ...more,
})
export const advise = (more: Partial<PlanInput>) => makeAdvice(input(more), knowledge)
export const actionOf = (drug: string, more: Partial<PlanInput>): string => {
  const found = advise({ candidateDrugs: [drug], ...more }).medications.find((one) => one.drug.name === drug)
  assert.ok(found, `${drug} is in the plan`)
  const { action, dose, maxDose } = found
  return [
    action,
    dose && (dose.factorMin === dose.factorMax ? dose.factorMin : `${dose.factorMin}-${dose.factorMax}`),
    maxDose,
  ]
    .filter(Boolean)
    .join(' ')
}
export const exposure = (
  factor: string,
  more: Partial<PlanInput['exposures'][number]> = {},
): PlanInput['exposures'][number] => ({
  factor,
  state: 'present',
  amount: null,
  before: null,
  daysSince: null,
  measuredOn: null,
  from: 'test',
  ...more,
})
