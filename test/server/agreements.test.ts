import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freshFolder } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'

let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('agreements')}/data`])
})
after(() => server.stop())

type Choice = { readonly item: string; readonly effect: string; readonly ended: boolean }
type Agreement = {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly form: string
  readonly choices: readonly Choice[]
}
type Form = {
  readonly id: string
  readonly sha256: string
  readonly content: {
    readonly items: readonly { readonly id: string; readonly question: { readonly right: number } }[]
  }
}
type Said = Readonly<Record<string, 'permit' | 'refuse'>>

const look = async (caseId: string, who: string) => {
  const { status, body } = await ask(server, 'GET', `api/cases/${caseId}/agreements`, undefined, who)
  assert.equal(status, 200)
  return body as unknown as { readonly forms: readonly Form[]; readonly agreements: readonly Agreement[] }
}
const right = { 'genes-for-medicines': 0, surroundings: 1 } as Readonly<Record<string, number>>
const yes: Said = { 'genes-for-medicines': 'permit', surroundings: 'permit' }
const no: Said = { 'genes-for-medicines': 'refuse', surroundings: 'refuse' }

/** What somebody sends who says this, understood at the second try. */
async function signingOf(caseId: string, who: string, said: Said, supersedes: string | null = null) {
  const { forms } = await look(caseId, who)
  const choices = Object.entries(said).map(([item, effect]) => ({
    item,
    effect,
    answers: effect === 'permit' ? [9, right[item]] : [],
  }))
  const { id: form, sha256: formSha256 } = forms[0]!
  return { form, formSha256, language: 'en', choices, previewShown: true, supersedes }
}
const sign = (caseId: string, who: string, body: unknown) =>
  ask(server, 'POST', `api/cases/${caseId}/agreements`, body, who)
const plan = (caseId: string) => ask(server, 'POST', `api/cases/${caseId}/plans`, {}, 'wang.lan')
const kindsOf = ({ body }: Awaited<ReturnType<typeof plan>>) =>
  ((body['reasons'] ?? []) as readonly { kind: string }[]).map(({ kind }) => kind)

test('a consent that was missing is signed, and the very next plan is made', async () => {
  const refused = await plan('no-separate-consent')
  assert.equal(refused.status, 403)
  assert.ok(kindsOf(refused).includes('consent-missing'))
  const who = 'qian.yue'
  const { status, body } = await sign(
    'no-separate-consent',
    who,
    await signingOf('no-separate-consent', who, yes),
  )
  assert.equal(status, 201, JSON.stringify(body).slice(0, 300))
  assert.equal((await plan('no-separate-consent')).status, 201)

  const { agreements } = await look('no-separate-consent', who)
  assert.deepEqual(
    agreements.map(({ version, state }) => [version, state]),
    [[1, 'given']],
  )
  const first = agreements[0]!.id

  const changed = await sign(
    'no-separate-consent',
    who,
    await signingOf('no-separate-consent', who, no, first),
  )
  assert.equal(changed.status, 201)
  const after = await plan('no-separate-consent')
  assert.equal(after.status, 403)
  assert.ok(kindsOf(after).includes('choice-refused'))
  const again = await look('no-separate-consent', who)
  assert.deepEqual(
    again.agreements.map(({ version, state }) => [version, state]),
    [
      [1, 'superseded'],
      [2, 'refused'],
    ],
  )
  const back = await signingOf('no-separate-consent', who, yes, again.agreements[1]!.id)
  assert.equal((await sign('no-separate-consent', who, back)).status, 201)
  assert.equal((await plan('no-separate-consent')).status, 201)
  await ask(server, 'POST', 'api/cases/no-separate-consent/withdrawals', { purposes: null }, who)
  assert.equal((await plan('no-separate-consent')).status, 403)
  const ended = await look('no-separate-consent', who)
  assert.equal(ended.agreements.at(-1)?.state, 'withdrawn')
  const anew = await signingOf('no-separate-consent', who, yes, ended.agreements.at(-1)!.id)
  assert.equal((await sign('no-separate-consent', who, anew)).status, 201)
  assert.equal((await plan('no-separate-consent')).status, 201)
})

test('a no on a form binds, whatever an older paper allowed', async () => {
  assert.equal((await plan('permitted')).status, 201)
  const signing = await signingOf('permitted', 'zhao.ming', no)
  assert.equal((await sign('permitted', 'zhao.ming', signing)).status, 201)
  const after = await plan('permitted')
  assert.equal(after.status, 403)
  assert.deepEqual([...new Set(kindsOf(after))], ['choice-refused'])
})

test('what cannot be signed is refused with the reason, and nothing is signed', async () => {
  const who = 'sun.ke'
  const good = await signingOf('withdrawn', who, yes)
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
    const refused = await sign('withdrawn', who, body)
    assert.deepEqual([refused.status, status === 400 ? code : refused.body['code']], [status, code], given)
  }
  assert.deepEqual((await look('withdrawn', who)).agreements, [])
  const byOther = await sign('permitted', 'zhao.hong', await signingOf('permitted', 'zhao.hong', yes))
  assert.deepEqual([byOther.status, byOther.body['code']], [403, 'consent.by-person'])
  assert.equal((await sign('withdrawn', 'wang.lan', good)).status, 403)
})

test('of two windows that sign the same form at once, one is told that the other was faster', async () => {
  const who = 'sun.ke'
  const signing = await signingOf('withdrawn', who, no)
  const answers = await Promise.all([1, 2, 3, 4].map(() => sign('withdrawn', who, signing)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
})
