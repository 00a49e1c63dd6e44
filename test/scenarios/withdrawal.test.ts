import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseLeaf } from '#evidence'
import { expectOk, type Instant, instantOf, type SubjectId, subjectId } from '#kernel'
import { parseSituation, ruleOn, type Situation } from '#law'
import { type Effect, govern, operator, type Store, type World, withdrawConsent } from '#usecases'
import { systemChance } from '../../src/adapters/chance.ts'
import { readNormBase } from '../../src/adapters/norms/readNorms.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { examples } from '../../tools/examples/cases.ts'
import { freshFolder } from './habeas.ts'

const permitted: Situation = expectOk(
  parseSituation(examples.find(({ folder }) => folder === 'permitted')?.caseFile['situation'], 'example'),
)
const { consents: _, ...facts } = permitted
const withdrawing: Situation = {
  ...facts,
  id: 'withdrawing',
  activity: 'withdraw',
  consents: permitted.consents ?? [],
}

let store: Store
let world: World
let now = Date.parse('2026-11-24T10:00:00.000Z')

before(async () => {
  store = expectOk(await openStore({ dataFolder: freshFolder('withdrawal') }))
  const base = expectOk(await readNormBase('knowledge/law'))
  const lawbook = { sha256: base.sha256, rule: (situation: Situation) => ruleOn(situation, base) }
  world = { store, house: null, lawbook, chance: systemChance, clock: { now: (): Instant => instantOf(now) } }
})
after(() => store.close())

const nothing: Effect<string> = async () => ({ value: 'done', outputs: new Map(), inputs: {} })

const ask = (subject: SubjectId, effect: Effect<string> = nothing) =>
  govern(
    world,
    {
      kind: 'plan',
      subject,
      actor: 'test',
      by: operator,
      situation: permitted,
      under: 'house-rules',
      death: null,
      hold: 'shared',
      needs: ['genetic', 'health'],
      inputs: {},
    },
    effect,
  )
const withdraw = (subject: SubjectId, purposes: readonly ['treatment'] | readonly ['research'] | null) =>
  withdrawConsent(world, {
    subject,
    actor: 'test',
    by: operator,
    situation: withdrawing,
    death: null,
    purposes,
  })
const person = (id: string): SubjectId => subjectId(id)!

test('given a consent, when it is withdrawn, then the very next act is refused, whatever the case file says', async () => {
  const subject = person('w-1')
  assert.equal((await ask(subject)).kind, 'done')
  assert.equal((await withdraw(subject, null)).kind, 'done')
  const refused = await ask(subject)
  assert.equal(refused.kind, 'refused')
  assert.ok(refused.kind === 'refused' && refused.denial.reasons.length > 0)
})

test('a withdrawal touches the purposes it names and the person who made it, nobody else', async () => {
  assert.equal((await withdraw(person('w-2'), ['research'])).kind, 'done')
  assert.equal((await ask(person('w-2'))).kind, 'done')
  assert.equal((await withdraw(person('w-2'), ['treatment'])).kind, 'done')
  assert.equal((await ask(person('w-2'))).kind, 'refused')
  assert.equal((await ask(person('w-3'))).kind, 'done')
})

test('a clock that goes back does not revive a consent', async () => {
  const subject = person('w-4')
  await withdraw(subject, null)
  now -= 86_400_000
  assert.equal((await ask(subject)).kind, 'refused')
  now += 86_400_000
})

test('a withdrawal comes before or after an act, never beside it', async () => {
  const subject = person('w-5')
  const order: string[] = []
  const slow: Effect<string> = async () => {
    order.push('effect begins')
    await new Promise((resolve) => setTimeout(resolve, 300))
    order.push('effect ends')
    return { value: '', outputs: new Map(), inputs: {} }
  }
  const act = ask(subject, slow)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await withdraw(subject, null)
  order.push('withdrawn')
  await act
  assert.deepEqual(order, ['effect begins', 'effect ends', 'withdrawn'])
})

test('an effect that fails leaves no act and no entry', async () => {
  const subject = person('w-6')
  const before = (await store.publish()).size
  await assert.rejects(
    ask(subject, () => Promise.reject(new Error('the effect broke'))),
    /the effect broke/,
  )
  assert.equal((await store.publish()).size, before)
})

test('a rule that cannot be evaluated denies, and the refusal is evidence', async () => {
  const broken: World = {
    ...world,
    lawbook: {
      sha256: '0'.repeat(64),
      rule: () => {
        throw new RangeError('broken')
      },
    },
  }
  const request = {
    kind: 'plan',
    subject: person('w-7'),
    actor: 'test',
    by: operator,
    situation: permitted,
    under: 'house-rules' as const,
    death: null,
    hold: 'shared' as const,
    needs: [],
    inputs: {},
  }
  const governed = await govern(broken, request, nothing)
  assert.equal(governed.kind, 'refused')
  if (governed.kind !== 'refused') return
  assert.deepEqual(governed.denial.reasons, [{ kind: 'rule-unevaluable', code: 'RangeError' }])
  assert.equal(expectOk(parseLeaf(governed.receipt.files.get('leaf.bin')!)).kind, 'plan-refused')
})
