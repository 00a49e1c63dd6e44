import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { habeas } from '../scenarios/habeas.ts'
import { superuser } from '../store/fixture.ts'
import { askToConfirm, confirmAs, sayingOf, sendConfirmation, showTo, waitingFor } from './attending.ts'
import { bornBefore, startFamilyServer } from './family.ts'
import type { RunningServer } from './running.ts'
import { addSoftPasskey, askSignature } from './signatures.ts'
import { lookAt, type Said, sign, signingOf, yes } from './signing.ts'
import type { SoftPasskey } from './softPasskey.ts'

const ids = ['ended', 'closed', 'renewed', 'stands'] as const
const patients = [
  ...ids.map((id) => ({ id, subject: { bornOn: bornBefore(15) } })),
  { id: 'small', subject: { bornOn: bornBefore(9) } },
  { id: 'asleep', subject: { bornOn: bornBefore(70), capacity: 'none' } },
  { id: 'friend', subject: { bornOn: bornBefore(40), capacity: 'full' } },
]
const signatories = [
  ...[...ids, 'small'].flatMap((id) => [
    { name: id, for: id },
    { name: `p.${id}`, for: id, papers: 'parent' },
  ]),
  { name: 'g.asleep', for: 'asleep', papers: 'court-order' },
  { name: 'friend', for: 'friend' },
]
let server: RunningServer
const keys: Record<string, SoftPasskey> = {}
before(async () => {
  server = await startFamilyServer(patients, signatories)
  for (const name of ['friend', 'g.asleep', 'p.small']) keys[name] = await addSoftPasskey(server, name)
})
after(() => server.stop())

const dataOf = () => {
  const { spawnargs } = server.process
  return spawnargs[spawnargs.indexOf('--data') + 1]!
}
const change = async (t: TestContext, name: string, what: string) => {
  const root = await superuser(t, dataOf())
  const changed = await root.query(
    `update habeas_door.holdings set ${what} where account_id = (select account_id from habeas_door.accounts where sign_in_name = $1)`,
    [name],
  )
  assert.equal(changed.rowCount, 1)
}
const genes: Said = { 'genes-for-medicines': 'permit' }
const say = async (caseId: string, who: string, said: Said, more: object = {}) => {
  const body = await signingOf(server, caseId, who, said)
  return sign(server, caseId, who, { ...body, ...(who === caseId ? {} : { voice: 'assents' }), ...more })
}
const statesOf = async (caseId: string) =>
  (await lookAt(server, caseId, caseId)).agreements.map(({ state, awaits }) => [state, ...awaits].join(' '))

type Ending = readonly [caseId: (typeof ids)[number], how: (t: TestContext) => unknown, stands: boolean]
const endings: readonly Ending[] = [
  ['ended', (t) => change(t, 'p.ended', `ends_at = begins_at`), false],
  [
    'closed',
    () => assert.equal(habeas(['account', 'disable', 'p.closed', '--data', dataOf()]).status, 0),
    false,
  ],
  ['renewed', (t) => change(t, 'p.renewed', `evidence = 'other papers'`), false],
  ['stands', () => undefined, true],
]

for (const [id, end, stands] of endings)
  test(`a draft that was signed on papers goes on with them only: ${id}`, async (t) => {
    assert.equal((await say(id, `p.${id}`, genes)).status, 201)
    assert.deepEqual(await statesOf(id), ['draft self'])
    await end(t)
    assert.deepEqual(await statesOf(id), [stands ? 'draft self' : 'expired self'])
    assert.equal((await say(id, id, yes)).status, 201)
    assert.deepEqual(await statesOf(id), ['superseded self', stands ? 'given' : 'draft guardian'])
  })

const witnessed = { hindrance: { because: 'cannot-read', words: 'Never learned it.' }, witness: 'friend' }
async function witnessedYes(caseId: string, who: string, more: object): Promise<string> {
  const body = { ...(await signingOf(server, caseId, who, yes)), ...witnessed, ...more }
  const asked = await askSignature(server, caseId, who, body)
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const response = keys[who]!.answer(String(asked.body['challenge']))
  const signed = await sign(server, caseId, who, { ...body, signature: { response } })
  assert.equal(signed.status, 201, JSON.stringify(signed.body))
  return (await waitingFor(server, 'friend')).at(-1)!.id
}

test('papers that end before the witness has confirmed end it: the witness is told no more than that', async (t) => {
  const id = await witnessedYes('small', 'p.small', { voice: 'assents' })
  const shown = await showTo(server, 'friend', id)
  assert.equal(shown.status, 200)
  await change(t, 'p.small', 'ends_at = begins_at')
  for (const answer of [await showTo(server, 'friend', id), await sendLate(id, sayingOf(shown))])
    assert.deepEqual([answer.status, answer.body['code']], [409, 'attendance.gone'])
  assert.deepEqual(await statesOf('small'), ['expired witness'])
})

async function sendLate(id: string, saying: ReturnType<typeof sayingOf>) {
  const asked = await askToConfirm(server, 'friend', id, saying)
  const response = keys['friend']!.answer(String(asked.body['challenge']))
  return sendConfirmation(server, 'friend', id, saying, response)
}

test('a guardian who cannot read signs with a passkey and a witness for one who could not be asked', async () => {
  const unable = { because: 'unconscious', words: 'Since the accident.' }
  const id = await witnessedYes('asleep', 'g.asleep', { voice: 'not-able', unable })
  assert.equal((await confirmAs(server, 'friend', keys['friend']!, id)).status, 201)
  const { agreements } = await lookAt(server, 'asleep', 'g.asleep')
  assert.deepEqual(
    agreements.map(({ state }) => state),
    ['superseded', 'given'],
  )
})
