import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { freshFolder } from '../scenarios/habeas.ts'
import { type Answer, ask, type RunningServer, startServer } from './running.ts'
import { callerFor } from './signedIn.ts'
import { lookAt } from './signing.ts'

let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('matrix')}/data`])
})
after(() => server.stop())

const cases = ['emergency', 'no-separate-consent', 'permitted', 'withdrawn'] as const
type CaseId = (typeof cases)[number]
type Relation = 'self' | 'represents' | 'relative' | 'care' | 'organisation' | 'none'

/** Everybody of the demo: role, and how they stand to whom a case is about; `none` where nothing is said. */
const people: Readonly<Record<string, readonly [role: string, to: Partial<Record<CaseId, Relation>>]>> = {
  'zhao.ming': ['person', { permitted: 'self' }],
  'qian.yue': ['person', { 'no-separate-consent': 'self' }],
  'sun.ke': ['person', { withdrawn: 'self' }],
  'li.an': ['person', { emergency: 'self' }],
  'zhao.hong': ['representative', { permitted: 'represents' }],
  'zhao.lei': ['representative', { permitted: 'relative' }],
  'wang.lan': [
    'clinician',
    { permitted: 'care', 'no-separate-consent': 'care', withdrawn: 'care', emergency: 'organisation' },
  ],
  'he.jun': ['clinician', everywhere('organisation')],
  'chen.hua': ['steward', everywhere('organisation')],
  'fang.yu': ['steward', everywhere('organisation')],
  'lin.na': ['reviewer', everywhere('organisation')],
  'xu.wei': ['chair', everywhere('organisation')],
  'tang.yu': ['researcher', everywhere('organisation')],
  'ma.rui': ['auditor', everywhere('organisation')],
  'gao.feng': ['regulator', {}],
  'luo.bin': ['steward', {}],
}

function everywhere(relation: Relation): Partial<Record<CaseId, Relation>> {
  return Object.fromEntries(cases.map((id) => [id, relation]))
}

/** Who may: written down once more by hand, so that a change of the table alone is noticed. */
const ownCells = ['person self', 'representative represents']
const mayCall: Readonly<Record<string, readonly string[]>> = {
  readCase: [
    ...ownCells,
    'clinician care',
    'clinician organisation',
    'steward organisation',
    'auditor organisation',
  ],
  makePlan: [...ownCells, 'clinician care', 'clinician organisation'],
  showProcedure: [...ownCells, 'clinician care', 'clinician organisation'],
  withdrawConsent: ownCells,
  showAccount: ownCells,
  showAct: ownCells,
  listAgreements: ownCells,
  askSignature: ownCells,
  signConsent: ownCells,
  showConsentReceipt: ownCells,
  showRelatives: [...ownCells, 'clinician care', 'clinician organisation'],
  askRelativesReview: ['clinician care', 'clinician organisation'],
  lookAsRelative: ['representative relative'],
  objectAsRelative: ['representative relative'],
  openEmergency: ['clinician care', 'clinician organisation'],
  lookInEmergency: ['clinician care', 'clinician organisation'],
  endEmergency: ['clinician care', 'clinician organisation'],
}
const mayList = ['person', 'representative', 'clinician', 'steward', 'auditor']

type Call = {
  readonly method: string
  readonly path: (caseId: string, act: string) => string
  readonly body?: unknown
}
const signing = {
  form: 'not-there',
  formSha256: '0'.repeat(64),
  language: 'en',
  choices: [{ item: 'x', effect: 'refuse', answers: [] }],
  previewShown: true,
  supersedes: null,
}
const calls: Readonly<Record<string, Call>> = {
  readCase: { method: 'GET', path: (id) => `api/cases/${id}` },
  makePlan: { method: 'POST', path: (id) => `api/cases/${id}/plans`, body: {} },
  showProcedure: { method: 'GET', path: (id) => `api/cases/${id}/procedure` },
  showAccount: { method: 'GET', path: (id) => `api/cases/${id}/account` },
  showAct: { method: 'GET', path: (id, act) => `api/cases/${id}/acts/${act}` },
  listAgreements: { method: 'GET', path: (id) => `api/cases/${id}/agreements` },
  askSignature: { method: 'POST', path: (id) => `api/cases/${id}/agreements/signature`, body: signing },
  signConsent: { method: 'POST', path: (id) => `api/cases/${id}/agreements`, body: signing },
  showConsentReceipt: { method: 'GET', path: (id, act) => `api/cases/${id}/agreements/${act}/receipt` },
  showRelatives: { method: 'GET', path: (id) => `api/cases/${id}/relatives` },
  askRelativesReview: {
    method: 'POST',
    path: (id) => `api/cases/${id}/relatives-reviews`,
    body: { reason: 'prevention', words: ' ' },
  },
  lookAsRelative: {
    method: 'POST',
    path: (id) => `api/cases/${id}/deceased-looks`,
    body: { purpose: 'memory', words: ' ' },
  },
  objectAsRelative: {
    method: 'POST',
    path: (id) => `api/cases/${id}/deceased-objections`,
    body: { says: 'object', words: ' ', language: 'en' },
  },
  openEmergency: {
    method: 'POST',
    path: (id) => `api/cases/${id}/emergencies`,
    body: { reason: 'no-time', words: ' ' },
  },
  lookInEmergency: { method: 'GET', path: (id) => `api/cases/${id}/emergencies/not-there/record` },
  endEmergency: { method: 'POST', path: (id) => `api/cases/${id}/emergencies/not-there/end`, body: {} },
  withdrawConsent: {
    method: 'POST',
    path: (id) => `api/cases/${id}/withdrawals`,
    body: { purposes: ['insurance'] },
  },
}

/** What is for applications only: whoever comes with a session of their own is told to come with a token. */
const forApps = ['fhir/Patient/example-1', 'fhir/Observation?patient=example-1']

const codeOf = ({ body }: Answer) => body['code']
const reasonsOf = ({ body }: Answer) =>
  ((body['reasons'] ?? []) as { kind: string }[]).map(({ kind }) => kind)

/** One act of each case, which is the signing of an agreement too: the person says no to what is about relatives. */
async function actsOf(): Promise<Record<CaseId, string>> {
  const made: Partial<Record<CaseId, string>> = {}
  for (const id of cases) {
    const { forms } = await lookAt(server, id, callerFor(`api/cases/${id}`))
    const {
      id: form,
      sha256: formSha256,
      content,
    } = forms.find(({ content }) => /relatives/.test(JSON.stringify(content)))!
    const choices = content.items.map(({ id: item }) => ({ item, effect: 'refuse', answers: [] }))
    const said = { form, formSha256, language: 'en', choices, previewShown: true, supersedes: null }
    const { status, body } = await ask(server, 'POST', `api/cases/${id}/agreements`, said)
    assert.equal(status, 201, id)
    made[id] = (body['act'] as { id: string }).id
  }
  return made as Record<CaseId, string>
}

/** Answered, or refused for what was asked and not for who asked. */
const isSeen = ({ status, body }: Answer): boolean =>
  status < 300 ||
  body['code'] === 'denied' ||
  /^(consent|emergency|relatives|relative)\./.test(String(body['code']))

test('every operation × everybody × everyone whom it may be about: the cell says whether it is answered', async (t) => {
  const acts = await actsOf()
  const missing = await ask(server, 'GET', 'api/cases/not-there', undefined, 'wang.lan')
  const noRole = new Set<string>()
  let asked = 0
  for (const [name, [role, to]] of Object.entries(people)) {
    for (const [operation, { method, path, body }] of Object.entries(calls)) {
      const cells = mayCall[operation]!
      for (const caseId of cases) {
        const relation = to[caseId] ?? 'none'
        const answer = await ask(server, method, path(caseId, acts[caseId]), body, name)
        asked += 1
        const where = `${name} (${role}, ${relation}): ${operation} ${caseId}: ${answer.status}`
        if (cells.includes(`${role} ${relation}`)) assert.ok(isSeen(answer), where)
        else if (cells.some((cell) => cell.startsWith(`${role} `))) assert.deepEqual(answer, missing, where)
        else {
          assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.role'], where)
          noRole.add(JSON.stringify(answer))
        }
      }
    }
  }
  assert.equal(noRole.size, 1, 'every answer to a role that may not is the same')
  t.diagnostic(`${asked} cells asked`)
})

test('what is for applications answers nobody who comes with a session', async () => {
  for (const name of Object.keys(people)) {
    for (const path of forApps) {
      const { status, body } = await ask(server, 'GET', path, undefined, name)
      assert.deepEqual([status, body['code']], [401, 'sign-in.needed'], `${name} ${path}`)
    }
  }
})

test('who is nobody is told to sign in, everywhere alike; what is open stays open', async () => {
  const answers = new Set<string>()
  for (const { method, path, body } of Object.values(calls)) {
    for (const caseId of [...cases, 'not-there']) {
      const answer = await ask(server, method, path(caseId, 'not-there'), body, null)
      assert.deepEqual([answer.status, codeOf(answer)], [401, 'sign-in.needed'])
      answers.add(JSON.stringify(answer))
    }
  }
  answers.add(JSON.stringify(await ask(server, 'GET', 'api/cases', undefined, null)))
  assert.equal(answers.size, 1)
  for (const path of [
    'healthz',
    'readyz',
    'metrics',
    'log/checkpoint',
    'log/log.vkey',
    'api/openapi.json',
    'api/session',
  ])
    assert.equal((await ask(server, 'GET', path, undefined, null)).status, 200, path)
})

test('a list holds what its reader may read, no more: neither others nor their number', async () => {
  for (const [name, [role, to]] of Object.entries(people)) {
    const answer = await ask(server, 'GET', 'api/cases', undefined, name)
    if (!mayList.includes(role)) {
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.role'], name)
      continue
    }
    const readable = cases.filter((id) => mayCall['readCase']!.includes(`${role} ${to[id] ?? 'none'}`))
    const listed = answer.body['cases'] as { id: string }[]
    assert.deepEqual(
      listed.map(({ id }) => id),
      readable,
      name,
    )
    assert.deepEqual(Object.keys(answer.body).sort(), ['cases', 'demo'], 'no total that counts others')
  }
})

test('a clinician without a relation of care is refused by the gate, on record, whatever the case says of itself', async () => {
  const refused = await ask(server, 'POST', 'api/cases/permitted/plans', {}, 'he.jun')
  assert.deepEqual([refused.status, codeOf(refused)], [403, 'denied'])
  assert.deepEqual(reasonsOf(refused), ['no-relation'])
  const claimed = await ask(server, 'POST', 'api/cases/emergency/plans', {}, 'wang.lan')
  assert.deepEqual([claimed.status, codeOf(claimed)], [403, 'denied'])
  assert.ok(reasonsOf(claimed).includes('no-relation'))
})

test('who acted, in which role and for whom, is in the receipt and on the person’s page', async () => {
  const { body } = await ask(server, 'POST', 'api/cases/permitted/plans', {}, 'zhao.hong')
  const { files } = body['receipt'] as { files: Record<string, string> }
  const decoded = new Map(
    Object.entries(files).map(([name, text]) => [name, Uint8Array.from(Buffer.from(text, 'base64'))]),
  )
  assert.deepEqual(verifyEvidence({ files: decoded }).failures, [])
  const { payload } = JSON.parse(Buffer.from(files['opening.json']!, 'base64').toString('utf8'))
  assert.equal(payload.by.kind, 'account')
  assert.deepEqual(
    [payload.by.role, payload.by.relation, payload.by.method],
    ['representative', 'represents', 'code'],
  )
  assert.equal(payload.by.actingFor, payload.subject)
  const page = await ask(server, 'GET', 'api/cases/permitted/account', undefined, 'zhao.ming')
  const uses = page.body['uses'] as { by: { name: string; role: string } | null }[]
  assert.ok(uses.some(({ by }) => by?.role === 'representative'))
  assert.ok(uses.some(({ by }) => by?.role === 'clinician'))
  assert.ok(
    !JSON.stringify(uses).includes(payload.by.account),
    'the account behind a name stays with the hospital',
  )
})

test('whoever is signed in may look for what waits for them to confirm: it is nothing, and what is another’s is not there', async () => {
  const saying = { said: '0'.repeat(64), language: 'en', spoken: null }
  for (const name of Object.keys(people)) {
    const list = await ask(server, 'GET', 'api/attendances', undefined, name)
    assert.deepEqual([list.status, list.body], [200, { attendances: [] }], name)
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '/signature', saying],
      ['POST', '/confirmation', { ...saying, signature: { response: {} } }],
    ] as const) {
      const answer = await ask(server, method, `api/attendances/not-there${path}`, body, name)
      assert.deepEqual([answer.status, codeOf(answer)], [404, 'attendance.unknown'], `${name} ${path}`)
    }
  }
})
