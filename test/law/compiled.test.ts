import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileNormBase, parseSituation, ruleOn, type Situation } from '#law'
import { seeded } from '../../src/adapters/bench/chance.ts'
import { inventedSituations } from '../../src/adapters/bench/persons.ts'
import { boundaryDays, knownSituations, makeGenerator, publicSituations } from './randomSituations.ts'
import { base } from './situations.ts'

const { rule, held } = compileNormBase(base)
const known = knownSituations()
const generator = makeGenerator(base)

/** Both as JSON: what is stored and compared is bytes, down to the order of members. */
function assertSame(situation: Situation, compiled = rule): void {
  const [slow, fast] = [ruleOn(situation, base), compiled(situation)]
  if (JSON.stringify(slow) === JSON.stringify(fast)) return
  assert.deepEqual(fast, slow, JSON.stringify(situation))
  assert.fail(`the members stand in another order: ${JSON.stringify(situation)}`)
}

test('every known situation is ruled alike, cold and remembered', () => {
  assert.ok(known.length > 70, `${known.length}`)
  for (const situation of [...known, ...known]) assertSame(situation)
})

test('around every date of the base it rules alike', () => {
  const days = boundaryDays(base)
  const chosen = [
    ...publicSituations().filter((_, index) => index % 12 === 0),
    ...known.filter((_, index) => index % 40 === 0),
  ]
  for (const situation of chosen) for (const at of days) assertSame({ ...situation, at } as Situation)
  assert.ok(days.length > 100 && chosen.length > 5)
})

test('the members of a ruling cannot be changed: other rulings share them', () => {
  const ruling = rule(known[0]!)
  assert.throws(() => (ruling.norms as string[]).push('CN-NONE-1'), TypeError)
})

/** A walk: most steps change one to three facts of the situation before, so that neighbours of a remembered cell come up. */
function* walk(steps: number, seed: number): Generator<Situation> {
  const chance = seeded(seed)
  let at = known[0]!
  for (let step = 0; step < steps; step += 1) {
    const turn = chance()
    if (turn < 0.02) at = generator.any(chance)
    else if (turn < 0.2) at = known[Math.floor(chance() * known.length)]!
    else at = generator.changed(at, chance)
    yield at
  }
}

test('random situations have the shape of situations', () => {
  const codes = [...walk(400, 7)].map((situation) => {
    const parsed = parseSituation(JSON.parse(JSON.stringify(situation)), '$')
    return parsed.ok ? 'fits' : parsed.error.code
  })
  assert.ok(!codes.includes('situation.shape'))
  assert.ok(codes.filter((code) => code === 'fits').length > 200)
})

test('persons with random ages, data and consents are ruled alike, from few cells', () => {
  const engine = compileNormBase(base)
  for (const situation of inventedSituations(2_000, 3)) {
    const parsed = parseSituation(JSON.parse(JSON.stringify(situation)), '$')
    assert.ok(parsed.ok || parsed.error.code === 'situation.contradiction')
    assertSame(situation, engine.rule)
  }
  const { cells, answers } = engine.held()
  assert.ok(cells < 2_000 && 2 * answers < cells, `${cells} cells, ${answers} answers`)
})

test('a code that is not of the vocabulary is no situation, and not taken for one that is absent', () => {
  const [one] = inventedSituations(1)
  const strange = { ...one!, data: { categories: ['rumour'] } } as unknown as Situation
  assert.throws(() => rule(strange), RangeError)
})

const count = Number(process.env.HABEAS_DIFFERENTIAL ?? 20_000)
const seed = Number(process.env.HABEAS_SEED ?? 1)

test(`${count} random situations are ruled alike`, (t) => {
  const outcomes = new Map<string, number>()
  const norms = new Set<string>()
  const start = process.hrtime.bigint()
  for (const situation of walk(count, seed)) {
    assertSame(situation)
    const ruling = rule(situation)
    outcomes.set(ruling.outcome, (outcomes.get(ruling.outcome) ?? 0) + 1)
    for (const norm of ruling.norms) norms.add(norm)
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  t.diagnostic(
    `${count} compared in ${seconds.toFixed(1)} s, ${norms.size} norms cited, ${JSON.stringify(held())}`,
  )
  t.diagnostic([...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(', '))
  assert.equal(outcomes.size, 5)
})
