import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { actionRanks, choosable } from '../../src/plan/action.ts'
import { makeAdvice } from '../../src/plan/advice.ts'
import { called, cyp2c19, exposure, input, knowledge, slco1b1 } from './given.ts'
import { emptyRecord, geneCall, medication, type PlanInput, quantity } from './scenario.ts'

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
          // With the gene known a current drug may have to go and make room; compared are drugs that stand alone. A moderate
          // inhibitor makes the normal gene act as a slower one: without the gene that drug is held back until it is tested.
          const isHeld = rank >= actionRanks['test-first']
          if (rank < known.get(drug)! && !isHeld && actionRanks['duplicate-therapy'] !== known.get(drug))
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
