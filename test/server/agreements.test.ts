import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freshFolder } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { lookAt, no, type Said, sign, signingOf, yes } from './signing.ts'

let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('agreements')}/data`])
})
after(() => server.stop())

const look = (caseId: string, who: string) => lookAt(server, caseId, who)
const say = async (caseId: string, who: string, said: Said) =>
  sign(server, caseId, who, await signingOf(server, caseId, who, said))
const plan = (caseId: string) => ask(server, 'POST', `api/cases/${caseId}/plans`, {}, 'wang.lan')
const kindsOf = ({ body }: Awaited<ReturnType<typeof plan>>) =>
  ((body['reasons'] ?? []) as readonly { kind: string }[]).map(({ kind }) => kind)

type Step = readonly [
  what: string,
  said: Said | 'withdraws',
  planned: number,
  reason: string | undefined,
  states: readonly string[],
]
/** The newest last. */
const steps: readonly Step[] = [
  ['says yes', yes, 201, undefined, ['given']],
  ['changes to no', no, 403, 'choice-refused', ['superseded', 'refused']],
  ['changes back', yes, 201, undefined, ['superseded', 'superseded', 'given']],
  ['withdraws all', 'withdraws', 403, 'consent-withdrawn', ['superseded', 'superseded', 'withdrawn']],
  ['says yes anew', yes, 201, undefined, ['superseded', 'superseded', 'withdrawn', 'given']],
]

test('a consent that was missing is signed, changed and withdrawn: the very next plan is answered so', async () => {
  const [caseId, who] = ['no-separate-consent', 'qian.yue']
  const refused = await plan(caseId)
  assert.equal(refused.status, 403)
  assert.ok(kindsOf(refused).includes('consent-missing'))
  for (const [what, said, planned, reason, states] of steps) {
    const { status } =
      said === 'withdraws'
        ? await ask(server, 'POST', `api/cases/${caseId}/withdrawals`, { purposes: null }, who)
        : await say(caseId, who, said)
    assert.equal(status, 201, what)
    const answer = await plan(caseId)
    assert.equal(answer.status, planned, what)
    if (reason) assert.ok(kindsOf(answer).includes(reason), what)
    const { agreements } = await look(caseId, who)
    assert.deepEqual(
      agreements.map(({ state }) => state),
      states,
      what,
    )
    assert.deepEqual(
      agreements.map(({ version }) => version),
      states.map((_, index) => index + 1),
    )
  }
})

test('a no on a form binds, whatever an older paper allowed', async () => {
  assert.equal((await plan('permitted')).status, 201)
  assert.equal((await say('permitted', 'zhao.ming', no)).status, 201)
  const after = await plan('permitted')
  assert.equal(after.status, 403)
  assert.deepEqual([...new Set(kindsOf(after))], ['choice-refused'])
})

test('what cannot be signed is refused with the reason, and nothing is signed', async () => {
  const who = 'sun.ke'
  const good = await signingOf(server, 'withdrawn', who, yes)
  const first = good.choices[0]!
  const table: readonly (readonly [given: string, body: unknown, status: number, code: string])[] = [
    ['another form', { ...good, form: 'gone' }, 409, 'consent.form'],
    ['other words', { ...good, formSha256: '0'.repeat(64) }, 409, 'consent.form'],
    ['one choice left out', { ...good, choices: [first] }, 422, 'consent.choices'],
    ['one choice twice', { ...good, choices: [first, first] }, 422, 'consent.choices'],
    [
      'a choice that is not there',
      { ...good, choices: [first, { ...first, item: 'x' }] },
      422,
      'consent.choices',
    ],
    [
      'no answer',
      { ...good, choices: good.choices.map((one) => ({ ...one, answers: [] })) },
      422,
      'consent.not-understood',
    ],
    [
      'a wrong answer last',
      { ...good, choices: good.choices.map((one) => ({ ...one, answers: [0, 9] })) },
      422,
      'consent.not-understood',
    ],
    ['nothing shown', { ...good, previewShown: false }, 422, 'consent.no-preview'],
    ['in the place of nothing', { ...good, supersedes: 'gone' }, 409, 'consent.superseded'],
    [
      'an answer that is no number',
      { ...good, choices: [{ ...first, answers: ['<script>'] }] },
      400,
      'request.shape',
    ],
  ]
  for (const [given, body, status, code] of table) {
    const refused = await sign(server, 'withdrawn', who, body)
    assert.deepEqual([refused.status, status === 400 ? code : refused.body['code']], [status, code], given)
  }
  assert.deepEqual((await look('withdrawn', who)).agreements, [])
  const byOther = await say('permitted', 'zhao.hong', yes)
  assert.deepEqual([byOther.status, byOther.body['code']], [403, 'consent.papers-unknown'])
  assert.equal((await sign(server, 'withdrawn', 'wang.lan', good)).status, 403)
})

test('of two windows that sign the same form at once, one is told that the other was faster', async () => {
  const who = 'sun.ke'
  const signing = await signingOf(server, 'withdrawn', who, no)
  const answers = await Promise.all([1, 2, 3, 4].map(() => sign(server, 'withdrawn', who, signing)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
})

test('an agreement takes the place of one to the same form only', async () => {
  const who = 'sun.ke'
  const { forms, agreements } = await look('withdrawn', who)
  const other = forms.find(({ id }) => id !== agreements.at(-1)!.form)!
  const signing = {
    ...{ form: other.id, formSha256: other.sha256, language: 'en', previewShown: true },
    choices: other.content.items.map(({ id }) => ({ item: id, effect: 'refuse', answers: [] })),
  }
  const instead = await sign(server, 'withdrawn', who, { ...signing, supersedes: agreements.at(-1)!.id })
  assert.deepEqual([instead.status, instead.body['code']], [409, 'consent.superseded'])
  assert.equal((await sign(server, 'withdrawn', who, { ...signing, supersedes: null })).status, 201)
  assert.equal((await look('withdrawn', who)).agreements.length, agreements.length + 1)
})
