import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { freshFolder } from '../scenarios/habeas.ts'
import { askToConfirm, confirmAs, sayingOf, sendConfirmation, showTo, waitingFor } from './attending.ts'
import { type Answer, ask, type RunningServer, startServer } from './running.ts'
import { addSoftPasskey, askSignature, checkAsStranger, layDown, outputsOf } from './signatures.ts'
import { lookAt, no, type Said, sign, signingOf, yes } from './signing.ts'
import type { SoftPasskey } from './softPasskey.ts'

const [caseId, who] = ['no-separate-consent', 'qian.yue'] as const
const keyed = ['qian.yue', 'sun.ke', 'li.an', 'he.jun', 'wang.lan', 'chen.hua', 'tang.yu'] as const
let server: RunningServer
const keys: Record<string, SoftPasskey> = {}
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('attendance')}/data`])
  for (const name of keyed) keys[name] = await addSoftPasskey(server, name)
})
after(() => server.stop())

const blind = { because: 'cannot-see', words: 'Blind since birth.' } as const
const spoken = { name: 'Li An', language: 'Yi', organisation: null }

async function signedWith(more: object, said: Said = yes): Promise<Answer> {
  const body = { ...(await signingOf(server, caseId, who, said)), ...more }
  if (said === no) return sign(server, caseId, who, body)
  const asked = await askSignature(server, caseId, who, body)
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const response = keys[who]!.answer(String(asked.body['challenge']))
  return sign(server, caseId, who, { ...body, signature: { response } })
}
const last = async () => (await lookAt(server, caseId, who)).agreements.at(-1)! as unknown as Shown
type Shown = {
  readonly id: string
  readonly state: string
  readonly awaits: readonly string[]
  readonly attendants: readonly { part: string; attends: string; confirmedAt: string | null; act: string }[]
  readonly signers: readonly { signedAt: string; act: string }[]
}
const withdraw = () => ask(server, 'POST', `api/cases/${caseId}/withdrawals`, { purposes: null }, who)
const planned = async (): Promise<string> => {
  const { body } = await ask(server, 'GET', `api/cases/${caseId}/procedure`, undefined, who)
  const reasons = body['reasons'] as readonly { kind: string }[]
  return [...new Set(reasons.map(({ kind }) => kind))].sort().join() || 'permit'
}

test('who cannot read signs with a witness: nothing is permitted until the witness has signed over exactly that', async () => {
  const missing = await planned()
  assert.notEqual(missing, 'permit')
  const signed = await signedWith({ hindrance: blind, witness: 'Sun.Ke' })
  assert.equal(signed.status, 201, JSON.stringify(signed.body))
  const draft = await last()
  assert.deepEqual([draft.state, draft.awaits], ['draft', ['witness']])
  assert.equal(await planned(), missing)
  const { text, sha256 } = outputsOf(signed)['signature.json'] as { text: object; sha256: string }
  assert.deepEqual({ ...text, hindrance: blind, witness: 'Sun.Ke' }, text, 'it is part of what was signed')

  const [waiting, ...others] = await waitingFor(server, 'sun.ke')
  assert.deepEqual([waiting?.part, others], ['witness', []])
  assert.deepEqual(Object.keys(waiting!).sort(), ['at', 'id', 'part'])
  const shown = await showTo(server, 'sun.ke', waiting!.id)
  assert.equal(shown.status, 200, JSON.stringify(shown.body))
  assert.equal(shown.body['said'], sha256)
  assert.deepEqual(Object.keys(shown.body).sort(), [
    ...['at', 'choices', 'form', 'id', 'part', 'said', 'spoken', 'statement', 'until'],
  ])
  assert.doesNotMatch(JSON.stringify(shown.body), /qian|example-2|no-separate-consent|Blind/i)

  const done = await confirmAs(server, 'sun.ke', keys['sun.ke']!, waiting!.id)
  assert.equal(done.status, 201, JSON.stringify(done.body))
  type Given = Readonly<Record<'files' | 'outputs', Readonly<Record<string, string>>>>
  const { files, outputs } = done.body['receipt'] as Given
  assert.ok(!('opening.json' in files))
  assert.deepEqual(Object.keys(outputs), ['signature.json'])
  const given = Object.values({ ...files, ...outputs }).map((one) => Buffer.from(one, 'base64').toString())
  assert.doesNotMatch(given.join(), /qian|example-2|Blind/i)
  const confirmation = outputsOf(done)['signature.json'] as { text: Record<string, unknown> }
  const { part, attends, said } = confirmation.text
  assert.deepEqual([part, attends, said], ['witness', draft.id, sha256])
  const right = checkAsStranger(confirmation)
  assert.equal(right.status, 0, right.out)
  const moved = { ...confirmation, text: { ...confirmation.text, said: '0'.repeat(64) } }
  assert.match(checkAsStranger(moved).out, /^NO {2}signs this text$/m)

  const whole = await last()
  assert.deepEqual([whole.state, whole.awaits], ['given', []])
  assert.equal(await planned(), 'permit')
  assert.deepEqual(
    whole.signers.map(({ act }) => act),
    [draft.id],
    'the person signed when they did',
  )
  assert.deepEqual([whole.attendants[0]?.attends, whole.attendants[0]?.act], [draft.id, whole.id])
  assert.deepEqual(await waitingFor(server, 'sun.ke'), [])
})

test('the person sees who looked and who confirmed, with a receipt that verifies and both signatures', async () => {
  const { body } = await ask(server, 'GET', `api/cases/${caseId}/account`, undefined, who)
  const uses = body['uses'] as { act: string; kind: string; by: { role: string; name: string } }[]
  const theirs = uses.filter(({ kind }) => kind.startsWith('attendance'))
  assert.deepEqual(
    theirs.map(({ kind, by }) => `${kind} ${by.role} ${by.name}`),
    [
      'attendance witness Sun Ke (invented)',
      'attendance-look witness Sun Ke (invented)',
      'attendance-look witness Sun Ke (invented)',
    ],
  )
  const look = await ask(server, 'GET', `api/cases/${caseId}/agreements`, undefined, who)
  const kept = outputsOf(look)['signatures.json'] as { signature: { text: { signs: string } } }[]
  assert.deepEqual(
    kept.map(({ signature }) => signature.text.signs),
    ['habeas.consent.1', 'habeas.attendance.1'],
  )
  const { body: act } = await ask(server, 'GET', `api/cases/${caseId}/acts/${theirs[0]!.act}`, undefined, who)
  const { files } = act['receipt'] as { files: Record<string, string> }
  const bytes = Object.entries(files).map(
    ([name, text]) => [name, Uint8Array.from(Buffer.from(text, 'base64'))] as const,
  )
  assert.deepEqual(verifyEvidence({ files: new Map(bytes) }).failures, [])
})

test('an interpreter with an account confirms into which language; a witness beside them does too', async () => {
  const interpreter = { ...spoken, account: 'li.an' }
  assert.equal((await signedWith({ interpreter, hindrance: blind, witness: 'sun.ke' })).status, 201)
  assert.deepEqual((await last()).awaits, ['witness', 'interpreter'])
  const [toInterpret] = await waitingFor(server, 'li.an')
  const shown = await showTo(server, 'li.an', toInterpret!.id)
  assert.match(JSON.stringify(shown.body['statement']), /into Yi/)
  const wrong = { ...sayingOf(shown), spoken: 'Uyghur' }
  const asked = await askToConfirm(server, 'li.an', toInterpret!.id, wrong)
  const response = keys['li.an']!.answer(String(asked.body['challenge']))
  const refused = await sendConfirmation(server, 'li.an', toInterpret!.id, wrong, response)
  assert.deepEqual([refused.status, refused.body['code']], [422, 'consent.signature-other-words'])
  assert.equal((await confirmAs(server, 'li.an', keys['li.an']!, toInterpret!.id)).status, 201)
  const half = await last()
  assert.deepEqual([half.state, half.awaits], ['draft', ['witness']])
  const [toWitness] = await waitingFor(server, 'sun.ke')
  assert.equal((await confirmAs(server, 'sun.ke', keys['sun.ke']!, toWitness!.id)).status, 201)
  const whole = await last()
  assert.deepEqual([whole.state, whole.awaits], ['given', []])
  assert.deepEqual(
    whole.attendants.map(({ part, confirmedAt }) => [part, confirmedAt !== null]),
    [
      ['witness', true],
      ['interpreter', true],
    ],
  )
})

test('who may not stand by it, or is not named where somebody must be, is refused, and nothing is signed', async () => {
  const before = (await lookAt(server, caseId, who)).agreements.length
  const none = 'consent.witness-not-possible'
  const table: readonly (readonly [given: string, more: object, code: string])[] = [
    ['cannot read, and no witness', { hindrance: blind }, 'consent.witness-needed'],
    [
      'a reason that is blank',
      { hindrance: { ...blind, words: ' ' }, witness: 'sun.ke' },
      'consent.hindrance-reason',
    ],
    ['themself', { witness: who }, 'consent.witness-self'],
    ['nobody', { witness: 'not.there' }, none],
    ['one without a passkey', { witness: 'zhao.ming' }, none],
    ['the clinician who looks after them', { witness: 'wang.lan' }, none],
    ['a clinician of the hospital', { witness: 'he.jun' }, none],
    ['a researcher of the hospital', { witness: 'tang.yu' }, none],
    ['a steward of the hospital', { witness: 'chen.hua' }, none],
    ['themself to interpret', { interpreter: { ...spoken, account: who } }, 'consent.interpreter-self'],
    [
      'nobody to interpret',
      { interpreter: { ...spoken, account: 'not.there' } },
      'consent.interpreter-not-possible',
    ],
    [
      'their clinician to interpret',
      { interpreter: { ...spoken, account: 'wang.lan' } },
      'consent.interpreter-not-possible',
    ],
    [
      'one who is both',
      { witness: 'sun.ke', interpreter: { ...spoken, account: 'sun.ke' } },
      'consent.attendants-same',
    ],
  ]
  for (const [given, more, code] of table) {
    const answer = await signedWith(more)
    assert.deepEqual([answer.status, answer.body['code']], [422, code], given)
  }
  assert.equal((await lookAt(server, caseId, who)).agreements.length, before)
  assert.deepEqual(await waitingFor(server, 'sun.ke'), [])
})

test('a no waits for nobody, whoever is named', async () => {
  assert.equal((await signedWith({ hindrance: blind, witness: 'sun.ke' }, no)).status, 201)
  const { state, awaits } = await last()
  assert.deepEqual([state, awaits], ['refused', []])
  assert.deepEqual(await waitingFor(server, 'sun.ke'), [])
})

test('what was withdrawn, or signed anew, waits no more: neither a look nor a signature comes through', async () => {
  for (const end of [
    withdraw,
    () => signedWith({}),
    () => signedWith({ hindrance: blind, witness: 'li.an' }),
  ]) {
    assert.equal((await signedWith({ hindrance: blind, witness: 'sun.ke' })).status, 201)
    const { id } = (await waitingFor(server, 'sun.ke')).at(-1)!
    const saying = sayingOf(await showTo(server, 'sun.ke', id))
    const asked = await askToConfirm(server, 'sun.ke', id, saying)
    assert.equal((await end()).status, 201)
    const response = keys['sun.ke']!.answer(String(asked.body['challenge']))
    const late = await sendConfirmation(server, 'sun.ke', id, saying, response)
    assert.deepEqual([late.status, late.body['code']], [409, 'attendance.gone'])
    const look = await showTo(server, 'sun.ke', id)
    assert.deepEqual([look.status, look.body['code']], [409, 'attendance.gone'])
  }
})

test('a form may ask for a witness of everybody, and for an interpreter who confirms', async () => {
  const { forms } = (await lookAt(server, caseId, who)) as unknown as {
    forms: { id: string; content: object }[]
  }
  const content = { ...forms[0]!.content, attendance: { witness: true, interpreter: 'confirmed' } }
  const form = await layDown(server, content)
  const laid = (await lookAt(server, caseId, who)).forms.find(({ id }) => id === form)!
  assert.deepEqual(laid.awaits, ['witness'])
  const over = { form, formSha256: laid.sha256, supersedes: null }
  const table: readonly (readonly [more: object, code: string | undefined])[] = [
    [{}, 'consent.witness-needed'],
    [{ witness: 'sun.ke', interpreter: spoken }, 'consent.interpreter-to-confirm'],
    [{ witness: 'sun.ke' }, undefined],
  ]
  for (const [more, code] of table) {
    const answer = await signedWith({ ...over, ...more })
    assert.deepEqual([answer.status, answer.body['code']], [code ? 422 : 201, code])
  }
  assert.deepEqual((await last()).awaits, ['witness'])
})

test('of what waits nobody else sees anything, and whoever stood by sees nothing else of the person', async () => {
  const { id } = (await waitingFor(server, 'sun.ke')).at(-1)!
  for (const other of ['li.an', 'wang.lan', 'chen.hua', 'ma.rui', who]) {
    for (const answer of [
      await showTo(server, other, id),
      await askToConfirm(server, other, id, { said: '0'.repeat(64), language: 'en', spoken: null }),
      await sendConfirmation(server, other, id, { said: '0'.repeat(64), language: 'en', spoken: null }, {}),
    ])
      assert.deepEqual([answer.status, answer.body['code']], [404, 'attendance.unknown'], other)
  }
  assert.equal((await ask(server, 'GET', 'api/attendances', undefined, null)).status, 401)
  for (const path of ['', '/account', '/agreements', '/procedure', '/relatives', '/acts/x']) {
    const answer = await ask(server, 'GET', `api/cases/${caseId}${path}`, undefined, 'sun.ke')
    assert.equal(answer.status, 404, path)
  }
  const { body } = await ask(server, 'GET', 'api/cases', undefined, 'sun.ke')
  assert.deepEqual(
    (body['cases'] as { id: string }[]).map((one) => one.id),
    ['withdrawn'],
  )
})

test('another confirms nothing with somebody else’s passkey, nor the same twice', async () => {
  const { id } = (await waitingFor(server, 'sun.ke')).at(-1)!
  const saying = sayingOf(await showTo(server, 'sun.ke', id))
  const asked = await askToConfirm(server, 'sun.ke', id, saying)
  const stolen = keys['li.an']!.answer(String(asked.body['challenge']))
  const other = await sendConfirmation(server, 'sun.ke', id, saying, stolen)
  assert.deepEqual([other.status, other.body['code']], [422, 'consent.signature-other-key'])
  const again = await sendConfirmation(server, 'sun.ke', id, saying, stolen)
  assert.deepEqual([again.status, again.body['code']], [409, 'consent.signature-gone'])
  assert.equal((await confirmAs(server, 'sun.ke', keys['sun.ke']!, id)).status, 201)
  const twice = await confirmAs(server, 'sun.ke', keys['sun.ke']!, id)
  assert.deepEqual([twice.status, twice.body['code']], [409, 'attendance.gone'])
})
