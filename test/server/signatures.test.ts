import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { canonicalBytes, expectOk } from '#kernel'
import { freshFolder } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import {
  addSoftPasskey,
  askSignature,
  checkAsStranger,
  layDown,
  outputsOf,
  researchForm,
} from './signatures.ts'
import { lookAt, no, type Said, sign, signingOf, yes } from './signing.ts'
import type { SoftPasskey } from './softPasskey.ts'

let server: RunningServer
let keys: Readonly<Record<'qian.yue' | 'sun.ke', SoftPasskey>>
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('signatures')}/data`])
  keys = {
    'qian.yue': await addSoftPasskey(server, 'qian.yue'),
    'sun.ke': await addSoftPasskey(server, 'sun.ke'),
  }
})
after(() => server.stop())

const [caseId, who] = ['no-separate-consent', 'qian.yue'] as const
const challengeOf = async (body: unknown, of = caseId as string, by = who as string): Promise<string> => {
  const asked = await askSignature(server, of, by, body)
  assert.equal(asked.status, 200)
  return String(asked.body['challenge'])
}
const signed = async (said: Said, key = keys[who]) => {
  const body = await signingOf(server, caseId, who, said)
  const response = key.answer(await challengeOf(body))
  return sign(server, caseId, who, { ...body, signature: { response } })
}
const howMany = async () => (await lookAt(server, caseId, who)).agreements.length

test('a yes is signed with the passkey over the digest of exactly what is said, and a stranger can check it', async () => {
  const body = await signingOf(server, caseId, who, yes)
  const asked = await askSignature(server, caseId, who, body)
  const allowed = asked.body['allowCredentials'] as { id: string }[]
  assert.deepEqual(
    allowed.map(({ id }) => id),
    [keys[who].id],
  )
  const challenge = String(asked.body['challenge'])
  const answer = await sign(server, caseId, who, {
    ...body,
    signature: { response: keys[who].answer(challenge) },
  })
  assert.equal(answer.status, 201)
  assert.equal((answer.body['agreement'] as { strength: string }).strength, 'passkey')
  const outputs = outputsOf(answer)
  const signature = outputs['signature.json'] as { text: object; sha256: string; strength: string }
  const digest = createHash('sha256').update(expectOk(canonicalBytes(signature.text as never)))
  const hex = digest.digest('hex')
  assert.equal(Buffer.from(challenge, 'base64url').toString('hex'), hex, 'the challenge is the digest')
  assert.deepEqual([signature.sha256, signature.strength], [hex, 'passkey'])
  const { form, formSha256, language, choices, supersedes } = body
  const { text } = signature
  assert.deepEqual({ ...text, form, formSha256, language, choices, supersedes }, text)
  assert.deepEqual((outputs['agreement.json'] as { forms: string[] }).forms, [
    'written',
    'signed',
    'electronic',
    'explicit',
    'separate',
  ])
  const right = checkAsStranger(signature)
  assert.equal(right.status, 0, right.out)
  const moved = { ...signature, text: { ...text, choices: [] } }
  assert.match(checkAsStranger(moved).out, /^NO {2}signs this text$/m)
  const later = await ask(server, 'GET', `api/cases/${caseId}/agreements`, undefined, who)
  const given = outputsOf(later)['signatures.json'] as { signature: unknown }[]
  assert.deepEqual(
    given.map((one) => one.signature),
    [signature],
    'each later look gives it out',
  )
})

test('a no is one click, with a passkey or without; a yes of whoever has one is not', async () => {
  const refused = await sign(server, caseId, who, await signingOf(server, caseId, who, yes))
  assert.deepEqual([refused.status, refused.body['code']], [403, 'consent.passkey-there'])
  const clicked = await sign(server, caseId, who, await signingOf(server, caseId, who, no))
  assert.equal(clicked.status, 201)
  const { strength, text } = outputsOf(clicked)['signature.json'] as { strength: string; text: object }
  assert.deepEqual([strength, (text as { nonce: null }).nonce], ['session', null])
  assert.equal(
    (await ask(server, 'POST', `api/cases/${caseId}/withdrawals`, { purposes: null }, who)).status,
    201,
  )
})

type Sent = { readonly body: object; readonly response: unknown }
type Odd = readonly [given: string, make: (body: Sent['body']) => Promise<Sent>, status: number, code: string]
const withMore = (clientData: string): string => {
  const said = JSON.parse(Buffer.from(clientData, 'base64url').toString())
  return Buffer.from(JSON.stringify({ ...said, more: 1 })).toString('base64url')
}
const own = (over: Parameters<SoftPasskey['answer']>[1]) => async (body: object) => ({
  body,
  response: keys[who].answer(await challengeOf(body), over),
})
const interpreter = { name: 'Ana (invented)', language: 'Portuguese', organisation: null }
const odd: readonly Odd[] = [
  [
    'an interpreter who was not there when it was asked',
    async (body) => ({ body: { ...body, interpreter }, response: keys[who].answer(await challengeOf(body)) }),
    422,
    'consent.signature-other-words',
  ],
  [
    'an interpreter who signs',
    async (body) => {
      const whole = { ...body, interpreter: { ...interpreter, name: 'qian yue (invented)' } }
      return { body: whole, response: keys[who].answer(await challengeOf(whole)) }
    },
    422,
    'consent.interpreter-self',
  ],
  [
    'an interpreter without a name',
    async (body) => {
      const whole = { ...body, interpreter: { ...interpreter, name: ' ' } }
      return { body: whole, response: keys[who].answer(await challengeOf(whole)) }
    },
    422,
    'consent.interpreter-unnamed',
  ],
  [
    'what was never asked',
    async (body) => ({ body, response: keys[who].answer('x') }),
    409,
    'consent.signature-gone',
  ],
  [
    'what was asked before something else was',
    async (body) => {
      const first = keys[who].answer(await challengeOf(body))
      await challengeOf(body)
      return { body, response: first }
    },
    422,
    'consent.signature-other-words',
  ],
  [
    'another choice than was asked',
    async (body) => {
      const response = keys[who].answer(await challengeOf(body))
      const changed = await signingOf(server, caseId, who, { ...yes, surroundings: 'refuse' })
      return { body: changed, response }
    },
    422,
    'consent.signature-other-words',
  ],
  [
    'the digest of something else',
    async (body) => {
      await challengeOf(body)
      return { body, response: keys[who].answer(Buffer.alloc(32).toString('base64url')) }
    },
    422,
    'consent.signature-other-words',
  ],
  [
    'somebody else’s passkey',
    async (body) => ({ body, response: keys['sun.ke'].answer(await challengeOf(body)) }),
    422,
    'consent.signature-other-key',
  ],
  ['another origin', own({ origin: 'https://elsewhere.example' }), 422, 'consent.signature-other-origin'],
  ['client data that was changed', own({ tamper: withMore }), 422, 'consent.signature-wrong'],
  ['client data that is none', own({ tamper: () => 'eA' }), 422, 'consent.signature-wrong'],
  ['a counter that went back', own({ counter: 1 }), 422, 'consent.signature-counter'],
  ['a counter at nought', own({ counter: 0 }), 422, 'consent.signature-counter'],
  ['a user who was not verified', own({ flags: 0x01 }), 422, 'consent.signature-wrong'],
  ['nobody there', own({ flags: 0x04 }), 422, 'consent.signature-wrong'],
  [
    'an answer without anything',
    async (body) => {
      await challengeOf(body)
      return { body, response: {} }
    },
    422,
    'consent.signature-other-key',
  ],
  [
    'an answer to another question',
    async (body) => ({ body, response: { ...keys[who].registration(await challengeOf(body)) } }),
    422,
    'consent.signature-wrong',
  ],
]

test('whatever is not right about a signature is refused with the reason, and nothing is signed', async () => {
  // The counter of the passkey stands above one from here on.
  assert.equal((await signed(yes)).status, 201)
  const before = await howMany()
  for (const [given, make, status, code] of odd) {
    const { body, response } = await make(await signingOf(server, caseId, who, yes))
    const answer = await sign(server, caseId, who, { ...body, signature: { response } })
    assert.deepEqual([answer.status, answer.body['code']], [status, code], given)
    const again = await sign(server, caseId, who, { ...body, signature: { response } })
    assert.equal(again.body['code'], 'consent.signature-gone', `${given}: it is used up`)
  }
  assert.equal(await howMany(), before)
})

test('a signature opens once: of four windows that send it one signs; nor does it sign again for somebody else', async () => {
  const body = await signingOf(server, caseId, who, yes)
  const signature = { response: keys[who].answer(await challengeOf(body)) }
  const before = await howMany()
  const answers = await Promise.all([1, 2, 3, 4].map(() => sign(server, caseId, who, { ...body, signature })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
  const replayed = await sign(server, caseId, who, {
    ...(await signingOf(server, caseId, who, yes)),
    signature,
  })
  assert.equal(replayed.body['code'], 'consent.signature-gone')
  assert.equal(await howMany(), before + 1)
  const theirs = await signingOf(server, 'withdrawn', 'sun.ke', yes)
  await challengeOf(theirs, 'withdrawn', 'sun.ke')
  const stolen = await sign(server, 'withdrawn', 'sun.ke', { ...theirs, signature })
  assert.deepEqual([stolen.status, stolen.body['code']], [422, 'consent.signature-other-key'])
  assert.deepEqual((await lookAt(server, 'withdrawn', 'sun.ke')).agreements, [])
})

test('a yes that the law wants in writing needs a passkey; without one it is told, a no is taken, and other forms are', async () => {
  const form = await layDown(server, researchForm)
  const [of, by] = ['permitted', 'zhao.ming']
  const { forms } = (await lookAt(server, of, by)) as unknown as {
    forms: { id: string; sha256: string; keyNeeded: string[] }[]
  }
  const { sha256, keyNeeded } = forms.find(({ id }) => id === form)!
  assert.deepEqual(keyNeeded, ['research'])
  assert.deepEqual(
    forms.flatMap((one) => (one.id === form ? [] : one.keyNeeded)),
    [],
  )
  const said = (effect: string, supersedes: string | null = null) => ({
    ...{ form, formSha256: sha256, language: 'zh', previewShown: true, supersedes },
    choices: [{ item: 'research', effect, answers: effect === 'permit' ? [0] : [] }],
  })
  const other = { ...(await signingOf(server, of, by, yes)), supersedes: null }
  assert.equal((await sign(server, of, by, other)).status, 201, 'by session, where no writing is wanted')
  const none = await askSignature(server, of, by, said('permit'))
  assert.deepEqual([none.status, none.body['code']], [409, 'consent.no-passkey'])
  const refused = await sign(server, of, by, said('permit'))
  assert.deepEqual([refused.status, refused.body['code']], [403, 'consent.passkey-needed'])
  const clicked = await sign(server, of, by, said('refuse'))
  assert.equal(clicked.status, 201)
  const key = await addSoftPasskey(server, by)
  const { id } = clicked.body['agreement'] as { id: string }
  const body = said('permit', id)
  const response = key.answer(await challengeOf(body, of, by))
  const made = await sign(server, of, by, { ...body, signature: { response } })
  assert.equal(made.status, 201)
  assert.equal((made.body['agreement'] as { strength: string }).strength, 'passkey')
})

test('an interpreter is named in what is signed, and stands in the agreement by a key', async () => {
  const body = { ...(await signingOf(server, caseId, who, yes)), interpreter }
  const response = keys[who].answer(await challengeOf(body))
  const answer = await sign(server, caseId, who, { ...body, signature: { response } })
  assert.equal(answer.status, 201)
  const { 'signature.json': signature, 'agreement.json': agreement } = outputsOf(answer)
  assert.deepEqual((signature as { text: { interpreter: unknown } }).text.interpreter, interpreter)
  assert.match((agreement as { interpreter: string }).interpreter, /^interpreter-[0-9a-f]{32}$/)
  assert.ok(!JSON.stringify(agreement).includes('Ana'))
  assert.equal(checkAsStranger(signature).status, 0)
})

test('who may not sign is asked for no signature', async () => {
  const body = await signingOf(server, caseId, who, yes)
  const other = await askSignature(server, caseId, 'zhao.ming', body)
  assert.equal(other.status, 404)
  const doctor = await askSignature(server, caseId, 'wang.lan', body)
  assert.equal(doctor.status, 403)
  const lookOnly = await askSignature(server, 'permitted', 'zhao.hong', body)
  assert.deepEqual([lookOnly.status, lookOnly.body['code']], [403, 'consent.papers-unknown'])
})
