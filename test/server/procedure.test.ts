import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { freshFolder } from '../scenarios/habeas.ts'
import { bornBefore, startFamilyServer } from './family.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { no, type Said, sign, signingOf, yes } from './signing.ts'

let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('procedure')}/data`])
})
after(() => server.stop())

type Step = {
  readonly id: string
  readonly state: string
  readonly from: readonly object[]
  readonly norms: string[]
}
type Procedure = {
  readonly steps: readonly Step[]
  readonly reasons: readonly { readonly kind: string }[]
  readonly articles: readonly { readonly norm: string; readonly rank: string }[]
  readonly lastAgreement: { readonly day: string } | null
  readonly forms: readonly object[]
}
const look = (caseId: string, who = 'wang.lan') =>
  ask(server, 'GET', `api/cases/${caseId}/procedure`, undefined, who)
async function procedureOf(caseId: string, who?: string): Promise<Procedure> {
  const { status, body } = await look(caseId, who)
  assert.equal(status, 200, `${caseId} ${who}`)
  return body as unknown as Procedure
}
const plan = async (caseId: string) =>
  (await ask(server, 'POST', `api/cases/${caseId}/plans`, {}, 'wang.lan')).status
const stateOf = ({ steps }: Procedure, id: string) => {
  const { state, from } = steps.find((step) => step.id === id)!
  return [state, ...from]
}
const consent = 'consent.CN.personal-information.subject'
const kinds = ({ reasons }: Procedure) => [...new Set(reasons.map(({ kind }) => kind))]

test('it comes out where the act is refused, and fills itself from what is recorded', async () => {
  const [caseId, who] = ['no-separate-consent', 'qian.yue']
  const say = async (said: Said) => sign(server, caseId, who, await signingOf(server, caseId, who, said))
  const withdraw = () => ask(server, 'POST', `api/cases/${caseId}/withdrawals`, { purposes: null }, who)
  const today = new Date().toISOString().slice(0, 10)
  const onLawDay = { by: 'subject', on: '2026-11-20' < today ? '2026-11-20' : today }
  const rows: readonly (readonly [string, () => Promise<{ status: number }>, number, string[], unknown[]])[] =
    [
      ['nothing is said', async () => ({ status: 201 }), 403, ['forbidden', 'consent-missing'], ['open']],
      ['yes', () => say(yes), 201, [], ['done', { kind: 'consent', ...onLawDay }]],
      [
        'taken back',
        withdraw,
        403,
        ['forbidden', 'consent-missing', 'consent-withdrawn'],
        ['open', { kind: 'withdrawn', ...onLawDay }],
      ],
      [
        'no',
        () => say(no),
        403,
        ['forbidden', 'consent-missing', 'consent-withdrawn', 'choice-refused'],
        ['not-possible', { kind: 'no', on: today }],
      ],
    ]
  for (const [given, deed, planned, reasons, state] of rows) {
    assert.equal((await deed()).status, 201, given)
    assert.equal(await plan(caseId), planned, given)
    for (const reader of ['wang.lan', who]) {
      const procedure = await procedureOf(caseId, reader)
      assert.deepEqual(kinds(procedure), reasons, `${given}, ${reader}`)
      const [first, ...rest] = stateOf(procedure, consent)
      assert.equal(first, state[0], given)
      assert.ok(rest.length >= state.length - 1, given)
      if (first === 'done') assert.equal(rest.length, 1, 'the older paper does not answer all that is asked')
      for (const record of state.slice(1))
        assert.ok(
          rest.some((one) => JSON.stringify(one) === JSON.stringify(record)),
          given,
        )
    }
  }
})

test('every norm that a step names is told with its article and rank; the form to agree with is named', async () => {
  const { steps, articles, forms, lastAgreement } = await procedureOf('permitted')
  const told = new Map(articles.map((one) => [one.norm, one.rank]))
  for (const { norms, id } of steps) {
    assert.ok(norms.length > 0, id)
    for (const norm of norms) assert.ok(told.get(norm), norm)
  }
  assert.equal(forms.length, 1)
  assert.equal(lastAgreement?.day, '2026-11-03')
})

test('the look is an act: whoever does not look after the person gets no steps; the person sees who looked', async () => {
  const refused = await look('withdrawn', 'he.jun')
  assert.equal(refused.status, 403)
  assert.deepEqual(
    (refused.body['reasons'] as { kind: string }[]).map(({ kind }) => kind),
    ['no-relation'],
  )
  assert.equal(refused.body['steps'], undefined)
  assert.equal((await look('emergency', 'he.jun')).status, 403, 'a case that says so opens nothing')
  const opened = { reason: 'no-time', words: 'An invented emergency.' }
  assert.equal((await ask(server, 'POST', 'api/cases/emergency/emergencies', opened, 'he.jun')).status, 201)
  assert.equal((await look('emergency', 'he.jun')).status, 200, 'in an emergency whoever is there may')
  const { body } = await look('withdrawn')
  const { files } = body['receipt'] as { files: Record<string, string> }
  const decoded = new Map(
    Object.entries(files).map(([name, text]) => [name, Uint8Array.from(Buffer.from(text, 'base64'))]),
  )
  assert.deepEqual(verifyEvidence({ files: decoded }).failures, [])
  const page = await ask(server, 'GET', 'api/cases/withdrawn/account', undefined, 'sun.ke')
  const uses = page.body['uses'] as { kind: string; outcome: string; categories: string[] }[]
  const seen = uses.filter(({ kind }) => kind === 'procedure')
  assert.deepEqual(
    seen.map(({ outcome, categories }) => [outcome, categories]),
    [
      ['permitted', ['identity']],
      ['refused', ['identity']],
    ],
  )
})

test('who refuses sees what they refuse; a parent who signs fills the step of the guardian', async (t) => {
  const hospital = await startFamilyServer(
    [
      { id: 'refuser', subject: { bornOn: bornBefore(40), capacity: 'full', wishes: { refuses: true } } },
      { id: 'seven', subject: { bornOn: bornBefore(7) } },
    ],
    [
      { name: 'refuser', for: 'refuser' },
      { name: 'p.refuser', for: 'refuser', papers: 'mandate' },
      { name: 'p.seven', for: 'seven', papers: 'parent' },
    ],
  )
  t.after(() => hospital.stop())
  const stepsOf = async (caseId: string, who: string) => {
    const { status, body } = await ask(hospital, 'GET', `api/cases/${caseId}/procedure`, undefined, who)
    assert.equal(status, 200, caseId)
    return (body as unknown as Procedure).steps
      .filter(({ id }) => /^(consent|act)/.test(id))
      .map(({ id, state }) => `${id}: ${state}`)
  }
  assert.deepEqual(await stepsOf('refuser', 'refuser'), [`${consent}: not-possible`, 'act: not-possible'])
  for (const look of ['account', 'agreements']) {
    const seen = async (who: string) =>
      (await ask(hospital, 'GET', `api/cases/refuser/${look}`, undefined, who)).status
    assert.deepEqual([await seen('refuser'), await seen('p.refuser')], [200, 403], look)
  }
  const ending = { purposes: null }
  const ended = await ask(hospital, 'POST', 'api/cases/refuser/withdrawals', ending, 'refuser')
  assert.equal(ended.status, 201, 'who refuses may end what they allowed')
  const guardian = 'consent.CN.personal-information.guardian'
  assert.deepEqual(await stepsOf('seven', 'p.seven'), [`${guardian}: open`, 'act: not-possible'])
  const signing = await signingOf(hospital, 'seven', 'p.seven', yes)
  assert.equal((await sign(hospital, 'seven', 'p.seven', signing)).status, 201)
  assert.equal((await stepsOf('seven', 'p.seven'))[0], `${guardian}: done`)
})
