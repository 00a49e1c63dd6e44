import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectOk } from '#kernel'
import { readPlanKnowledge } from '../../src/adapters/knowledge/readTables.ts'
import { rankOf } from '../../src/plan/action.ts'
import { makeAdvice } from '../../src/plan/advice.ts'
import { markersOf } from '../../src/plan/geneFindings.ts'
import { viewGene } from '../../src/plan/geneView.ts'
import { day, emptyRecord, geneCall, quantity } from './scenario.ts'

const knowledge = expectOk(await readPlanKnowledge('knowledge'))

/** A call that has exactly the value of a lookup key. */
function callWith(gene: string, value: string) {
  const [, score, origin] = /^≥?(\d+(?:\.\d+)?)(?: \(([\w ]+)\))?$/.exec(value) ?? []
  if (score === undefined) {
    if (value.includes('/')) return geneCall(gene, { phenotypes: ['by diplotype'], diplotypes: [value] })
    return geneCall(gene, { phenotypes: [value] })
  }
  const halves = knowledge.halfFunction[gene] ?? []
  const diplotypes =
    origin === 'Phenotyping' ? [`${halves[0]}/${halves[1]}`] : origin ? ['Reference/c.1905+1G>A (*2A)'] : []
  return geneCall(gene, { phenotypes: ['by score'], activityScore: Number(score), diplotypes })
}

const standIns = ['No Result', 'Indeterminate', 'n/a']

test('every value of every lookup key is the value of somebody', () => {
  for (const row of knowledge.guidance) {
    const rows = knowledge.guidance.filter(({ drug }) => drug === row.drug)
    for (const key of row.keys)
      key.forEach((value, i) => {
        if (standIns.includes(value)) return
        const gene = row.genes[i]!
        const lookup = { halfFunction: knowledge.halfFunction[gene] ?? [], markers: markersOf(gene, rows) }
        const view = viewGene(gene, callWith(gene, value), null, lookup)
        assert.equal(view.stands(value), 'theirs', `${row.drug} ${gene} ${value}`)
      })
  }
})

test('every refusing row of every guided drug refuses the drug, or is outvoted by nothing less', () => {
  const record = {
    ...emptyRecord,
    birth: { kind: 'age' as const, years: 40 },
    observations: [quantity('eGFR', 90, 'mL/min/1.73m2')],
  }
  let rows = 0
  for (const row of knowledge.guidance) {
    const says = row.says.filter(
      ({ action, contexts }) => contexts.length === 0 && rankOf(action) >= rankOf('start-low'),
    )
    if (says.length === 0 || row.population.length > 0) continue
    for (const key of row.keys) {
      // A stand-in is the person's when the gene has not been tested at all.
      const genes = row.genes.flatMap((gene, i) =>
        standIns.includes(key[i]!) ? [] : [callWith(gene, key[i]!)],
      )
      const { medications } = makeAdvice(
        {
          at: day,
          indication: 'none',
          candidateDrugs: [row.drug],
          genes,
          record,
          exposures: [],
          notUnderstood: [],
        },
        knowledge,
      )
      const least = Math.max(...says.map(({ action }) => rankOf(action)))
      assert.ok(
        rankOf(medications[0]!.action) >= least,
        `${row.drug} ${row.genes} ${key}: ${medications[0]!.action}`,
      )
      rows++
    }
  }
  assert.ok(rows > 900, `${rows} genotypes`)
})

test('every drug that the seven genes guide has its rows, from CPIC and DPWG', () => {
  const first = ['CYP2C19', 'CYP2C9', 'VKORC1', 'SLCO1B1', 'DPYD', 'TPMT', 'NUDT15']
  const guided = new Set(
    knowledge.guidance
      .filter(({ genes }) => genes.some((gene) => first.includes(gene)))
      .map(({ drug }) => drug),
  )
  for (const drug of [
    'clopidogrel',
    'citalopram',
    'escitalopram',
    'sertraline',
    'amitriptyline',
    'clomipramine',
    'doxepin',
    'imipramine',
    'trimipramine',
    'voriconazole',
    'omeprazole',
    'lansoprazole',
    'pantoprazole',
    'dexlansoprazole',
    'celecoxib',
    'flurbiprofen',
    'ibuprofen',
    'lornoxicam',
    'meloxicam',
    'piroxicam',
    'tenoxicam',
    'phenytoin',
    'fosphenytoin',
    'fluvastatin',
    'siponimod',
    'warfarin',
    'acenocoumarol',
    'phenprocoumon',
    'simvastatin',
    'atorvastatin',
    'lovastatin',
    'pitavastatin',
    'pravastatin',
    'rosuvastatin',
    'capecitabine',
    'fluorouracil',
    'tegafur',
    'flucytosine',
    'azathioprine',
    'mercaptopurine',
    'thioguanine',
  ])
    assert.ok(guided.has(drug), drug)
})

test('every drug that a table names is in the directory', () => {
  const known = new Set(knowledge.drugs.map(({ name }) => name))
  const named = [
    ...knowledge.guidance.map(({ drug }) => drug),
    ...knowledge.indications.flatMap(({ candidates }) => candidates.map(({ drug }) => drug)),
    ...knowledge.organ.map(({ drug }) => drug),
    ...knowledge.pairs.flatMap((pair) => [...pair.drugs, ...pair.with]),
    ...knowledge.substrates.flatMap(({ drugs }) => drugs),
    ...knowledge.conditionRows.flatMap(({ drugs }) => drugs),
  ]
  assert.deepEqual(
    [...new Set(named)].filter((name) => !known.has(name)),
    [],
  )
})

test('all 25 indications have candidates, and their conditions and contexts are known', () => {
  assert.equal(knowledge.indications.length, 25)
  const conditions = new Set(knowledge.conditions.map(({ id }) => id))
  assert.deepEqual(
    knowledge.conditionRows.filter(({ condition }) => !conditions.has(condition)),
    [],
  )
})

test('a missing or damaged table is a fault of the surroundings that names the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-tables-'))
  try {
    await cp('knowledge/guidance', join(folder, 'guidance'), { recursive: true })
    await cp('knowledge/clinical', join(folder, 'clinical'), { recursive: true })
    assert.ok((await readPlanKnowledge(folder)).ok)
    for (const [damage, code] of [
      ['{', 'json.syntax'],
      ['{}', 'knowledge.damaged'],
      ['{"rows": []}', 'knowledge.damaged'],
      ['{"rows": [{"drug": 7}]}', 'knowledge.damaged'],
    ] as const) {
      await writeFile(join(folder, 'clinical/organ.json'), damage)
      const read = await readPlanKnowledge(folder)
      assert.ok(!read.ok)
      assert.equal(read.error.kind, 'surroundings')
      assert.equal(read.error.code, code)
      assert.match(read.error.where, /knowledge\/clinical\/organ\.json/)
    }
    await rm(join(folder, 'clinical/organ.json'))
    const read = await readPlanKnowledge(folder)
    assert.ok(!read.ok)
    assert.match(read.error.where, /organ\.json/)
    assert.equal(read.error.kind, 'surroundings')
  } finally {
    await rm(folder, { recursive: true })
  }
})
