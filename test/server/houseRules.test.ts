import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { freshFolder } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'

let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('house')}/data`])
})
after(() => server.stop())

type Rule = {
  readonly id: string
  readonly state: string
  readonly content: { readonly kind: string; readonly [key: string]: unknown }
}
const because = 'Decision 7 of the board'
const list = async (): Promise<readonly Rule[]> => {
  const { body } = await ask(server, 'GET', 'api/house-rules', undefined, 'chen.hua')
  return body['rules'] as Rule[]
}
const standing = async (kind: string): Promise<readonly Rule[]> =>
  (await list()).filter(({ state, content }) => state === 'standing' && content.kind === kind)
/** Purposes that a plan is made for; the demo lays down one more, for relatives. */
const forTreatment = async (): Promise<readonly Rule[]> =>
  (await standing('purpose')).filter(({ content }) => content['purpose'] === 'treatment')
const plan = () => ask(server, 'POST', 'api/cases/permitted/plans', {}, 'wang.lan')
const propose = (content: unknown, replaces: string | null = null, by = 'chen.hua') =>
  ask(server, 'POST', 'api/house-rules', { content, because, replaces }, by)
const settle = (id: string, to: 'confirmation' | 'ending', by: string) =>
  ask(server, 'POST', `api/house-rules/${id}/${to}`, { because }, by)
const gapsOf = ({ body }: Awaited<ReturnType<typeof plan>>) =>
  ((body['reasons'] ?? []) as { kind: string; about?: string }[])
    .filter(({ kind }) => kind === 'not-laid-down')
    .map(({ about }) => about)

test('a purpose ends at once; it comes back only when another steward confirms it', async () => {
  assert.equal((await plan()).status, 201)
  const [rule] = await forTreatment()
  assert.equal((await settle(rule!.id, 'ending', 'chen.hua')).status, 200)
  const refused = await plan()
  assert.deepEqual([refused.status, gapsOf(refused)], [403, ['purpose']])
  const again = await propose(rule!.content)
  assert.deepEqual([again.status, again.body['state']], [201, 'proposed'])
  assert.equal((await plan()).status, 403, 'a proposal allows nothing')
  const id = again.body['id'] as string
  const own = await settle(id, 'confirmation', 'chen.hua')
  assert.deepEqual([own.status, own.body['code']], [409, 'rule.own'])
  assert.equal((await settle(id, 'confirmation', 'fang.yu')).status, 200)
  assert.equal((await settle(id, 'confirmation', 'fang.yu')).body['code'], 'rule.settled')
  assert.equal((await plan()).status, 201)
})

type Duties = { readonly duties: readonly { readonly code: string; readonly met: boolean }[] }
const isAssessed = async () => {
  const { status, body } = await plan()
  assert.equal(status, 201)
  return (body['ruling'] as Duties).duties.find(({ code }) => code === 'pipia')?.met
}

test('what the hospital assessed is known from its rules; what the case says of it is not believed', async () => {
  assert.equal(await isAssessed(), true)
  const [rule] = await standing('assessment')
  await settle(rule!.id, 'ending', 'fang.yu')
  assert.equal(await isAssessed(), false)
  const { body } = await propose(rule!.content, null, 'fang.yu')
  assert.equal(await isAssessed(), false)
  await settle(body['id'] as string, 'confirmation', 'chen.hua')
  assert.equal(await isAssessed(), true)
})

test('a narrowing stands at once, in the place of what it narrows', async () => {
  const [rule] = await forTreatment()
  const content = { ...rule!.content, activities: ['use', 'test'] }
  const { status, body } = await propose(content, rule!.id)
  assert.deepEqual([status, body['state']], [201, 'standing'])
  assert.deepEqual(
    (await forTreatment()).map(({ id }) => id),
    [body['id']],
  )
  assert.equal((await plan()).status, 201)
})

test('a person’s own rights wait for no rule', async () => {
  for (const { id } of await standing('purpose')) await settle(id, 'ending', 'chen.hua')
  const { status } = await ask(server, 'GET', 'api/cases/permitted/account', undefined, 'zhao.ming')
  assert.equal(status, 200)
  const own = await ask(
    server,
    'POST',
    'api/cases/permitted/withdrawals',
    { purposes: ['insurance'] },
    'zhao.ming',
  )
  assert.equal(own.status, 201)
})

test('in danger to life nothing has to be laid down', async () => {
  const opened = { reason: 'no-time', words: 'An invented emergency.' }
  assert.equal((await ask(server, 'POST', 'api/cases/emergency/emergencies', opened, 'he.jun')).status, 201)
  const { status, body } = await ask(server, 'POST', 'api/cases/emergency/plans', {}, 'he.jun')
  assert.deepEqual([status, gapsOf({ status, body } as Awaited<ReturnType<typeof plan>>)], [201, []])
})

const term = { kind: 'retention', category: 'image', months: 12, after: 'erase' }
test('a steward of another organisation is not offered the rules of this one, and finds none', async () => {
  for (const [name, offered] of [
    ['chen.hua', true],
    ['luo.bin', false],
  ] as const) {
    const { body } = await ask(server, 'GET', 'api/session', undefined, name)
    const may = body['may'] as string[]
    assert.deepEqual(
      ['listHouseRules', 'proposeHouseRule', 'listRecalls'].map((one) => may.includes(one)),
      [offered, offered, true],
    )
    const { status } = await ask(server, 'GET', 'api/house-rules', undefined, name)
    assert.equal(status, offered ? 200 : 404)
  }
})

const flawed: readonly (readonly [string, unknown, number, string])[] = [
  ['no such kind', { ...term, kind: 'wish' }, 400, 'request.shape'],
  ['an unknown member', { ...term, more: 1 }, 400, 'request.shape'],
  ['no time at all', { ...term, months: 0 }, 400, 'request.shape'],
  ['half a month', { ...term, months: 1.5 }, 400, 'request.shape'],
  ['an unknown category', { ...term, category: 'wealth' }, 400, 'request.shape'],
  [
    'a broken letter',
    { ...term, kind: 'form', title: { en: '\ud800', zh: '一' } },
    400,
    'json.lone-surrogate',
  ],
]
for (const [name, content, status, code] of flawed)
  test(`refused, and nothing is laid down: ${name}`, async () => {
    const before = (await list()).length
    const answer = await propose(content)
    assert.deepEqual([answer.status, answer.body['code']], [status, code])
    assert.equal((await list()).length, before)
  })

test('days that cannot be, a place that is not there', async () => {
  const assessment = {
    kind: 'assessment',
    assessment: 'dpia',
    purposes: ['treatment'],
    categories: ['health'],
    outcome: 'granted',
    on: '2026-02-30',
    until: '2027-01-01',
    report: '0'.repeat(64),
  }
  for (const over of [
    {},
    { on: '2999-01-01', until: '2999-02-01' },
    { on: '2026-02-02', until: '2026-02-01' },
  ])
    assert.equal((await propose({ ...assessment, ...over })).body['code'], 'rule.days')
  assert.equal((await propose(term, 'not-there')).body['code'], 'rule.replaces')
  assert.equal((await settle('not-there', 'confirmation', 'chen.hua')).status, 404)
})

type Form = typeof demoForm
const without = (...elements: readonly string[]): Form => ({
  ...demoForm,
  sections: demoForm.sections.filter(({ element }) => !elements.includes(element)),
})
const [item] = demoForm.items
const asked = (over: Partial<Form['items'][number]>): Form => ({
  ...demoForm,
  items: [{ ...item!, ...over }],
})
const markup = '<script>alert(1)</script>'
const forms: readonly (readonly [
  given: string,
  form: unknown,
  status: number,
  code: string,
  lacks?: string[],
])[] = [
  ['all that the law wants told', demoForm, 201, ''],
  ['no word of the purpose', without('purpose'), 422, 'rule.form-lacks', ['purpose']],
  ['no word of two things', without('rights', 'impact'), 422, 'rule.form-lacks', ['impact', 'rights']],
  ['what no law asks for left out', without('voluntary'), 201, ''],
  [
    'another country’s law beside it',
    { ...demoForm, jurisdictions: ['CN', 'EU'] },
    422,
    'rule.form-lacks',
    ['complaint', 'legal-basis', 'recipient', 'transfer'],
  ],
  [
    'data sent abroad',
    asked({ activities: ['transfer-abroad'], recipients: ['lab'] }),
    422,
    'rule.form-lacks',
  ],
  ['research', asked({ activities: ['research'], purposes: ['research'] }), 422, 'rule.form-lacks'],
  [
    'a section twice',
    { ...demoForm, sections: [...demoForm.sections, demoForm.sections[0]] },
    422,
    'rule.form',
  ],
  ['a choice twice', { ...demoForm, items: [item, item] }, 422, 'rule.form'],
  [
    'a right answer that is not there',
    asked({ question: { ...item!.question, right: 3 } }),
    422,
    'rule.form',
  ],
  ['a script in a title', { ...demoForm, title: { en: markup, zh: '一' } }, 400, 'request.shape'],
  ['a script in a choice', asked({ says: { en: 'a', zh: markup } }), 400, 'request.shape'],
  ['text that turns round', { ...demoForm, title: { en: 'a\u202eb', zh: '一' } }, 400, 'request.shape'],
  ['a title of blanks', { ...demoForm, title: { en: ' \n ', zh: '一' } }, 400, 'request.shape'],
  ['one language only', { ...demoForm, title: { en: 'a' } }, 400, 'request.shape'],
  ['no choice', { ...demoForm, items: [] }, 400, 'request.shape'],
  ['a hundred thousand letters', { ...demoForm, title: { en: 'a'.repeat(1e5), zh: '一' } }, 413, 'too-large'],
]
for (const [given, form, status, code, lacks] of forms)
  test(`a form with ${given}: ${status} ${code}`, async () => {
    const before = (await list()).length
    const answer = await propose(form)
    assert.deepEqual([answer.status, answer.body['code'] ?? ''], [status, code])
    if (lacks) assert.deepEqual(answer.body['lacks'], lacks)
    assert.equal((await list()).length, before + (status === 201 ? 1 : 0))
  })

test('only stewards lay down; auditors look; everybody may read what stands', async () => {
  for (const name of ['zhao.ming', 'wang.lan', 'lin.na', 'xu.wei', 'gao.feng', 'tang.yu', 'zhao.hong']) {
    const answers = [
      await ask(server, 'GET', 'api/house-rules', undefined, name),
      await propose(term, null, name),
      await settle('r', 'confirmation', name),
      await settle('r', 'ending', name),
    ]
    for (const { status, body } of answers)
      assert.deepEqual([status, body['code']], [403, 'access.role'], name)
  }
  assert.equal((await ask(server, 'GET', 'api/house-rules', undefined, 'ma.rui')).status, 200)
  assert.equal((await propose(term, null, 'ma.rui')).status, 403)
  const { status, body } = await ask(server, 'GET', 'api/notice', undefined, null)
  assert.equal(status, 200)
  const told = (body['rules'] as { id: string }[]).map(({ id }) => id)
  const stands = (await list()).filter(({ state }) => state === 'standing').map(({ id }) => id)
  assert.ok(stands.length > 0 && stands.length < (await list()).length, 'there is a history')
  assert.deepEqual(told.sort(), stands.sort(), 'what stands, nothing that ended or waits')
  assert.doesNotMatch(JSON.stringify(body), /Chen Hua|Fang Yu/, 'no names of who laid it down')
  assert.equal((await ask(server, 'GET', 'api/house-rules', undefined, null)).status, 401)
})
