import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileNormBase, parseSituation, type Situation } from '#law'
import { inventedSituations } from '../../src/adapters/bench/persons.ts'
import { boundaryDays, knownSituations, publicSituations } from './randomSituations.ts'
import { compareInShards } from './shards.ts'
import { base } from './situations.ts'
import { assertSame, walk } from './walk.ts'

const { rule } = compileNormBase(base)
const known = knownSituations()

test('every known situation is ruled alike, cold and remembered', () => {
  assert.ok(known.length > 70, `${known.length}`)
  for (const situation of [...known, ...known]) assertSame(situation, rule)
})

test('around every date of the base it rules alike', () => {
  const days = boundaryDays(base)
  const chosen = [
    ...publicSituations().filter((_, index) => index % 12 === 0),
    ...known.filter((_, index) => index % 40 === 0),
  ]
  for (const situation of chosen) for (const at of days) assertSame({ ...situation, at } as Situation, rule)
  assert.ok(days.length > 100 && chosen.length > 5)
})

test('the members of a ruling cannot be changed: other rulings share them', () => {
  const ruling = rule(known[0]!)
  assert.throws(() => (ruling.norms as string[]).push('CN-NONE-1'), TypeError)
})

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
  const { cells, findings } = engine.held()
  assert.ok(cells < 2_000 && findings < cells, `${cells} cells, ${findings} findings`)
})

test('a code that is not of the vocabulary is no situation, and not taken for one that is absent', () => {
  const [one] = inventedSituations(1)
  const strange = { ...one!, data: { categories: ['rumour'] } } as unknown as Situation
  assert.throws(() => rule(strange), RangeError)
})

test('an engine that remembers next to nothing rules alike, and keeps to its bounds', () => {
  const room = { cells: 40, programs: 3, findings: 20, said: 300 }
  const engine = compileNormBase(base, room)
  for (const situation of [...walk(300, 11), ...inventedSituations(600, 5)]) {
    assertSame(situation, engine.rule)
    const held = engine.held()
    for (const [what, most] of Object.entries(room)) assert.ok(held[what as keyof typeof room] <= most, what)
    assert.ok(held.sayings <= held.said)
  }
})

const count = Number(process.env.HABEAS_DIFFERENTIAL ?? 20_000)
const seed = Number(process.env.HABEAS_SEED ?? 1)
const shards = Number(process.env.HABEAS_SHARDS ?? (count > 20_000 ? 2 : 1))

test(`${count} random situations are ruled alike`, async (t) => {
  const { situations, worked, seconds, norms, outcomes } = await compareInShards(shards, count, seed)
  t.diagnostic(
    `${situations} situations compared, ${worked} of them in new cells, differences 0, ${norms.length} norms cited, ` +
      `${seconds.toFixed(1)} s in ${shards} processes`,
  )
  t.diagnostic(JSON.stringify(outcomes))
  assert.ok(situations >= count)
  assert.equal(Object.keys(outcomes).length, 5)
})
