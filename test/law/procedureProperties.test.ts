import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { addDays } from '#kernel'
import { changesSince, procedureOf, type Ruling, ruleOn, type Situation, type Step } from '#law'
import { disclosureElements, duties, stages } from '#vocabulary'
import { seeded } from '../../src/adapters/bench/chance.ts'
import { places } from '../../src/law/procedure/places.ts'
import { boundaryDays, makeGenerator } from './randomSituations.ts'
import { base, careConsent, dataConsent, geneticUse, situation } from './situations.ts'

const shared = process.env.HABEAS_SHARED ?? '../shared'
const file = `${shared}/contracts/public-cases.json`

const worksOf = <Kind extends Step['work']['kind']>(steps: readonly Step[], kind: Kind) =>
  steps.flatMap(({ work }) => (work.kind === kind ? [work as Extract<Step['work'], { kind: Kind }>] : []))
const sorted = (items: readonly string[]) => [...items].sort()

/** Everything that holds of the procedure of any ruling. */
function holds(facts: Situation, ruling: Ruling, steps: readonly Step[]): void {
  const where = JSON.stringify(facts)
  assert.equal(new Set(steps.map(({ id }) => id)).size, steps.length, where)
  const places = steps.map(({ stage }) => stages.indexOf(stage))
  assert.deepEqual(places, [...places].sort(), where)
  inOneStepEach(ruling, steps, where)
  for (const step of steps) {
    if (ruling.norms.length > 0) assert.ok(step.norms.length > 0, `${step.id} ${where}`)
    if (step.state === 'done') assert.ok(step.from.length > 0, `${step.id} ${where}`)
    for (const record of step.from) assert.ok(isThere(record, facts), `${step.id} ${where}`)
  }
  if (ruling.outcome === 'deny') assert.ok(steps.some(standsAgainst), where)
}

function inOneStepEach(ruling: Ruling, steps: readonly Step[], where: string): void {
  assert.deepEqual(
    sorted(worksOf(steps, 'duty').map(({ code }) => code)),
    sorted(ruling.duties.map(({ code }) => code)),
    where,
  )
  const asked = worksOf(steps, 'consent').flatMap(({ topic, parties }) =>
    parties.map(({ party, forms }) => `${party} ${topic} ${forms}`),
  )
  const demanded = ruling.whoMustConsent.map(({ party, for: topic, forms }) => `${party} ${topic} ${forms}`)
  assert.deepEqual(sorted(asked), sorted(demanded), where)
  assert.deepEqual(
    worksOf(steps, 'fact').map(({ path }) => path),
    ruling.factsNeeded,
    where,
  )
  const told = new Set(worksOf(steps, 'duty').flatMap(({ elements }) => elements.map(({ code }) => code)))
  assert.deepEqual(sorted([...told]), sorted(ruling.mustTell), where)
  assert.equal(worksOf(steps, 'act').length, 1, where)
}

function isThere(record: Step['from'][number], { consents, approvals, ...facts }: Situation): boolean {
  switch (record.kind) {
    case 'consent':
      return consents!.some(({ by, on }) => by === record.by && (on ?? null) === record.on)
    case 'withdrawn':
      return consents!.some(({ by, withdrawnOn }) => by === record.by && withdrawnOn === record.on)
    case 'approval':
      return approvals!.some(({ kind, outcome }) => kind === record.approval && outcome === record.outcome)
    case 'no':
      return false
    case 'fact':
      return JSON.stringify({ consents, approvals, ...facts }).includes(`"${record.path.split(/[.[]/)[0]}"`)
  }
}

/** A step that is known not to be there yet, or a prohibition that no step can mend. */
const standsAgainst = ({ state, work }: Step): boolean =>
  work.kind === 'act' ? state === 'not-possible' : state === 'open' || state === 'not-possible'

const agreed = (day: string): Situation =>
  situation(geneticUse(day, { consents: [dataConsent(), careConsent({ told: disclosureElements })] }))

test('of random situations on boundary days: all that a ruling asks is in one step, and nothing is done without a record', () => {
  const chance = seeded(7)
  const generator = makeGenerator(base)
  const days = boundaryDays(base)
  let facts = generator.any(chance)
  const met = new Set<string>()
  for (let n = 0; n < 1500; n += 1) {
    // Of what is drawn blindly hardly anything was consented to: one in three starts from what was.
    if (n % 6 === 0) facts = generator.any(chance)
    else if (n % 3 === 0) facts = agreed(days[Math.floor(chance() * days.length)]!)
    else facts = generator.changed(facts, chance)
    const ruling = ruleOn(facts, base)
    const steps = procedureOf(ruling, facts, base)
    holds(facts, ruling, steps)
    for (const { work, state } of steps) met.add(`${work.kind} ${state}`)
  }
  for (const one of [
    'consent done',
    'consent open',
    'consent unknown',
    'consent not-possible',
    'duty done',
    'duty open',
    'act open',
    'act not-possible',
  ])
    assert.ok(met.has(one), `${one} was met`)
})

test('of the public cases likewise', {
  skip: existsSync(file) ? false : 'the reference facts are not here',
}, () => {
  const cases = JSON.parse(readFileSync(file, 'utf8')) as { situation: object }[]
  assert.ok(cases.length > 50)
  for (const one of cases) {
    const facts = situation({ ...one.situation })
    const ruling = ruleOn(facts, base)
    holds(facts, ruling, procedureOf(ruling, facts, base))
  }
})

test('what the base says must come before the act stands before it, and every duty has its place', () => {
  for (const norm of base.norms)
    for (const { code, prior } of norm.duties)
      if (prior) assert.ok(stages.indexOf(places[code].stage) < stages.indexOf('act'), `${norm.id} ${code}`)
  assert.deepEqual(Object.keys(places).sort(), [...duties].sort())
})

test('the law of the same day differs in nothing; of another day only by norms that came or went between', () => {
  const chance = seeded(11)
  const generator = makeGenerator(base)
  for (let n = 0; n < 150; n += 1) {
    const facts = generator.any(chance)
    const ruling = ruleOn(facts, base)
    assert.deepEqual(changesSince(facts.at, ruling, facts, base).changes, [])
    const { changes } = changesSince(addDays(facts.at, -1), ruling, facts, base)
    for (const { norms } of changes)
      for (const id of norms) {
        const { from, to } = base.byId.get(id)!
        assert.ok(from === facts.at || (to !== null && addDays(to, 1) === facts.at), `${id} ${facts.at}`)
      }
  }
})
