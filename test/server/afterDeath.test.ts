import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { afterDeathForm } from '../../src/adapters/demo/afterDeathForm.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { bornBefore, type Patient, startFamilyServer, writeCase } from './family.ts'
import { type Answer, ask, type RunningServer } from './running.ts'

const adult = { bornOn: bornBefore(70), capacity: 'full' }
const yesterday = new Date(Date.now() - 86_400_000).toISOString()
const unarranged = { ...adult, wishes: { directive: 'none' } }
const dead = (id: string, over: Partial<Patient> = {}): Patient => ({
  ...{ id, subject: unarranged, diedAt: yesterday },
  ...over,
})
const living = (id: string): Patient => ({ id, subject: unarranged })
const patients: readonly Patient[] = [
  ...['named', 'all', 'nobody', 'alive', 'going-on', 'minor'].map(living),
  dead('silent'),
  dead('quarrel'),
  dead('unknown', { subject: adult }),
  dead('forbidden', { subject: { ...adult, wishes: { directive: 'forbids-access' } } }),
  dead('undated', { subject: { ...unarranged, deceased: true, conscious: false }, diedAt: undefined! }),
  dead('french', { jurisdictions: ['FR'] }),
  dead('american', { jurisdictions: ['US'] }),
  dead('union', { jurisdictions: ['EU'] }),
]
const folder = freshFolder('after-death')
let server: RunningServer
before(async () => {
  const kin = (of: string, as: string) => ({ name: `${as}.${of}`, for: of, kin: as })
  server = await startFamilyServer(
    patients,
    [
      ...['named', 'all', 'nobody', 'going-on'].map((of) => ({ name: of, for: of })),
      ...patients.map(({ id }) => kin(id, 'child')),
      ...['named', 'silent', 'quarrel'].map((of) => kin(of, 'sibling')),
      kin('silent', 'other'),
      { name: 'p.silent', for: 'silent', papers: 'guardian' },
    ],
    folder,
  )
})
after(() => server.stop())

const asking = { purpose: 'cause-of-death', words: 'I want to know what my mother died of.' }
const look = (of: string, who = `child.${of}`, body: unknown = asking): Promise<Answer> =>
  ask(server, 'POST', `api/cases/${of}/deceased-looks`, body, who)
const object = (of: string, who: string, says: string, words = 'It would have hurt her.') =>
  ask(server, 'POST', `api/cases/${of}/deceased-objections`, { says, words, language: 'en' }, who)
const kinds = ({ body }: Answer) => ((body['reasons'] ?? []) as { kind: string }[]).map(({ kind }) => kind)
const codeOf = ({ status, body }: Answer) => [status, body['code']]
/** The hospital records a death. */
const dies = (id: string, at = new Date().toISOString()) =>
  writeCase(join(folder, 'cases'), { ...living(id), diedAt: at })

type Said = { readonly says: 'as-before' | 'stop'; readonly answers: readonly number[] } | undefined
const goesOn: Said = { says: 'as-before', answers: [1] }
type Choices = Readonly<Record<string, 'permit' | 'refuse'>>
const both: Choices = { 'matters-to-relatives': 'permit', 'relatives-look': 'permit' }

/** What somebody says to the form about the time after their death. */
async function sign(who: string, said: Choices, afterDeath: Said, named: object[] = []): Promise<Answer> {
  const path = `api/cases/${who}/agreements`
  const { body } = await ask(server, 'GET', path, undefined, who)
  const forms = body['forms'] as { id: string; sha256: string; content: { title: { en: string } } }[]
  const form = forms.find(({ content }) => content.title.en === afterDeathForm.title.en)!
  const last = (body['agreements'] as { id: string; form: string }[]).filter((one) => one.form === form.id)
  const choices = afterDeathForm.items.map(({ id, question }) => ({
    ...{ item: id, effect: said[id], answers: said[id] === 'permit' ? [question.right] : [] },
    ...(id === 'relatives-look' && said[id] === 'permit' && { named }),
  }))
  const signing = { form: form.id, formSha256: form.sha256, language: 'en', choices, previewShown: true }
  const supersedes = last.at(-1)?.id ?? null
  return ask(server, 'POST', path, { ...signing, afterDeath, supersedes }, who)
}
const account = async (who: string) =>
  (await ask(server, 'GET', `api/cases/${who}/account`, undefined, who)).body['afterDeath'] as {
    relatives: object
    forms: { says: string }[]
  }

test('a form that asks what holds after death is signed with an answer that was understood, or not at all', async () => {
  const child = [{ name: 'child.named', relation: 'child' }]
  const table: readonly (readonly [
    given: string,
    said: Choices,
    after: Said,
    named: object[],
    is: unknown[],
  ])[] = [
    ['nothing said of it', both, undefined, [], [422, 'consent.choices']],
    ['not understood', both, { says: 'as-before', answers: [0] }, [], [422, 'consent.not-understood']],
    ['not answered', both, { says: 'as-before', answers: [] }, [], [422, 'consent.not-understood']],
    [
      'a relative without a name',
      both,
      goesOn,
      [{ name: '  ', relation: 'child' }],
      [422, 'consent.relatives-named'],
    ],
    ['markup', both, goesOn, [{ name: '<b>', relation: 'child' }], [422, 'consent.relatives-named']],
    ['a friend', both, goesOn, [{ name: 'x', relation: 'friend' }], [400, 'request.shape']],
    ['understood at the second try', both, { says: 'as-before', answers: [0, 1] }, child, [201, undefined]],
    ['to stop asks nothing', both, { says: 'stop', answers: [] }, child, [201, undefined]],
  ]
  for (const [given, said, afterDeath, named, is] of table)
    assert.deepEqual(codeOf(await sign('named', said, afterDeath, named)), is, given)
  assert.deepEqual((await account('named')).relatives, { who: 'named', named: 1 })
})

test('the person reads what they said, and changes it', async () => {
  assert.deepEqual(await account('all').then(({ relatives, forms }) => [relatives, forms[0]?.says]), [
    { who: 'not-said', named: 0 },
    'not-asked',
  ])
  await sign('all', { ...both, 'relatives-look': 'refuse' }, { says: 'stop', answers: [] })
  assert.deepEqual((await account('all')).relatives, { who: 'nobody', named: 0 })
  assert.equal((await sign('all', both, goesOn)).status, 201)
  const { relatives, forms } = await account('all')
  assert.deepEqual([relatives, forms[0]?.says], [{ who: 'all', named: 0 }, 'as-before'])
})

test('the word of the dead goes before: a relative whom they named sees the least; others and a no are refused', async () => {
  await sign('nobody', { ...both, 'relatives-look': 'refuse' }, goesOn)
  for (const of of ['named', 'all', 'nobody']) {
    assert.ok(kinds(await look(of)).includes('no-relation'), 'as long as they live nobody looks')
    dies(of)
  }
  const seen = await look('named')
  assert.equal(seen.status, 201, JSON.stringify(seen.body['reasons']))
  assert.deepEqual(kinds(await look('named', 'sibling.named')), [
    'forbidden',
    'duty-open',
    'other-relatives-named',
  ])
  assert.equal((await look('all')).status, 201)
  const refused = await look('nobody')
  assert.deepEqual([refused.status, kinds(refused)], [403, ['forbidden', 'duty-open', 'person-refuses']])
  assert.deepEqual(refused.body['consents'], [], 'what the dead allowed is nothing for who is refused')
  assert.deepEqual(kinds(await ask(server, 'GET', 'api/cases/all/account', undefined, 'all')), [
    'no-relation',
  ])
})

test('the reason is the relative’s own, on record with their papers; no gene is shown, and treatment only where rights hang on it', async () => {
  const answer = await look('silent')
  assert.equal(answer.status, 201, JSON.stringify(answer.body['reasons']))
  const shown = answer.body['look'] as { conditions: unknown[]; treatment: object | null; words: string }
  assert.deepEqual([shown.treatment, shown.words], [null, asking.words])
  const { files } = answer.body['receipt'] as { readonly files: Record<string, string> }
  const bytes = Object.entries(files).map(
    ([name, file]) => [name, Uint8Array.from(Buffer.from(file, 'base64'))] as const,
  )
  assert.deepEqual(verifyEvidence({ files: new Map(bytes) }).failures, [])
  const { payload } = JSON.parse(Buffer.from(files['opening.json']!, 'base64').toString('utf8'))
  assert.deepEqual([payload.activity, payload.purpose], ['access-deceased', 'family-interest'])
  assert.deepEqual(
    [payload.by.relation, payload.by.actingFor, payload.by.kin.kinship, payload.by.kin.evidence],
    ['relative', null, 'child', 'household register and death certificate'],
  )
  assert.ok('relative-look.json' in payload.outputs)
  const rights = await look('silent', 'child.silent', { ...asking, purpose: 'rights' })
  const { treatment } = rights.body['look'] as { treatment: { medications: unknown[] } }
  assert.ok(treatment.medications.length > 0)
  assert.doesNotMatch(JSON.stringify([answer.body['look'], rights.body['look']]), /CYP|Metabolizer/)
})

test('the law of the day says who is near, and where it says nothing a person must decide', async () => {
  const table: readonly (readonly [given: string, of: string, who: string, is: readonly string[]])[] = [
    ['a relative whom the law does not count as near', 'silent', 'other.silent', ['forbidden']],
    ['nobody knows whether the dead arranged otherwise', 'unknown', 'child.unknown', ['fact-unknown']],
    ['the record says that they did', 'forbidden', 'child.forbidden', ['forbidden', 'duty-open']],
    ['France', 'french', 'child.french', []],
    ['the United States', 'american', 'child.american', ['referred']],
    ['the Union alone', 'union', 'child.union', ['referred']],
    ['a death without an instant', 'undated', 'child.undated', []],
    ['somebody who lives', 'alive', 'child.alive', ['no-relation']],
  ]
  for (const [given, of, who, is] of table) {
    const answer = await look(of, who)
    assert.deepEqual([...new Set(kinds(answer))], is, `${given}: ${JSON.stringify(answer.body['reasons'])}`)
    assert.equal(answer.status, is.length === 0 ? 201 : 403, given)
  }
})

test('relatives who disagree: none looks, until whoever stood against it takes it back', async () => {
  assert.equal((await look('quarrel')).status, 201)
  assert.deepEqual(codeOf(await object('quarrel', 'sibling.quarrel', 'no-objection')), [
    409,
    'relative.said-already',
  ])
  assert.equal((await object('quarrel', 'sibling.quarrel', 'object')).status, 201)
  assert.deepEqual(codeOf(await object('quarrel', 'sibling.quarrel', 'object')), [
    409,
    'relative.said-already',
  ])
  for (const who of ['child.quarrel', 'sibling.quarrel'])
    assert.deepEqual(kinds(await look('quarrel', who)), ['relatives-disagree'], who)
  assert.deepEqual(codeOf(await object('quarrel', 'child.quarrel', 'no-objection')), [
    409,
    'relative.said-already',
  ])
  assert.equal((await object('quarrel', 'sibling.quarrel', 'no-objection')).status, 201)
  assert.equal((await look('quarrel')).status, 201)
})

test('what a hospital does with what is a dead person’s needs their word that it goes on', async () => {
  await sign('going-on', both, goesOn)
  const procedure = () => ask(server, 'GET', 'api/cases/going-on/agreements', undefined, 'going-on')
  assert.equal((await procedure()).status, 200)
  dies('going-on')
  assert.equal((await procedure()).status, 403)
})

test('what cannot be meant is refused by its own code; a relative is nothing else, and nobody else is a relative', async () => {
  const table: readonly (readonly [given: string, answer: Promise<Answer>, is: readonly unknown[]])[] = [
    ['blanks', look('silent', undefined, { ...asking, words: ' ' }), [422, 'relative.no-words']],
    ['script', look('silent', undefined, { ...asking, words: '<script>' }), [422, 'relative.text']],
    ['curiosity', look('silent', undefined, { ...asking, purpose: 'curious' }), [400, 'request.shape']],
    ['a gene', look('silent', undefined, { ...asking, categories: ['genetic'] }), [400, 'request.shape']],
    ['blanks against it', object('silent', 'child.silent', 'object', ' '), [422, 'relative.no-words']],
    ['a guardian', look('silent', 'p.silent'), [404, 'not-found']],
    ['a relative of somebody else', look('silent', 'child.french'), [404, 'not-found']],
    ['a person', look('silent', 'nobody'), [403, 'access.role']],
    ...(['account', 'agreements', 'relatives', 'procedure', ''] as const).map(
      (path) =>
        [
          path,
          ask(server, 'GET', `api/cases/silent${path && '/'}${path}`, undefined, 'child.silent'),
          [404, 'not-found'],
        ] as const,
    ),
    ...(
      [
        ['withdrawals', { purposes: null }],
        ['plans', {}],
      ] as const
    ).map(
      ([path, body]) =>
        [
          path,
          ask(server, 'POST', `api/cases/silent/${path}`, body, 'child.silent'),
          [404, 'not-found'],
        ] as const,
    ),
  ]
  for (const [given, answer, is] of table) assert.deepEqual(codeOf(await answer), is, given)
})

test('a relative is shown to whom they are one, and nothing of any other', async () => {
  const list = async (who: string) =>
    (await ask(server, 'GET', 'api/deceased', undefined, who)).body['deceased']
  assert.deepEqual(await list('child.silent'), [
    {
      ...{ caseId: 'silent', subjectName: 'silent (invented)', kinship: 'child' },
      ...{ until: bornBefore(-1), dead: true },
    },
  ])
  assert.deepEqual(((await list('child.alive')) as { dead: boolean }[])[0]?.dead, false)
  assert.deepEqual(await list('p.silent'), [])
  assert.deepEqual((await ask(server, 'GET', 'api/cases', undefined, 'child.silent')).body['cases'], [])
})

test('papers of kinship say what shows them and until when, and stand beside no others', () => {
  const add = (...more: string[]) =>
    habeas([
      'account',
      'add',
      'somebody',
      '--role',
      'representative',
      '--subject',
      'x',
      ...more,
      '--data',
      join(folder, 'data'),
    ])
  const [until, evidence] = [
    ['--until', bornBefore(-1)],
    ['--evidence', 'a certificate'],
  ]
  const table: readonly (readonly [given: string, args: string[], where: string])[] = [
    ['no kinship that is known', ['--kin', 'cousin', ...until, ...evidence], '--kin'],
    ['nothing that shows it', ['--kin', 'child', ...until], '--evidence'],
    ['no last day', ['--kin', 'child', ...evidence], '--until'],
    ['a guardian too', ['--kin', 'child', '--papers', 'parent', ...until, ...evidence], '--papers'],
  ]
  for (const [given, args, where] of table) {
    const { status, err } = add(...args)
    assert.equal(status, 2, given)
    assert.ok(err.includes(where), `${given}: ${err}`)
  }
})
