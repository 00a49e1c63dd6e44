import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { familyForm } from '../../src/adapters/demo/familyForm.ts'
import { freshFolder } from '../scenarios/habeas.ts'
import { type Answer, ask, type RunningServer, startServer } from './running.ts'

/** Who allowed genes for medicines on paper, who treats them, somebody who does not, and who decides. */
const [caseId, who, doctor, other, judge] = ['permitted', 'zhao.ming', 'wang.lan', 'he.jun', 'lin.na']
let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('relatives')}/data`])
})
after(() => server.stop())

type Said = Readonly<Record<string, 'permit' | 'refuse'>>
const nothing: Said = {
  'relatives-told-by-me': 'refuse',
  'relatives-told-by-doctor': 'refuse',
  'to-know-medicines': 'permit',
  'to-know-illnesses': 'permit',
  'to-know-relatives': 'permit',
}
type Form = {
  readonly id: string
  readonly sha256: string
  readonly content: { readonly title: { en: string } }
}
type Signed = { readonly id: string; readonly form: string; readonly state: string }

/** What somebody says to the form about relatives, in the place of what they said last, understood. */
async function say(said: Said, name = who): Promise<Answer> {
  const path = `api/cases/${caseId}/agreements`
  const { body } = await ask(server, 'GET', path, undefined, name)
  const form = (body['forms'] as readonly Form[]).find(
    ({ content }) => content.title.en === familyForm.title.en,
  )!
  const last = (body['agreements'] as readonly Signed[]).filter((one) => one.form === form.id).at(-1)
  const choices = familyForm.items.map(({ id, question }) => ({
    ...{ item: id, effect: said[id]!, answers: said[id] === 'permit' ? [question.right] : [] },
  }))
  const signing = { form: form.id, formSha256: form.sha256, language: 'en', choices, previewShown: true }
  return ask(server, 'POST', path, { ...signing, supersedes: last?.id ?? null }, name)
}
const withdraw = (purposes: readonly string[] | null) =>
  ask(server, 'POST', `api/cases/${caseId}/withdrawals`, { purposes }, who)

type Review = {
  readonly id: string
  readonly state: string
  readonly by: string
  readonly reason: string | null
  readonly words: string | null
  readonly law: string | null
  readonly finding: { readonly verdict: string; readonly law: string; readonly allowed: boolean } | null
}
type Page = {
  readonly wishes: { readonly tell: string; readonly notToKnow: readonly string[]; readonly filed: boolean }
  readonly withheld: boolean
  readonly reviews: readonly Review[]
  readonly telling: {
    readonly law: string
    readonly allowed: boolean
    readonly reasons: readonly { readonly kind: string }[]
    readonly steps: readonly { readonly id: string; readonly state: string }[]
  } | null
}
async function look(name = who): Promise<Page> {
  const { status, body } = await ask(server, 'GET', `api/cases/${caseId}/relatives`, undefined, name)
  assert.equal(status, 200, JSON.stringify(body['reasons']))
  return body as unknown as Page
}
const question = { reason: 'prevention', words: 'What was found can be prevented in relatives.' }
const asking = (body: unknown = question, name = doctor) =>
  ask(server, 'POST', `api/cases/${caseId}/relatives-reviews`, body, name)
const deciding = (id: string, body: unknown, name = judge) =>
  ask(server, 'POST', `api/relatives-reviews/${id}/finding`, body, name)
const listOf = async (name = judge) =>
  (await ask(server, 'GET', 'api/relatives-reviews', undefined, name)).body['reviews'] as readonly Review[]
const codeOf = ({ status, body }: Answer) => [status, body['code']]
const reasonsOf = (page: Page) => page.telling?.reasons.map(({ kind }) => kind) ?? []
const plan = (name = doctor) => ask(server, 'POST', `api/cases/${caseId}/plans`, {}, name)

/** The receipt holds, and what it says of the act. */
function payloadOf({ body }: Answer): Record<string, unknown> {
  const { files } = body['receipt'] as { readonly files: Record<string, string> }
  const decoded = new Map(
    Object.entries(files).map(([name, file]) => [name, Uint8Array.from(Buffer.from(file, 'base64'))]),
  )
  assert.deepEqual(verifyEvidence({ files: decoded }).failures, [])
  return JSON.parse(Buffer.from(files['opening.json']!, 'base64').toString('utf8')).payload
}

test('nothing said is no leave; each wish counts at the very next look, and is taken back by the person alone', async () => {
  const before = await look()
  assert.deepEqual(before.wishes, { tell: 'not-said', notToKnow: [], filed: false })
  assert.ok(reasonsOf(before).includes('relatives-not-allowed'))
  const table: readonly (readonly [given: string, said: Said, tell: string, allowed: boolean])[] = [
    ['the doctor', { ...nothing, 'relatives-told-by-doctor': 'permit' }, 'through-doctor', true],
    ['myself', { ...nothing, 'relatives-told-by-me': 'permit' }, 'in-person', false],
    ['nobody', nothing, 'nobody', false],
    ['the doctor again', { ...nothing, 'relatives-told-by-doctor': 'permit' }, 'through-doctor', true],
  ]
  for (const [given, said, tell, allowed] of table) {
    const signed = await say(said)
    assert.equal(signed.status, 201, given)
    payloadOf(signed)
    for (const name of [who, doctor]) {
      const page = await look(name)
      assert.equal(page.wishes.tell, tell, given)
      assert.equal(page.telling?.allowed, allowed, `${given}: ${JSON.stringify(page.telling?.reasons)}`)
      assert.equal(reasonsOf(page).includes('relatives-not-allowed'), !allowed, given)
    }
  }
  assert.equal((await withdraw(['family-interest'])).status, 201)
  const ended = await look()
  assert.equal(ended.wishes.tell, 'nobody')
  assert.ok(!ended.telling?.allowed && reasonsOf(ended).includes('choice-refused'))
})

test('who does not want to know is shown no plan, old or new, on any page of theirs; lifting it shows it again', async () => {
  const made = await plan()
  assert.equal(made.status, 201)
  const act = (made.body['act'] as { id: string }).id
  const shown = async () => {
    const { body } = await ask(server, 'GET', `api/cases/${caseId}/acts/${act}`, undefined, who)
    const { body: account } = await ask(server, 'GET', `api/cases/${caseId}/account`, undefined, who)
    const { plans } = account['known'] as {
      plans: { act: string; firstChoice: string[]; withheld: boolean }[]
    }
    const mine = plans.find((one) => one.act === act)!
    return { body, mine, own: await plan(who), all: JSON.stringify([body, account]) }
  }
  assert.ok((await shown()).body['plan'] !== null)
  assert.equal((await say({ ...nothing, 'to-know-medicines': 'refuse' })).status, 201)
  for (const name of ['zhao.hong', who]) {
    const { body } = await ask(server, 'GET', `api/cases/${caseId}/acts/${act}`, undefined, name)
    assert.deepEqual([body['plan'], body['withheld']], [null, true], name)
  }
  const hidden = await shown()
  assert.deepEqual([hidden.mine.firstChoice, hidden.mine.withheld], [[], true])
  assert.doesNotMatch(hidden.all, /CYP|prasugrel|Metabolizer/)
  assert.equal(hidden.own.status, 403)
  assert.deepEqual(hidden.own.body['reasons'], [{ kind: 'wishes-not-to-know' }])
  assert.equal((await plan()).status, 201, 'who treats them still works with it')
  assert.equal(
    (await say({ ...nothing }, 'zhao.hong')).body['code'],
    'consent.papers-unknown',
    'nobody else lifts it',
  )
  assert.equal((await say(nothing)).status, 201)
  const again = await shown()
  assert.deepEqual([again.body['withheld'], again.mine.withheld, again.own.status], [false, false, 201])
})

test('a review is asked for by who treats the person, and by nobody else; what cannot be meant is refused, nothing stored', async () => {
  const table: readonly (readonly [given: string, body: unknown, name: string, is: unknown])[] = [
    ['blanks', { ...question, words: '   ' }, doctor, [422, 'relatives.no-words']],
    ['script', { ...question, words: '<script>' }, doctor, [422, 'relatives.text']],
    ['501 letters', { ...question, words: 'x'.repeat(501) }, doctor, [422, 'relatives.text']],
    ['another reason', { ...question, reason: 'curious' }, doctor, [400, 'request.shape']],
    ['a gene', { ...question, gene: 'BRCA1' }, doctor, [400, 'request.shape']],
    ['without care', question, other, [403, 'denied']],
    ['the person', question, who, [403, 'access.role']],
    ['a reviewer', question, judge, [403, 'access.role']],
    ['a steward', question, 'chen.hua', [403, 'access.role']],
  ]
  for (const [given, body, name, is] of table) assert.deepEqual(codeOf(await asking(body, name)), is, given)
  assert.deepEqual(await listOf(), [])
  assert.deepEqual((await look()).reviews, [])
})

test('somebody else decides, once; the person sees that it was asked and how it ended; it opens nothing they closed', async () => {
  await say(nothing)
  const asked = await asking()
  assert.equal(asked.status, 201)
  const { id } = asked.body['review'] as Review
  assert.deepEqual([payloadOf(asked)['purpose'], payloadOf(asked)['activity']], ['quality', 'use'])
  assert.deepEqual(codeOf(await asking()), [409, 'relatives.asked-already'])
  const [waiting] = (await look()).reviews
  assert.deepEqual([waiting?.id, waiting?.state, waiting?.words], [id, 'waiting', question.words])

  for (const name of [judge, 'xu.wei']) {
    const list = await listOf(name)
    assert.deepEqual(
      list.map((one) => one.id),
      [id],
      name,
    )
    assert.doesNotMatch(JSON.stringify(list), /Zhao|example-1|CYP/)
  }
  for (const name of [doctor, who, 'chen.hua', 'ma.rui'])
    assert.deepEqual(
      codeOf(await ask(server, 'GET', 'api/relatives-reviews', undefined, name)),
      [403, 'access.role'],
      name,
    )
  const said = { verdict: 'matters', words: 'It can be prevented.' }
  assert.deepEqual(codeOf(await deciding(id, said, doctor)), [403, 'access.role'])
  assert.deepEqual(codeOf(await deciding('not-there', said)), [404, 'relatives.unknown'])
  assert.deepEqual(codeOf(await deciding(id, { ...said, words: ' ' })), [422, 'relatives.no-words'])
  const [one, two] = await Promise.all([deciding(id, said), deciding(id, said, 'xu.wei')])
  assert.deepEqual([one.status, two.status].sort(), [201, 409], 'once')
  const done = one.status === 201 ? one : two
  assert.deepEqual((done.body['review'] as Review).finding?.allowed, false, 'the person had said no')
  assert.ok(!('opening.json' in (done.body['receipt'] as { files: object }).files))

  const page = await look()
  assert.deepEqual([page.reviews[0]?.state, page.reviews[0]?.finding?.verdict], ['closed', 'matters'])
  assert.equal(page.telling?.allowed, false)
  assert.ok(page.telling?.steps.some(({ id, state }) => id === 'act' && state === 'not-possible'))
})

test('who does not want to know of relatives sees that it was asked, and neither why nor what was found', async () => {
  assert.equal((await say({ ...nothing, 'to-know-relatives': 'refuse' })).status, 201)
  const page = await look()
  assert.deepEqual([page.withheld, page.telling], [true, null])
  const [told] = page.reviews
  assert.deepEqual(
    [told?.state, told?.reason, told?.words, told?.law, told?.finding],
    ['closed', null, null, null, null],
  )
  const theirs = await look(doctor)
  assert.deepEqual(
    [theirs.withheld, theirs.wishes.notToKnow, theirs.reviews[0]?.reason],
    [false, ['relatives'], 'prevention'],
  )
})
