import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { expectOk } from '#kernel'
import { makePlan } from '#plan'
import { readPlanKnowledge } from '../../src/adapters/knowledge/readTables.ts'
import { Permit } from '../../src/decision/permit.ts'
import { actionRanks, choosable } from '../../src/plan/action.ts'
import { makeAdvice } from '../../src/plan/advice.ts'
import {
  condition,
  day,
  emptyRecord,
  geneCall,
  inputOf,
  medication,
  type PlanInput,
  quantity,
  type Scenario,
} from './scenario.ts'

const knowledge = expectOk(await readPlanKnowledge('knowledge'))
const shared = process.env['HABEAS_SHARED'] ?? '../shared'
const scenarioFile = join(shared, 'contracts/public-scenarios.json')
const absent = existsSync(scenarioFile) ? false : 'the contract is not beside the checkout'

type Call = PlanInput['genes'][number]
const called = (
  gene: string,
  phenotype: string,
  diplotype?: string,
  activityScore: number | null = null,
): Call =>
  geneCall(gene, { phenotypes: [phenotype], diplotypes: diplotype ? [diplotype] : [], activityScore })
const cyp2c19 = (name: string) => called('CYP2C19', `${name} Metabolizer`)
const slco1b1 = (name: string) => called('SLCO1B1', `${name} Function`)
const healthy = { ...emptyRecord, observations: [quantity('eGFR', 90, 'mL/min/1.73m2')] }
const input = (more: Partial<PlanInput>): PlanInput => ({
  subject: 'subject-1' as PlanInput['subject'],
  at: day,
  indication: 'post-pci',
  genes: [],
  record: healthy,
  exposures: [],
  notUnderstood: [],
  ...more,
})
const advise = (more: Partial<PlanInput>) => makeAdvice(input(more), knowledge)
const actionOf = (drug: string, more: Partial<PlanInput>): string => {
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
const exposure = (
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

/** Given an indication, genes and a drug, then its action. */
const tables: readonly (readonly [
  indication: string,
  genes: readonly Call[],
  drug: string,
  expected: string,
])[] = [
  ['post-pci', [cyp2c19('Normal')], 'clopidogrel', 'standard'],
  ['post-pci', [cyp2c19('Rapid')], 'clopidogrel', 'standard'],
  ['post-pci', [cyp2c19('Ultrarapid')], 'clopidogrel', 'standard'],
  ['post-pci', [cyp2c19('Intermediate')], 'clopidogrel', 'avoid'],
  ['post-pci', [cyp2c19('Likely Intermediate')], 'clopidogrel', 'avoid'],
  ['post-pci', [cyp2c19('Poor')], 'clopidogrel', 'avoid'],
  ['post-pci', [cyp2c19('Likely Poor')], 'clopidogrel', 'avoid'],
  ['post-pci', [called('CYP2C19', 'Indeterminate')], 'clopidogrel', 'test-first'],
  ['post-pci', [geneCall('CYP2C19', { status: 'not-called' })], 'clopidogrel', 'test-first'],
  [
    'post-pci',
    [
      geneCall('CYP2C19', {
        status: 'ambiguous',
        phenotypes: ['Normal Metabolizer', 'Intermediate Metabolizer'],
      }),
    ],
    'clopidogrel',
    'avoid',
  ],
  [
    'post-pci',
    [geneCall('CYP2C19', { status: 'ambiguous', phenotypes: ['Normal Metabolizer'] })],
    'clopidogrel',
    'test-first',
  ],
  ['post-pci', [], 'clopidogrel', 'test-first'],
  ['post-pci', [], 'prasugrel', 'standard'],
  ['crc', [called('DPYD', 'Normal Metabolizer', 'Reference/Reference', 2)], 'capecitabine', 'standard'],
  [
    'crc',
    [called('DPYD', 'Intermediate Metabolizer', 'Reference/c.2846A>T', 1.5)],
    'capecitabine',
    'reduce-dose 0.5',
  ],
  [
    'crc',
    [called('DPYD', 'Intermediate Metabolizer', 'Reference/c.1905+1G>A (*2A)', 1)],
    'fluorouracil',
    'reduce-dose 0.5',
  ],
  [
    'crc',
    [called('DPYD', 'Intermediate Metabolizer', 'c.2846A>T/c.2846A>T', 1)],
    'fluorouracil',
    'test-first',
  ],
  ['crc', [called('DPYD', 'Intermediate Metabolizer', undefined, 1)], 'fluorouracil', 'test-first'],
  ['crc', [called('DPYD', 'Poor Metabolizer', undefined, 0.5)], 'capecitabine', 'avoid'],
  ['crc', [called('DPYD', 'Poor Metabolizer', undefined, 0)], 'fluorouracil', 'avoid'],
  ['crc', [called('DPYD', 'Poor Metabolizer', undefined, 0)], 'tegafur', 'avoid'],
  ['crc', [], 'capecitabine', 'test-first'],
  ['lipids', [slco1b1('Normal')], 'simvastatin', 'standard'],
  ['lipids', [slco1b1('Increased')], 'simvastatin', 'standard'],
  ['lipids', [slco1b1('Decreased')], 'simvastatin', 'alternative'],
  ['lipids', [slco1b1('Possible Decreased')], 'simvastatin', 'alternative'],
  ['lipids', [slco1b1('Poor')], 'simvastatin', 'alternative'],
  ['lipids', [called('SLCO1B1', 'Indeterminate')], 'simvastatin', 'test-first'],
  ['lipids', [slco1b1('Decreased')], 'atorvastatin', 'reduce-dose 40 mg'],
  ['lipids', [slco1b1('Poor')], 'atorvastatin', 'reduce-dose 20 mg'],
  ['lipids', [slco1b1('Poor')], 'pravastatin', 'reduce-dose 40 mg'],
  ['lipids', [slco1b1('Decreased')], 'pravastatin', 'monitor'],
  ['lipids', [slco1b1('Poor')], 'pitavastatin', 'reduce-dose 1 mg'],
  ['lipids', [slco1b1('Poor'), called('ABCG2', 'Normal Function')], 'rosuvastatin', 'reduce-dose 20 mg'],
  ['lipids', [slco1b1('Poor'), called('ABCG2', 'Poor Function')], 'rosuvastatin', 'reduce-dose 10 mg'],
  [
    'lipids',
    [slco1b1('Poor'), called('CYP2C9', 'Poor Metabolizer', '*3/*3', 0)],
    'fluvastatin',
    'alternative',
  ],
  [
    'all-maint',
    [called('TPMT', 'Poor Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'mercaptopurine',
    'reduce-dose 0.1',
  ],
  [
    'ibd',
    [called('TPMT', 'Poor Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'mercaptopurine',
    'alternative',
  ],
  [
    'ibd',
    [called('TPMT', 'Intermediate Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'azathioprine',
    'reduce-dose 0.5',
  ],
  [
    'ibd',
    [called('TPMT', 'Normal Metabolizer'), called('NUDT15', 'Normal Metabolizer')],
    'azathioprine',
    'standard',
  ],
  ['all-maint', [called('TPMT', 'Normal Metabolizer')], 'mercaptopurine', 'test-first'],
  [
    'af',
    [called('CYP2C9', 'Poor Metabolizer', '*2/*3', 0.5), called('VKORC1', '-1639 GG')],
    'warfarin',
    'reduce-dose 0.45',
  ],
  [
    'af',
    [called('CYP2C9', 'Normal Metabolizer', '*1/*1', 2), called('VKORC1', '-1639 AA')],
    'warfarin',
    'reduce-dose 0.6',
  ],
  [
    'epilepsy',
    [called('CYP2C9', 'Poor Metabolizer', '*3/*3', 0), called('HLA-B', '*15:02 negative')],
    'phenytoin',
    'reduce-dose 0.4',
  ],
  ['epilepsy', [called('HLA-B', '*15:02 positive')], 'carbamazepine', 'avoid'],
  ['epilepsy', [called('HLA-B', '*57:01 negative')], 'carbamazepine', 'test-first'],
  ['pain', [called('CYP2C9', 'Poor Metabolizer', '*3/*3', 0)], 'ibuprofen', 'reduce-dose 0.25-0.5'],
  ['reflux', [cyp2c19('Ultrarapid')], 'omeprazole', 'increase-dose 2'],
  ['depression', [cyp2c19('Poor')], 'citalopram', 'alternative'],
  ['depression', [cyp2c19('Poor')], 'sertraline', 'reduce-dose 0.5 75 mg/day'],
  ['transplant', [called('CYP3A5', 'Poor Metabolizer')], 'tacrolimus', 'monitor'],
]
for (const [indication, genes, drug, expected] of tables)
  test(`${indication}, ${genes.map(({ gene, phenotypes, activityScore }) => `${gene} ${phenotypes.join('/')} ${activityScore ?? ''}`).join(', ') || 'no genes'}: ${drug} is ${expected}`, () =>
    assert.equal(actionOf(drug, { indication, genes }), expected))

const clopidogrelNormal = {
  genes: [cyp2c19('Normal')],
  candidateDrugs: ['clopidogrel', 'prasugrel', 'ticagrelor'],
}

test('omeprazole beside clopidogrel: avoided for lack of effect, the way out is said on both sides', () => {
  const { medications, firstChoice, genes } = advise({
    ...clopidogrelNormal,
    record: { ...healthy, medications: [medication('omeprazole')] },
  })
  const clopidogrel = medications.find(({ drug }) => drug.name === 'clopidogrel')!
  assert.equal(clopidogrel.action, 'avoid')
  assert.ok(clopidogrel.because.some(({ kind, of }) => kind === 'drug' && of === 'omeprazole'))
  assert.ok(
    clopidogrel.also.some(
      ({ action, what }) => action === 'stop-or-switch-interacting' && what.includes('omeprazole'),
    ),
  )
  const omeprazole = medications.find(({ drug }) => drug.name === 'omeprazole')!
  assert.equal(omeprazole.role, 'current')
  assert.ok(omeprazole.because.some(({ kind, of }) => kind === 'drug' && of === 'clopidogrel'))
  assert.deepEqual(genes[0]?.converted, {
    to: 'Intermediate Metabolizer',
    because: ['omeprazole'],
    activityScore: null,
  })
  assert.deepEqual(genes[0]?.phenotypes, ['Normal Metabolizer'])
  assert.deepEqual(firstChoice, ['prasugrel', 'ticagrelor'])
})

test('a strong inhibitor decides even without a genotype; a weak one converts nothing', () => {
  const taking = (name: string) => ({ record: { ...healthy, medications: [medication(name)] } })
  assert.equal(actionOf('clopidogrel', taking('fluvoxamine')), 'avoid')
  assert.equal(actionOf('tamoxifen', { indication: 'breast', ...taking('paroxetine') }), 'avoid')
  assert.equal(advise({ ...clopidogrelNormal, ...taking('cimetidine') }).genes[0]?.converted, null)
})

test('a drug taken now is judged like a candidate: simvastatin with SLCO1B1 and grapefruit', () => {
  const { medications } = advise({
    ...clopidogrelNormal,
    genes: [cyp2c19('Normal'), slco1b1('Normal')],
    record: { ...healthy, medications: [medication('simvastatin')] },
    exposures: [exposure('grapefruit', { amount: { value: 2, unit: 'glasses/week' } })],
  })
  const simvastatin = medications.find(({ drug }) => drug.name === 'simvastatin')!
  assert.equal(simvastatin.action, 'stop-or-switch-interacting')
  assert.deepEqual(
    simvastatin.because.slice(0, 2).map(({ kind }) => kind),
    ['exposure', 'gene'],
  )
})

test('grapefruit that is not eaten says nothing', () =>
  assert.equal(
    actionOf('simvastatin', {
      indication: 'lipids',
      genes: [slco1b1('Normal')],
      exposures: [exposure('grapefruit', { state: 'absent' })],
    }),
    'standard',
  ))

const kidneys: readonly (readonly [drug: string, eGfr: number | null, expected: string])[] = [
  ['capecitabine', 29.9, 'contraindicated'],
  ['capecitabine', 30, 'reduce-dose 0.75'],
  ['capecitabine', 49.9, 'reduce-dose 0.75'],
  ['capecitabine', 50, 'standard'],
  ['capecitabine', null, 'insufficient-data'],
  ['fluorouracil', null, 'standard'],
]
for (const [drug, eGfr, expected] of kidneys)
  test(`${drug} with an eGFR of ${eGfr ?? 'nobody knows'} is ${expected}`, () => {
    const observations = eGfr === null ? [] : [quantity('eGFR', eGfr, 'mL/min/1.73m2')]
    const genes = [called('DPYD', 'Normal Metabolizer', 'Reference/Reference', 2)]
    assert.equal(actionOf(drug, { indication: 'crc', genes, record: { ...healthy, observations } }), expected)
  })

const persons: readonly (readonly [
  what: string,
  drug: string,
  record: Partial<PlanInput['record']>,
  expected: string,
])[] = [
  ['age 74', 'prasugrel', { birth: { kind: 'age', years: 74 } }, 'standard'],
  ['age 75', 'prasugrel', { birth: { kind: 'age', years: 75 } }, 'avoid'],
  ['a past stroke', 'prasugrel', { conditions: [{ ...condition('stroke'), past: true }] }, 'contraindicated'],
  ['no stroke', 'prasugrel', { conditions: [condition('no history of stroke')] }, 'standard'],
  [
    'an allergy to it',
    'prasugrel',
    { allergies: [{ names: ['prasugrel'], atc: [], rxnorm: [], on: null, from: 'test' }] },
    'contraindicated',
  ],
  [
    'an allergy to its class',
    'prasugrel',
    { allergies: [{ names: ['thienopyridine'], atc: [], rxnorm: [], on: null, from: 'test' }] },
    'avoid',
  ],
  ['another of its effect', 'prasugrel', { medications: [medication('ticagrelor')] }, 'duplicate-therapy'],
  ['Child–Pugh C', 'ticagrelor', { childPugh: { class: 'C', on: null, from: 'test' } }, 'contraindicated'],
  [
    'a liver disease of unknown degree',
    'ticagrelor',
    { conditions: [condition('cirrhosis')] },
    'insufficient-data',
  ],
  ['clarithromycin', 'ticagrelor', { medications: [medication('clarithromycin')] }, 'avoid'],
]
for (const [what, drug, record, expected] of persons)
  test(`${drug} with ${what} is ${expected}`, () =>
    assert.equal(actionOf(drug, { record: { ...healthy, ...record } }), expected))

test('pregnancy beats a normal genotype; an unknown pregnancy is asked for', () => {
  const woman = { ...healthy, sex: 'female' as const, birth: { kind: 'age' as const, years: 31 } }
  const told = (value: boolean) => ({ ...woman, pregnant: { value, on: null, from: 'test' } })
  const statin = (record: PlanInput['record']) =>
    actionOf('simvastatin', { indication: 'lipids', genes: [slco1b1('Normal')], record })
  assert.deepEqual([statin(told(true)), statin(told(false))], ['avoid', 'standard'])
  assert.equal(actionOf('methotrexate', { indication: 'ra', record: woman }), 'test-first')
  assert.equal(actionOf('methotrexate', { indication: 'ra', record: healthy }), 'standard')
})

test('a candidate that would replace a drug which must go is no duplicate', () => {
  const record = { ...healthy, medications: [medication('clopidogrel')] }
  assert.equal(actionOf('prasugrel', { genes: [cyp2c19('Poor')], record }), 'standard')
  assert.equal(actionOf('prasugrel', { genes: [cyp2c19('Normal')], record }), 'duplicate-therapy')
})

test('an antiepileptic that was taken for more than three months without harm is continued with caution', () => {
  const genes = [called('HLA-B', '*15:02 positive'), called('HLA-A', '*31:01 negative')]
  const since = (startedOn: string) => ({
    ...healthy,
    medications: [{ ...medication('oxcarbazepine'), startedOn: startedOn as PlanInput['at'] }],
  })
  const because = (record: PlanInput['record']) =>
    advise({ indication: 'epilepsy', candidateDrugs: ['oxcarbazepine'], genes, record })
      .medications[0]!.because.filter(({ source }) => source.body === 'CPIC')
      .map(({ finding }) => finding)
  assert.ok(because(since('2026-11-01')).every((finding) => finding.endsWith('avoid')))
  assert.ok(because(since('2020-01-01')).every((finding) => finding.endsWith('standard')))
})

test('sources that disagree are shown, and the protective word is proposed', () => {
  const [citalopram] = advise({
    indication: 'depression',
    candidateDrugs: ['citalopram'],
    genes: [cyp2c19('Ultrarapid')],
  }).medications
  assert.equal(citalopram!.action, 'alternative')
  assert.deepEqual([...new Set(citalopram!.disagreements.map(({ source }) => source.body))].sort(), [
    'CPIC',
    'DPWG',
  ])
})

test('an unknown drug or indication is said and never standard', () => {
  const plan = advise({ indication: 'a rare thing', candidateDrugs: ['nosuchdrug'] })
  assert.deepEqual(
    plan.medications.map(({ action }) => action),
    ['no-guidance'],
  )
  assert.deepEqual([plan.firstChoice, plan.refer], [[], true])
  assert.deepEqual(plan.warnings.map(({ code }) => code).sort(), ['drug.unknown', 'indication.unknown'])
})

test('a medication that is not recognised is asked for', () => {
  const plan = advise({ record: { ...healthy, medications: [medication('the small white pill')] } })
  assert.ok(plan.warnings.some(({ code }) => code === 'medication.unrecognised'))
  assert.ok(!JSON.stringify(plan).includes('white pill'))
})

test('an indication is found by id, name, alias or the words of its name', () => {
  for (const indication of ['post-pci', 'Post-PCI antiplatelet', 'antiplatelet after stenting', 'post-PCI'])
    assert.deepEqual(advise({ indication, genes: [cyp2c19('Normal')] }).firstChoice, [
      'prasugrel',
      'ticagrelor',
      'clopidogrel',
    ])
})

test('the plan needs a permit for genetic and health data of this very subject', () => {
  const act = {
    id: 'a',
    subject: 'subject-1',
    activity: 'use',
    purpose: 'treatment',
    categories: ['genetic', 'health'],
    lawDay: day,
    instant: '2026-11-20T00:00:00.000Z',
  }
  const permit = (more: object) => Permit.issue({ ...act, ...more } as never, [], [])
  assert.equal(makePlan(permit({}), input({}), knowledge).subject, 'subject-1')
  assert.throws(
    () => makePlan(permit({ categories: ['health'] }), input({}), knowledge),
    /does not cover genetic/,
  )
  assert.throws(() => makePlan(permit({ subject: 'subject-2' }), input({}), knowledge), /another subject/)
  assert.throws(() => makePlan({ act } as unknown as Permit, input({}), knowledge), /not a permit/)
})

// ---- properties

const drugNames = knowledge.drugs.map(({ name }) => name)
const phenotypes = [
  'Poor Metabolizer',
  'Intermediate Metabolizer',
  'Normal Metabolizer',
  'Ultrarapid Metabolizer',
  'Likely Poor Metabolizer',
  'Indeterminate',
]
const anyGenes = fc
  .record({
    CYP2C19: fc.constantFrom(null, ...phenotypes, 'Rapid Metabolizer'),
    CYP2D6: fc.constantFrom(null, 0, 0.5, 1, 1.25, 2, 3),
    SLCO1B1: fc.constantFrom(
      null,
      'Normal Function',
      'Decreased Function',
      'Possible Decreased Function',
      'Poor Function',
      'Indeterminate',
    ),
    DPYD: fc.constantFrom(null, 0, 0.5, 1, 1.5, 2),
    TPMT: fc.constantFrom(
      null,
      'Poor Metabolizer',
      'Intermediate Metabolizer',
      'Possible Intermediate Metabolizer',
      'Normal Metabolizer',
    ),
    NUDT15: fc.constantFrom(null, 'Poor Metabolizer', 'Intermediate Metabolizer', 'Normal Metabolizer'),
    CYP2C9: fc.constantFrom(null, 0, 0.5, 1, 1.5, 2),
    VKORC1: fc.constantFrom(null, '-1639 GG', '-1639 AG', '-1639 AA'),
  })
  .map((genes) =>
    Object.entries(genes).flatMap(([gene, value]) =>
      value === null
        ? []
        : [
            typeof value === 'number'
              ? geneCall(gene, { activityScore: value, phenotypes: [scorePhenotype(gene, value)] })
              : called(gene, value),
          ],
    ),
  )
const scorePhenotype = (gene: string, score: number): string =>
  gene === 'CYP2D6'
    ? score === 0
      ? 'Poor Metabolizer'
      : score < 1.25
        ? 'Intermediate Metabolizer'
        : score <= 2.25
          ? 'Normal Metabolizer'
          : 'Ultrarapid Metabolizer'
    : score <= 0.5
      ? 'Poor Metabolizer'
      : score < 2
        ? 'Intermediate Metabolizer'
        : 'Normal Metabolizer'
const anyInput = fc
  .record({
    indication: fc.constantFrom(...knowledge.indications.map(({ id }) => id), 'unknown'),
    genes: anyGenes,
    drugs: fc.uniqueArray(fc.constantFrom(...drugNames), { maxLength: 4 }),
    candidates: fc.option(fc.uniqueArray(fc.constantFrom(...drugNames), { maxLength: 4 }), {
      nil: undefined,
    }),
    age: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
    sex: fc.constantFrom('female' as const, 'male' as const, null),
    eGfr: fc.option(fc.integer({ min: 1, max: 150 }), { nil: null }),
    exposures: fc.uniqueArray(
      fc.constantFrom('smoking', 'grapefruit', 'alcohol', "St John's wort", 'caffeine'),
      { maxLength: 3 },
    ),
  })
  .map(({ indication, genes, drugs, candidates, age, sex, eGfr, exposures }) =>
    input({
      indication,
      genes,
      candidateDrugs: candidates,
      record: {
        ...emptyRecord,
        sex,
        birth: age === null ? null : { kind: 'age', years: age },
        medications: drugs.map(medication),
        observations: eGfr === null ? [] : [quantity('eGFR', eGfr, 'mL/min/1.73m2')],
      },
      exposures: exposures.map((factor) => exposure(factor)),
    }),
  )

test('every plan keeps to the closed vocabulary, names a source for every reason, and orders its drugs totally', () =>
  fc.assert(
    fc.property(anyInput, (one) => {
      const { medications, firstChoice, refer, missing } = makeAdvice(one, knowledge)
      for (const { action, because, disagreements, dose } of medications) {
        assert.ok(Object.hasOwn(actionRanks, action))
        assert.ok(
          because.length > 0 && because.every(({ source }) => source.title !== '' && source.body !== ''),
        )
        for (const other of disagreements) assert.ok(Object.hasOwn(actionRanks, other.action))
        if (dose) assert.ok(dose.factorMin <= dose.factorMax)
        if (action === 'standard') assert.ok(because.some(({ finding }) => finding.includes('standard')))
      }
      assert.deepEqual(
        medications.map(({ rank }) => rank),
        medications.map((_, i) => i + 1),
      )
      assert.ok(
        firstChoice.every((name) =>
          choosable.some((action) => action === medications.find(({ drug }) => drug.name === name)!.action),
        ),
      )
      assert.equal(refer, firstChoice.length === 0)
      assert.ok(missing.every(({ what, why }) => what !== '' && why !== ''))
    }),
    { numRuns: 300 },
  ))

test('the order of what is given changes nothing', () =>
  fc.assert(
    fc.property(anyInput, (one) => {
      const turned = {
        ...one,
        genes: [...one.genes].reverse(),
        candidateDrugs: one.candidateDrugs && [...one.candidateDrugs].reverse(),
        record: { ...one.record, medications: [...one.record.medications].reverse() },
        exposures: [...one.exposures].reverse(),
      }
      assert.deepEqual(makeAdvice(turned, knowledge), makeAdvice(one, knowledge))
    }),
    { numRuns: 200 },
  ))

/** Rank of a drug's action. */
const ranksOf = (one: PlanInput): ReadonlyMap<string, number> =>
  new Map(makeAdvice(one, knowledge).medications.map(({ drug, action }) => [drug.name, actionRanks[action]]))

test('a missing gene is never less protective than the normal one', () =>
  fc.assert(
    fc.property(
      anyInput,
      fc.constantFrom('CYP2C19', 'SLCO1B1', 'DPYD', 'TPMT', 'NUDT15', 'CYP2C9'),
      (one, gene) => {
        const others = one.genes.filter((call) => call.gene !== gene)
        const normal =
          gene === 'SLCO1B1'
            ? slco1b1('Normal')
            : called(gene, 'Normal Metabolizer', undefined, ['DPYD', 'CYP2C9'].includes(gene) ? 2 : null)
        const fixed = {
          ...one,
          candidateDrugs: one.candidateDrugs ?? [
            'clopidogrel',
            'simvastatin',
            'capecitabine',
            'azathioprine',
            'warfarin',
            'fluvastatin',
            'omeprazole',
            'citalopram',
          ],
        }
        const known = ranksOf({ ...fixed, genes: [...others, normal] })
        const unknown = ranksOf({ ...fixed, genes: others })
        for (const [drug, rank] of unknown) {
          // With the gene known a current drug may have to go and make room; compared are drugs that stand alone.
          if (rank < known.get(drug)! && actionRanks['duplicate-therapy'] !== known.get(drug))
            assert.ok(rank >= known.get(drug)!, `${drug} without ${gene}: ${rank} < ${known.get(drug)}`)
        }
      },
    ),
    { numRuns: 200 },
  ))

const sharesEffect = (name: string, others: readonly string[]): boolean => {
  const atcOf = (drug: string) => knowledge.drugs.find((one) => one.name === drug)?.atc ?? []
  const isMember = (drug: string, members: readonly string[]) =>
    members.some((member) => member === drug || atcOf(drug).some((code) => code.startsWith(member)))
  return knowledge.sameEffect.some(
    ({ members }) => isMember(name, members) && others.some((other) => isMember(other, members)),
  )
}

test('an allergy, an interacting drug or an exposure never makes a drug less protected', () =>
  fc.assert(
    fc.property(
      anyInput,
      fc.constantFrom('clarithromycin', 'omeprazole', 'fluconazole', 'ibuprofen'),
      (one, name) => {
        // Alone of their effect: a drug that makes another one go can make room for a third.
        const candidateDrugs = ['clopidogrel', 'simvastatin', 'dabigatran', 'capecitabine', 'methotrexate']
        const medications = one.record.medications.filter(
          ({ names: [drug] }) => !sharesEffect(drug!, candidateDrugs),
        )
        const genes = one.genes.filter(({ gene }) => gene !== 'CYP2C19').concat(cyp2c19('Normal'))
        const before = ranksOf({ ...one, genes, candidateDrugs, record: { ...one.record, medications } })
        const record = { ...one.record, medications: [...medications, medication(name)] }
        const after = ranksOf({ ...one, genes, candidateDrugs, record })
        for (const drug of candidateDrugs)
          assert.ok(after.get(drug)! >= before.get(drug)!, `${drug} with ${name}`)
      },
    ),
    { numRuns: 100 },
  ))

test('no names in the plan beyond the contract', () => {
  const plan = advise(clopidogrelNormal)
  assert.deepEqual(Object.keys(plan).sort(), [
    'firstChoice',
    'genes',
    'medications',
    'missing',
    'prevention',
    'refer',
    'warnings',
  ])
  assert.deepEqual(Object.keys(plan.medications[0]!).sort(), [
    'action',
    'also',
    'appliesTo',
    'because',
    'disagreements',
    'dose',
    'drug',
    'maxDose',
    'rank',
    'role',
    'startDose',
    'strength',
    'suggest',
    'test',
    'withDrug',
  ])
})

test('the public scenarios on drugs agree', { skip: absent }, () => {
  type Expected = {
    readonly drugs?: {
      readonly [name: string]: {
        readonly acceptableActions?: readonly string[]
        readonly mustCite?: readonly string[]
      }
    }
    readonly firstChoiceIn?: readonly string[]
    readonly rejected?: boolean
  }
  const { scenarios } = JSON.parse(readFileSync(scenarioFile, 'utf8')) as {
    readonly scenarios: readonly (Scenario & { readonly expected: Expected })[]
  }
  for (const scenario of scenarios.filter(({ kind }) => kind === undefined)) {
    if (scenario.expected.rejected) {
      assert.throws(() => inputOf(scenario), /quantity\.unit/)
      continue
    }
    const plan = makeAdvice(inputOf(scenario), knowledge)
    for (const [name, { acceptableActions, mustCite = [] }] of Object.entries(
      scenario.expected.drugs ?? {},
    )) {
      const found = plan.medications.find(({ drug }) => drug.name === name)!
      assert.ok(acceptableActions?.includes(found.action), `${scenario.id} ${name} ${found.action}`)
      for (const word of mustCite)
        assert.ok(JSON.stringify(found.because).includes(word), `${scenario.id} ${name} cites ${word}`)
    }
    const choices = scenario.expected.firstChoiceIn
    if (choices) assert.ok(choices.includes(plan.firstChoice[0] ?? ''), `${scenario.id} ${plan.firstChoice}`)
  }
})
