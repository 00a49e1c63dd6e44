import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { addDays, dayOf } from '#kernel'
import { systemClock } from '../../src/adapters/clock.ts'
import { freshFolder } from '../scenarios/habeas.ts'
import { layDownSharing } from './recalling.ts'
import { type Answer, ask, type RunningServer, startServer } from './running.ts'
import { lookAt } from './signing.ts'

const [caseId, who, recipient] = ['no-separate-consent', 'qian.yue', 'luo.bin']
let server: RunningServer
let form: { readonly id: string; readonly sha256: string }
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('recalls')}/data`])
  form = await layDownSharing(server)
})
after(() => server.stop())

type Recall = {
  readonly id: string
  readonly recipient: string
  readonly state: string
  readonly dueOn: string
  readonly since: string
  readonly purposes: readonly string[] | null
  readonly categories: readonly string[] | null
  readonly answers: readonly { readonly answer: string; readonly until: string | null }[]
}
const recallsOf = async (name = recipient) => {
  const { status, body } = await ask(server, 'GET', 'api/recalls', undefined, name)
  assert.equal(status, 200, name)
  return body['recalls'] as readonly Recall[]
}
const seenByPerson = async () =>
  (await lookAt(server, caseId, who)) as unknown as { readonly recalls: readonly Recall[] }
const answer = (id: string, body: unknown, name = recipient) =>
  ask(server, 'POST', `api/recalls/${id}/answers`, body, name)
const withdraw = (purposes: readonly string[] | null) =>
  ask(server, 'POST', `api/cases/${caseId}/withdrawals`, { purposes }, who)
const codeOf = ({ status, body }: Answer) => [status, body['code']]

async function share(effect: 'permit' | 'refuse'): Promise<void> {
  const { agreements } = await lookAt(server, caseId, who)
  const former = agreements.filter((one) => one.form === form.id).at(-1)?.id ?? null
  const choices = [{ item: 'river', effect, answers: effect === 'permit' ? [0] : [] }]
  const signing = { form: form.id, formSha256: form.sha256, language: 'en', choices, previewShown: true }
  const path = `api/cases/${caseId}/agreements`
  const { status } = await ask(server, 'POST', path, { ...signing, supersedes: former }, who)
  assert.equal(status, 201)
}

test('given nobody but the hospital was allowed anything, when all is withdrawn, then nobody is asked', async () => {
  const { status, body } = await withdraw(null)
  assert.deepEqual([status, body['recipients']], [201, []])
  assert.deepEqual(await recallsOf(), [])
})

test('given a laboratory was named, when it is withdrawn, then it is asked once, for what was withdrawn', async () => {
  await share('permit')
  const table = [
    ['another purpose', ['insurance'], []],
    ['its purpose', ['research'], ['river-lab']],
    ['its purpose once more', ['research'], []],
    ['all', null, []],
  ] as const
  for (const [when, purposes, asked] of table) {
    const { status, body } = await withdraw(purposes)
    assert.deepEqual([status, body['recipients']], [201, asked], when)
  }
  const [recall, ...more] = await recallsOf()
  assert.equal(more.length, 0)
  assert.deepEqual(
    [recall!.state, recall!.purposes, recall!.categories],
    ['waiting', ['research'], ['genetic']],
  )
  assert.equal(recall!.dueOn, addDays(recall!.since.slice(0, 10) as never, 30))
  assert.deepEqual((await seenByPerson()).recalls, [recall])
})

test('what a recipient sees says nothing of whom it is about', async () => {
  const [recall] = await recallsOf()
  assert.doesNotMatch(JSON.stringify(recall), /example-2|Qian|no-separate-consent|crc/)
  for (const path of [`api/cases/${caseId}`, `api/cases/${caseId}/account`, `api/cases/${caseId}/agreements`])
    assert.ok([403, 404].includes((await ask(server, 'GET', path, undefined, recipient)).status), path)
  assert.deepEqual(await recallsOf('chen.hua'), [], 'a steward of another organisation')
})

const today = () => dayOf(systemClock.now())
const lock = (days: number) => ({
  answer: 'locked',
  until: addDays(today(), days),
  basis: 'Medical Records Rules, Article 29',
})

test('an answer that cannot be taken is refused by its own code, and nothing is stored', async () => {
  const { id } = (await recallsOf())[0]!
  const table: readonly (readonly [given: string, id: string, body: unknown, name: string, said: unknown])[] =
    [
      ['unknown', 'not-there', { answer: 'deleted' }, recipient, [404, 'recall.unknown']],
      ['somebody else’s', id, { answer: 'deleted' }, 'chen.hua', [404, 'recall.unknown']],
      ['another role', id, { answer: 'deleted' }, 'wang.lan', [403, 'access.role']],
      ['the person themself', id, { answer: 'deleted' }, who, [403, 'access.role']],
      ['no date', id, { answer: 'locked', basis: 'x' }, recipient, [422, 'recall.no-date']],
      ['no such day', id, { ...lock(1), until: '2027-02-30' }, recipient, [422, 'recall.no-date']],
      ['a date in the past', id, lock(-1), recipient, [422, 'recall.date-past']],
      ['no law', id, { ...lock(1), basis: '' }, recipient, [422, 'recall.no-basis']],
      ['no reason', id, { answer: 'not-recallable' }, recipient, [422, 'recall.no-reason']],
      ['two answers', id, { ...lock(1), answer: 'deleted' }, recipient, [422, 'recall.too-much']],
      ['markup', id, { ...lock(1), basis: '<script>' }, recipient, [422, 'recall.text']],
      ['no answer', id, {}, recipient, [400, 'request.shape']],
      ['another word', id, { answer: 'lost' }, recipient, [400, 'request.shape']],
    ]
  for (const [given, recall, body, name, said] of table)
    assert.deepEqual(codeOf(await answer(recall, body, name)), said, given)
  assert.deepEqual((await recallsOf())[0]!.answers, [])
})

test('each answer is an act with evidence; a later one corrects it, and none is erased', async () => {
  const { id } = (await recallsOf())[0]!
  const steps = [
    ['locked until today', lock(0), 201, 'answered'],
    ['the same again', lock(0), 409, 'answered'],
    ['longer', lock(30), 201, 'answered'],
    ['why not', { answer: 'not-recallable', because: 'It was published.' }, 201, 'answered'],
    ['deleted', { answer: 'deleted' }, 201, 'answered'],
    ['deleted again', { answer: 'deleted' }, 409, 'answered'],
  ] as const
  let given = 0
  for (const [what, body, status, state] of steps) {
    const answered = await answer(id, body)
    assert.equal(answered.status, status, `${what} ${JSON.stringify(answered.body)}`)
    if (status === 409) assert.equal(answered.body['code'], 'recall.same')
    else given += 1
    const { recalls } = await seenByPerson()
    assert.deepEqual([recalls[0]!.state, recalls[0]!.answers.length], [state, given], what)
  }
  assert.deepEqual(
    (await recallsOf())[0]!.answers.map((one) => one.answer),
    ['locked', 'locked', 'not-recallable', 'deleted'],
  )
})

test('the recipient gets the receipt without the person’s name; the person gets it whole', async () => {
  const { id } = (await recallsOf())[0]!
  const { body } = await answer(id, lock(7))
  const { files, outputs } = body['receipt'] as Record<'files' | 'outputs', Record<string, string>>
  assert.deepEqual(Object.keys(outputs), ['recall-answer.json'])
  const text = [...Object.values(files), ...Object.values(outputs)]
    .map((file) => Buffer.from(file, 'base64').toString('latin1'))
    .join('')
  assert.doesNotMatch(text, /example-2|Qian/)
  const act = (body['act'] as { readonly id: string }).id
  const seen = await ask(server, 'GET', `api/cases/${caseId}/acts/${act}`, undefined, who)
  assert.equal(seen.status, 200)
  const receipt = seen.body['receipt'] as { readonly files: Record<string, string> }
  const decoded = new Map(
    Object.entries(receipt.files).map(([name, file]) => [name, Uint8Array.from(Buffer.from(file, 'base64'))]),
  )
  assert.deepEqual(verifyEvidence({ files: decoded }).failures, [])
  assert.equal((seen.body['use'] as { readonly kind: string }).kind, 'recall-answer')
})

test('what a recipient was asked is no data that is known of the person', async () => {
  const { body } = await ask(server, 'GET', `api/cases/${caseId}/account`, undefined, who)
  assert.ok((body['uses'] as { kind: string }[]).some(({ kind }) => kind === 'recall-answer'))
  const { data } = body['known'] as { data: { name: string }[] }
  assert.deepEqual(
    data.filter(({ name }) => name.startsWith('recalls/')),
    [],
  )
})

test('of answers given at once each is kept, or told that another was faster', async () => {
  const { id, answers } = (await recallsOf())[0]!
  const given = await Promise.all([11, 12, 13, 14].map((days) => answer(id, lock(days))))
  const taken = given.filter(({ status }) => status === 201).length
  assert.ok(taken >= 1)
  for (const one of given.filter(({ status }) => status !== 201))
    assert.deepEqual(codeOf(one), [409, 'recall.raced'])
  assert.equal((await recallsOf())[0]!.answers.length, answers.length + taken)
})

test('given it is allowed anew, when it is withdrawn anew, then it is asked anew', async () => {
  await share('permit')
  assert.deepEqual((await withdraw(null)).body['recipients'], ['river-lab'])
  assert.deepEqual((await recallsOf()).map(({ state }) => state).slice(1), ['waiting'])
})

test('given it is allowed anew, when the person signs a no, then it is asked anew, and once', async () => {
  const before = (await recallsOf()).length
  await share('permit')
  assert.equal((await recallsOf()).length, before, 'a yes calls nothing back')
  await share('refuse')
  const asked = (await recallsOf()).slice(before)
  assert.deepEqual(
    asked.map(({ state, purposes, categories }) => [state, purposes, categories]),
    [['waiting', ['research'], ['genetic']]],
  )
  await share('refuse')
  assert.equal((await recallsOf()).length, before + 1)
  assert.deepEqual((await seenByPerson()).recalls, await recallsOf())
})
