import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bornBefore, startFamilyServer, today } from './family.ts'
import { ask, type RunningServer } from './running.ts'
import { lookAt, type Said, sign, signingOf, yes } from './signing.ts'

/** Born so that they are of an age today, and so many days more. */
const ids = [
  'first',
  'child-first',
  'otherwise',
  'no',
  'parent-no',
  'withdrawn',
  'race',
  'twice',
  'edge',
] as const
const patients = [
  ...ids.map((id) => ({
    id,
    subject: { bornOn: bornBefore(id === 'edge' ? 18 : 15, id === 'edge' ? 1 : 0) },
  })),
  { id: 'adult', subject: { bornOn: bornBefore(18), capacity: 'full' } },
]
const signatories = patients.flatMap(({ id }) => [
  { name: id, for: id },
  { name: `p.${id}`, for: id, papers: 'parent' },
  ...(id === 'twice' ? [{ name: `q.${id}`, for: id, papers: 'parent' }] : []),
])

let server: RunningServer
before(async () => {
  server = await startFamilyServer(patients, signatories)
})
after(() => server.stop())

/** The surroundings are information alone: from 14 on no guardian is asked. */
const genes: Said = { 'genes-for-medicines': 'permit' }
const noGenes: Said = { 'genes-for-medicines': 'refuse' }

const signedBy = async (caseId: string, who: string, said: Said) => {
  const signing = await signingOf(server, caseId, who, said)
  return sign(server, caseId, who, who === caseId ? signing : { ...signing, voice: 'assents' })
}
async function say(caseId: string, who: string, said: Said) {
  const { status, body } = await signedBy(caseId, who, said)
  assert.equal(status, 201, JSON.stringify(body))
  return body as { receipt: object; agreement: Awaited<ReturnType<typeof last>> }
}
const last = async (caseId: string) => (await lookAt(server, caseId, caseId)).agreements.at(-1)!
const statesOf = async (caseId: string) =>
  (await lookAt(server, caseId, caseId)).agreements.map(({ state }) => state)
/** What the gate would say to the hospital at this moment. */
async function planned(caseId: string): Promise<string> {
  const { status, body } = await ask(server, 'GET', `api/cases/${caseId}/procedure`, undefined, caseId)
  assert.equal(status, 200)
  const reasons = body['reasons'] as readonly { kind: string }[]
  return [...new Set(reasons.map(({ kind }) => kind))].sort().join() || 'permit'
}
const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)

test('a guardian signs, then the person: nothing is permitted between, and both signed one agreement', async () => {
  const id = 'first'
  const { forms } = await lookAt(server, id, `p.${id}`)
  assert.deepEqual([forms[0]?.asks, forms[0]?.awaits], [['genes-for-medicines'], ['self']])
  const missing = await planned(id)
  assert.notEqual(missing, 'permit')
  const draft = await say(id, `p.${id}`, genes)
  assert.ok(draft.receipt)
  const waits = await last(id)
  assert.deepEqual([waits.state, waits.awaits, waits.awaitsUntil], ['draft', ['self'], inDays(30)])
  assert.equal(await planned(id), missing, 'a draft changes nothing')
  const done = await say(id, id, yes)
  assert.ok(done.receipt)
  const both = await last(id)
  assert.deepEqual([both.state, both.awaits, both.awaitsUntil], ['given', [], null])
  assert.deepEqual(
    both.signers.map(({ as, relation, act }) => [as, relation, act]),
    [
      ['guardian', 'parent', waits.id],
      ['self', 'self', both.id],
    ],
  )
  assert.ok(both.signers[0]!.signedAt < both.signers[1]!.signedAt)
  assert.equal(both.choices.length, 2)
  assert.deepEqual(await statesOf(id), ['superseded', 'given'])
  assert.equal(await planned(id), 'permit')
})

test('the person signs, then a guardian: the surroundings are theirs alone, and all of it counts together', async () => {
  const id = 'child-first'
  const { forms } = await lookAt(server, id, id)
  assert.deepEqual([forms[0]?.asks, forms[0]?.awaits], [Object.keys(yes), ['guardian']])
  await say(id, id, yes)
  assert.notEqual(await planned(id), 'permit')
  await say(id, `p.${id}`, genes)
  const both = await last(id)
  assert.deepEqual(
    both.choices.map(({ item, effect }) => `${item} ${effect}`),
    ['genes-for-medicines permit', 'surroundings permit'],
  )
  assert.equal(await planned(id), 'permit')
})

test('who says otherwise begins anew: their no counts at once, their yes waits for the other', async () => {
  const id = 'otherwise'
  await say(id, id, { ...yes, 'genes-for-medicines': 'refuse' })
  assert.deepEqual(await statesOf(id), ['given'], 'what is the person’s alone waits for nobody')
  const over = await signedBy(id, `p.${id}`, genes)
  assert.deepEqual([over.status, over.body['code']], [403, 'consent.guardians-disagree'])
  await say(id, id, yes)
  assert.deepEqual(await statesOf(id), ['given', 'draft'], 'what stood goes on beside what waits')
  await say(id, `p.${id}`, genes)
  assert.deepEqual(await statesOf(id), ['superseded', 'superseded', 'given'])
  assert.equal(await planned(id), 'permit')
})

test('a no of either is a no at once, before and after all have signed', async () => {
  for (const [id, first, said] of [
    ['no', `p.no`, genes],
    ['parent-no', 'parent-no', yes],
  ] as const) {
    const second = first === id ? `p.${id}` : id
    await say(id, first, said)
    await say(id, second, second === id ? { ...yes, ...noGenes } : noGenes)
    const answer = await last(id)
    assert.notEqual(answer.state, 'draft')
    assert.equal(answer.awaitsUntil, null)
    assert.match(await planned(id), /choice-refused/)
  }
})

test('a withdrawal ends what waits: the second signature begins anew', async () => {
  const id = 'withdrawn'
  await say(id, `p.${id}`, genes)
  const { status } = await ask(server, 'POST', `api/cases/${id}/withdrawals`, { purposes: null }, id)
  assert.equal(status, 201)
  await say(id, id, yes)
  assert.deepEqual(await statesOf(id), ['withdrawn', 'draft'])
  assert.notEqual(await planned(id), 'permit')
})

test('two who sign at once: one is first, the other looks again and joins', async () => {
  const id = 'race'
  const answers = await Promise.all([signedBy(id, id, yes), signedBy(id, `p.${id}`, genes)])
  const statuses = answers.map(({ status }) => status).sort()
  assert.ok(['201,201', '201,409'].includes(statuses.join()), statuses.join())
  const late = answers.findIndex(({ status }) => status === 409)
  if (late === 0) await say(id, id, yes)
  if (late === 1) await say(id, `p.${id}`, genes)
  assert.equal((await last(id)).state, 'given')
})

test('nobody is two: the same one again, and another guardian, leave it waiting for the person', async () => {
  const id = 'twice'
  await say(id, `p.${id}`, genes)
  await say(id, `p.${id}`, genes)
  assert.deepEqual((await last(id)).awaits, ['self'])
  await say(id, `q.${id}`, genes)
  const waits = await last(id)
  assert.deepEqual([waits.awaits, waits.signers.length], [['self'], 2])
  await say(id, id, yes)
  assert.deepEqual([(await last(id)).state, (await last(id)).signers.length], ['given', 3])
  assert.equal(await planned(id), 'permit')
})

test('the last day of being 17 asks for two, the first of being 18 for one', async () => {
  await say('edge', 'edge', yes)
  assert.deepEqual((await last('edge')).awaits, ['guardian'])
  await say('adult', 'adult', yes)
  assert.equal((await last('adult')).state, 'given')
  const parent = await signedBy('adult', 'p.adult', yes)
  assert.deepEqual([parent.status, parent.body['code']], [403, 'consent.signer.person-decides'])
})
