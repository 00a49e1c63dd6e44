import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freshFolder } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { lookAt, sign, signingOf, yes } from './signing.ts'

let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('asked-again')}/data`])
})
after(() => server.stop())

const [caseId, who] = ['no-separate-consent', 'qian.yue'] as const
const plan = async () => (await ask(server, 'POST', `api/cases/${caseId}/plans`, {}, 'wang.lan')).status
const states = async () => (await lookAt(server, caseId, who)).agreements.map(({ state }) => state)

type Rule = { readonly id: string; readonly state: string; readonly content: Record<string, unknown> }
const standing = async (): Promise<readonly Rule[]> => {
  const { body } = await ask(server, 'GET', 'api/house-rules', undefined, 'chen.hua')
  return (body['rules'] as readonly Rule[]).filter(({ state }) => state === 'standing')
}
/** One steward lays it down in the place of another rule, another confirms it: what is the case before that, too. */
async function replace(rule: Rule, content: object, meanwhile: number): Promise<string> {
  const body = { content: { ...rule.content, ...content }, because: 'a test', replaces: rule.id }
  const proposed = await ask(server, 'POST', 'api/house-rules', body, 'chen.hua')
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body))
  const id = proposed.body['id'] as string
  // What widens nothing stands at once.
  if (proposed.body['state'] === 'standing') return id
  assert.equal(await plan(), meanwhile, 'a proposal asks nobody')
  assert.equal(
    (await ask(server, 'POST', `api/house-rules/${id}/confirmation`, { because: 'a test' }, 'fang.yu'))
      .status,
    200,
  )
  return id
}
/** To the form of this id. */
async function signTo(form: string): Promise<void> {
  const { forms } = await lookAt(server, caseId, who)
  const { sha256: formSha256 } = forms.find(({ id }) => id === form)!
  const signing = await signingOf(server, caseId, who, yes)
  const signed = await sign(server, caseId, who, { ...signing, form, formSha256, supersedes: null })
  assert.equal(signed.status, 201, JSON.stringify(signed.body))
}

test('another form, and a purpose in other terms, let what was signed rest until it is signed anew; the same words do not', async () => {
  const { forms } = await lookAt(server, caseId, who)
  await signTo(forms[0]!.id)
  assert.deepEqual([await plan(), await states()], [201, ['given']])
  const first = (await standing()).find(({ id }) => id === forms[0]!.id)!

  const same = await replace(
    first,
    { title: { en: 'The same in other letters', zh: '同一内容' }, goesOnFrom: [first.id] },
    201,
  )
  assert.deepEqual([await plan(), await states()], [201, ['given']], 'what says the same goes on')

  const second = (await standing()).find(({ id }) => id === same)!
  const other = await replace(
    second,
    { title: { en: 'Another form', zh: '另一份同意书' }, goesOnFrom: [] },
    201,
  )
  assert.deepEqual([await plan(), await states()], [403, ['paused']])
  await signTo(other)
  assert.deepEqual([await plan(), await states()], [201, ['paused', 'given']])

  const treatment = (await standing()).find(({ content }) => content['purpose'] === 'treatment')!
  const categories = treatment.content['categories'] as readonly string[]
  await replace(treatment, { categories: [...categories].reverse() }, 201)
  assert.deepEqual([await plan(), await states()], [403, ['paused', 'paused']])
})
