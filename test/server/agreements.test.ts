import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
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

type ConsentReceipt = {
  readonly receipt_metadata: { readonly schema_version: string; readonly record_id: string }
  readonly pii_processing: {
    readonly purposes: readonly {
      readonly withdrawal_method: string
      readonly retention_period: string
      readonly storage_locations: readonly string[]
    }[]
  }
  readonly party_identification: readonly { readonly party_contact: string }[]
  readonly state: string
}

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

test('the receipt of an agreement says what it permits now and whom to turn to, verifies, and is nobody else’s', async () => {
  const [caseId, who] = ['no-separate-consent', 'qian.yue']
  const signed = (await look(caseId, who)).agreements.at(-1)!
  const path = `api/cases/${caseId}/agreements/${signed.id}/receipt`
  const { status, body } = await ask(server, 'GET', path, undefined, who)
  assert.equal(status, 200)
  const made = body['consentReceipt'] as ConsentReceipt
  assert.match(made.receipt_metadata.schema_version, /27560:2023 \(from memory\)/)
  assert.equal(made.receipt_metadata.record_id, signed.id)
  assert.equal(made.state, 'ConsentGiven')
  const [purpose] = made.pii_processing.purposes
  assert.match(purpose!.withdrawal_method, new RegExp(`/cases/${caseId}/withdraw$`))
  assert.match(purpose!.retention_period, /genetic: P360M, then lock/)
  assert.deepEqual(purpose!.storage_locations, ['CN'])
  assert.match(made.party_identification[0]!.party_contact, /privacy@hillside\.invalid/)
  const { files, outputs } = body['receipt'] as Record<'files' | 'outputs', Record<string, string>>
  const decoded = (some: Record<string, string>) =>
    new Map(Object.entries(some).map(([name, text]) => [name, Uint8Array.from(Buffer.from(text, 'base64'))]))
  assert.deepEqual(verifyEvidence({ files: decoded(files), outputs: decoded(outputs) }).failures, [])
  const out = Buffer.from(outputs['consent-receipt.json']!, 'base64').toString('utf8')
  assert.deepEqual(JSON.parse(out), made, 'what is shown is what is proved')
  const opening = Buffer.from(files['opening.json']!, 'base64').toString('utf8')
  assert.match(opening, /house-rules\//, 'what was laid down is among what it rests on')
  const elsewhere = `api/cases/withdrawn/agreements/${signed.id}/receipt`
  assert.equal((await ask(server, 'GET', elsewhere, undefined, 'sun.ke')).status, 404)
  assert.equal((await ask(server, 'GET', path, undefined, 'sun.ke')).status, 404)
  assert.equal((await ask(server, 'GET', path, undefined, 'wang.lan')).status, 403)
})

test('a receipt that could name nobody to turn to is not given; a withdrawn agreement’s says that it permits nothing', async () => {
  const [caseId, who] = ['no-separate-consent', 'qian.yue']
  const signed = (await look(caseId, who)).agreements.at(-1)!
  const path = `api/cases/${caseId}/agreements/${signed.id}/receipt`
  const { body: listed } = await ask(server, 'GET', 'api/house-rules', undefined, 'chen.hua')
  const rules = listed['rules'] as { id: string; state: string; content: { kind: string } }[]
  const office = rules.find(({ content }) => content.kind === 'contact')!
  const settle = (id: string, to: string, by: string) =>
    ask(server, 'POST', `api/house-rules/${id}/${to}`, { because: 'a test' }, by)
  const propose = () =>
    ask(
      server,
      'POST',
      'api/house-rules',
      { content: office.content, because: 'a test', replaces: null },
      'chen.hua',
    )
  assert.equal((await propose()).body['code'], 'rule.replaces', 'one office, not two')
  await settle(office.id, 'ending', 'chen.hua')
  const none = await ask(server, 'GET', path, undefined, who)
  assert.deepEqual([none.status, none.body['code']], [409, 'consent.no-contact'])
  const [one, other] = [await propose(), await propose()]
  assert.equal(one.body['state'], 'proposed', 'four eyes')
  assert.equal((await ask(server, 'GET', path, undefined, who)).status, 409)
  assert.equal((await settle(one.body['id'] as string, 'confirmation', 'fang.yu')).status, 200)
  const second = await settle(other.body['id'] as string, 'confirmation', 'fang.yu')
  assert.deepEqual([second.status, second.body['code']], [409, 'rule.settled'])
  await ask(server, 'POST', `api/cases/${caseId}/withdrawals`, { purposes: null }, who)
  const { body } = await ask(server, 'GET', path, undefined, who)
  const made = body['consentReceipt'] as ConsentReceipt
  assert.deepEqual([made.state, made.pii_processing.purposes], ['ConsentWithdrawn', []])
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
