import assert from 'node:assert/strict'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { copyCase, freshFolder, habeas, readJson, shared, withoutShared } from './habeas.ts'

const data = freshFolder('data')
const plan = (folder: string, out: string) => habeas(['plan', folder, '--out', out, '--data', data, '--json'])
const evidence = ['checkpoint', 'leaf.bin', 'log.vkey', 'opening.json', 'policy.txt', 'receipt.tlog-proof']

test('given each example, when a plan is asked for, then it is made or refused, with evidence of either', async (t) => {
  const table: [example: string, status: number, reasons: RegExp][] = [
    ['permitted', 0, /^$/],
    ['no-separate-consent', 1, /separate/],
    ['withdrawn', 1, /consent|PIPL/],
    ['emergency', 0, /^$/],
  ]
  for (const [example, status, reasons] of table) {
    await t.test(example, () => {
      const out = freshFolder(example)
      const run = plan(`examples/${example}`, out)
      assert.equal(run.status, status, run.err)
      const answer = JSON.parse(run.out)
      assert.match(
        JSON.stringify(answer.reasons.length > 0 ? answer.reasons : '').replaceAll('"', ''),
        reasons,
      )
      assert.deepEqual(readdirSync(join(out, 'evidence')).sort(), evidence)
      for (const name of ['plan.json', 'plan.html', 'plan.fhir.json'])
        assert.equal(existsSync(join(out, name)), status === 0, name)
      assert.equal(readJson(join(out, 'ruling.json')).situation, example)
      const verified = habeas(['verify', out, '--json'])
      assert.equal(verified.status, 0, verified.out)
      assert.equal(JSON.parse(verified.out).trust, 'self-asserted')
    })
  }
})

test('an emergency is permitted without consent, and leaves duties', () => {
  const out = freshFolder('emergency')
  const { duties, outcome } = JSON.parse(plan('examples/emergency', out).out).ruling
  assert.equal(outcome, 'permit-with-duties')
  assert.ok(duties.some(({ code }: { code: string }) => code === 'complete-rescue-record'))
})

test('a refusal takes away the plan that an earlier run left in the same folder', () => {
  const out = freshFolder('stale')
  assert.equal(plan('examples/permitted', out).status, 0)
  assert.ok(existsSync(join(out, 'plan.json')))
  assert.equal(plan('examples/withdrawn', out).status, 1)
  for (const name of ['plan.json', 'plan.html', 'plan.fhir.json'])
    assert.ok(!existsSync(join(out, name)), name)
  assert.equal(habeas(['verify', out]).status, 0)
})

const genes = ['CYP2C19', 'CYP2C9', 'VKORC1', 'SLCO1B1', 'DPYD', 'TPMT', 'NUDT15']

test('the contract’s cases on a real genome', { skip: withoutShared }, async (t) => {
  const cases = `${shared}/contracts/example-cases`
  await t.test('permitted', () => {
    const out = freshFolder('real')
    assert.equal(plan(`${cases}/permitted`, out).status, 0)
    const made = readJson(join(out, 'plan.json'))
    assert.deepEqual(
      genes.filter((gene) => made.genes.some((call: { gene: string }) => call.gene === gene)),
      genes,
    )
    for (const call of made.genes) {
      assert.ok(call.diplotypes.length > 0 || call.missing.length > 0 || call.status !== 'called', call.gene)
    }
    const of = (name: string) =>
      made.medications.find(({ drug }: { drug: { name: string } }) => drug.name === name)
    assert.ok(
      of('clopidogrel').because.some(
        (why: { kind: string; of: string }) => why.kind === 'drug' && why.of === 'omeprazole',
      ),
    )
    assert.equal(of('simvastatin').role, 'current')
    assert.ok(of('simvastatin').because.some((why: { of: string }) => why.of === 'SLCO1B1'))
    assert.ok(made.firstChoice.length > 0)
  })
  for (const refused of ['withdrawn', 'unknown-consent']) {
    await t.test(refused, () => {
      const out = freshFolder('real')
      const run = plan(`${cases}/${refused}`, out)
      assert.equal(run.status, 1)
      assert.ok(JSON.parse(run.out).reasons.length > 0)
      assert.ok(!existsSync(join(out, 'plan.json')))
      assert.equal(habeas(['verify', join(out, 'evidence')]).status, 0)
    })
  }
})

test('ages that differ within what the law hears alike are said in the plan', () => {
  const folder = copyCase('permitted')
  const document = readJson(join(folder, 'case.json'))
  document.situation.subject.age = 61
  writeFileSync(join(folder, 'case.json'), JSON.stringify(document))
  const run = plan(folder, join(folder, 'out'))
  assert.equal(run.status, 0, run.err)
  const { warnings } = readJson(join(folder, 'out/plan.json'))
  assert.ok(warnings.some(({ code }: { code: string }) => code === 'age-contradiction'))
})
