import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { expectOk, type Instant, instantOf, type SubjectId, subjectId } from '#kernel'
import { parseSituation, type Ruling, type Situation } from '#law'
import {
  type ActedBy,
  answerRecall,
  govern,
  operator,
  type Store,
  type World,
  withdrawConsent,
} from '#usecases'
import { systemChance } from '../../src/adapters/chance.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { examples } from '../../tools/examples/cases.ts'
import { freshFolder } from './habeas.ts'

const permitted: Situation = expectOk(
  parseSituation(examples.find(({ folder }) => folder === 'permitted')?.caseFile['situation'], 'example'),
)
const withdrawing: Situation = { ...permitted, id: 'withdrawing', activity: 'withdraw' }
let store: Store
let now = Date.parse('2026-11-24T10:00:00.000Z')
let answer: 'permit' | 'deny' = 'permit'
/** A law that says one word, so that only what is tested here decides. */
const rule = ({ id, at }: Situation): Ruling => ({
  ...{ situation: id, at, outcome: answer, whoMustConsent: [], mustTell: [], duties: [], forbiddenBy: [] },
  ...{ notRequired: [], norms: [], displaced: [], burdenOfProof: [], factsNeeded: [], explanation: [] },
})
const world = (): World => ({
  ...{ store, house: 'hillside' as never, chance: systemChance },
  lawbook: { sha256: '0'.repeat(64), rule },
  clock: { now: (): Instant => instantOf(now) },
})
before(async () => {
  store = expectOk(await openStore({ dataFolder: freshFolder('recalls') }))
})
after(() => store.close())

/** An act that gives, or would give, something to a recipient. */
const give = (subject: SubjectId, recipient: Situation['recipient']) =>
  govern(
    world(),
    {
      ...{
        kind: 'disclosure',
        subject,
        actor: 'test',
        by: operator,
        under: 'own-right',
        death: null,
        hold: 'shared',
        needs: [],
        inputs: {},
      },
      situation: { ...permitted, activity: 'disclose', ...(recipient !== undefined && { recipient }) },
    },
    async () => ({ value: undefined, outputs: new Map(), inputs: {} }),
  )
const withdraw = (subject: SubjectId, purposes: Parameters<typeof withdrawConsent>[1]['purposes']) =>
  withdrawConsent(world(), {
    subject,
    actor: 'test',
    by: operator,
    situation: withdrawing,
    death: null,
    purposes,
  })
const person = (id: string): SubjectId => subjectId(id)!
const lab = { id: 'lab', kind: 'medical-institution' } as const
const steward = (organisation: string, method = 'code'): Extract<ActedBy, { kind: 'account' }> =>
  ({
    ...{ kind: 'account', account: 'a', name: 'S', method, role: 'steward', relation: 'organisation' },
    ...{ organisation, actingFor: null, through: null },
  }) as never
const deleted = { answer: 'deleted', until: null, basis: null, because: null } as const

const table: readonly (readonly [
  given: string,
  recipients: readonly Situation['recipient'][],
  law: 'permit' | 'deny',
  purposes: Parameters<typeof withdraw>[1],
  asked: readonly string[],
])[] = [
  ['nothing was given', [], 'permit', null, []],
  ['it was used here', [null], 'permit', null, []],
  ['it was given to the hospital itself', [{ ...lab, id: 'hillside' }], 'permit', null, []],
  ['it was given to a laboratory', [lab], 'permit', null, ['lab']],
  ['it was given twice', [lab, lab], 'permit', null, ['lab']],
  ['to one of whom no name is on record', [{ kind: 'insurer' }], 'permit', null, ['kind:insurer']],
  ['giving it was refused', [lab], 'deny', null, []],
  ['it was given for a purpose that was not withdrawn', [lab], 'permit', ['insurance'], []],
  ['it was given for the purpose that was withdrawn', [lab], 'permit', ['treatment'], ['lab']],
]

test('whoever an act of disclosure reached is asked, in the transaction of the withdrawal', async () => {
  for (const [i, [given, recipients, law, purposes, asked]] of table.entries()) {
    const subject = person(`reached-${i}`)
    answer = law
    const acts = []
    for (const recipient of recipients) acts.push(await give(subject, recipient))
    answer = 'permit'
    now += 1
    const done = await withdraw(subject, purposes)
    assert.ok(done.kind === 'done', given)
    assert.deepEqual(
      done.value.map(({ recipient }) => recipient),
      asked,
      given,
    )
    if (asked.length === 0) continue
    const numbers = acts.flatMap((one) => (one.kind === 'done' ? one.permit.act.id : []))
    assert.deepEqual([...done.value[0]!.acts].sort(), [...numbers].sort(), given)
    assert.ok(done.outputs.has('recalls.json'), 'what was asked is in the evidence')
    assert.deepEqual(((await withdraw(subject, purposes)) as typeof done).value, [], `${given}: asked once`)
  }
})

test('a withdrawal that is refused, or fails, asks nobody', async () => {
  const subject = person('unwound')
  await give(subject, lab)
  answer = 'deny'
  assert.equal((await withdraw(subject, null)).kind, 'refused')
  answer = 'permit'
  const failing = store.transact({ act: systemChance.id() as never, subject }, async (transaction) => {
    await transaction.recordWithdrawal({ id: 'w', at: instantOf(now), purposes: null })
    const notice = { recipient: 'lab', purposes: null, categories: null, acts: [] }
    await transaction.recordRecall({ ...notice, id: 'never', at: instantOf(now), situation: withdrawing })
    throw new Error('of the effect')
  })
  await assert.rejects(failing, /of the effect/)
  const asked = await store.listRecallsTo('lab' as never)
  assert.ok(asked.every((one) => one.subject !== subject))
})

test('only the recipient answers, in person, and where the law refuses nothing is stored', async () => {
  const subject = person('answers')
  await give(subject, lab)
  now += 1
  const done = await withdraw(subject, null)
  assert.ok(done.kind === 'done')
  const { id } = done.value[0]!
  const codes = async (by: ReturnType<typeof steward>, recall = id) => {
    const answered = await answerRecall(world(), by, recall, deleted)
    return answered.ok ? answered.value.kind : answered.error
  }
  assert.equal(await codes(steward('bank')), 'recall.unknown')
  assert.equal(await codes(steward('lab'), 'not-there'), 'recall.unknown')
  assert.equal(await codes(steward('lab', 'assertion')), 'recall.by-person')
  answer = 'deny'
  assert.equal(await codes(steward('lab')), 'refused')
  answer = 'permit'
  assert.equal(await codes(steward('lab')), 'done')
  assert.equal(await codes(steward('lab')), 'recall.same')
  const [mine] = (await store.listRecallsTo('lab' as never)).filter((one) => one.subject === subject)
  assert.deepEqual(
    mine?.answers.map((one) => one.answer),
    [{ kind: 'deleted' }],
  )
})
