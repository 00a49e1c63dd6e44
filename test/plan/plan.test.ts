import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makePlan } from '#plan'
import { Permit } from '../../src/decision/permit.ts'
import { makeAdvice } from '../../src/plan/advice.ts'
import { actionOf, advise, called, cyp2c19, exposure, healthy, input, knowledge, slco1b1 } from './given.ts'
import { condition, day, inputOf, medication, type PlanInput, quantity, type Scenario } from './scenario.ts'

const shared = process.env['HABEAS_SHARED'] ?? '../shared'
const scenarioFile = join(shared, 'contracts/public-scenarios.json')
const absent = existsSync(scenarioFile) ? false : 'the contract is not beside the checkout'

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

test('a value of more than a year ago or of tomorrow is warned of', () => {
  const warned = (on: string | null) =>
    advise({
      record: {
        ...healthy,
        observations: [{ ...quantity('eGFR', 90, 'mL/min/1.73m2'), on: on as PlanInput['at'] | null }],
      },
    }).warnings.some(({ code }) => code === 'observation.date')
  assert.deepEqual(['2025-11-19', '2025-11-20', '2026-11-20', '2026-11-21', null].map(warned), [
    true,
    false,
    false,
    true,
    false,
  ])
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
