import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { OpenAPIClientAxios } from 'openapi-client-axios'
import { openCheckpoint, parseVerifierKey } from '#evidence'
import { buildServer, type Desk } from '#http'
import { expectOk } from '#kernel'
import { freshFolder } from '../scenarios/habeas.ts'
import {
  type Answered,
  assertDescribed,
  assertOpenApi,
  compile,
  type Description,
  type Place,
  placesOf,
} from './description.ts'
import { oddRequest, secret } from './oddRequests.ts'
import { portOf, type RawAnswer, sendRaw } from './raw.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { callerFor, codeOf, cookieOf, Visitor } from './signedIn.ts'

const wantedRequests = 2000
const seed = Number(process.env['HABEAS_SEED'] ?? 1)

let server: RunningServer
let document: Description
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('client')}/data`])
  document = (await ask(server, 'GET', 'api/openapi.json')).body as unknown as Description
})
after(() => server.stop())

const signing = {
  form: 'not-there',
  formSha256: '0'.repeat(64),
  language: 'en',
  choices: [{ item: 'x', effect: 'refuse', answers: [] }],
  previewShown: true,
  supersedes: null,
}
const bodies: Readonly<Record<string, unknown>> = {
  makePlan: {},
  withdrawConsent: { purposes: null },
  askSignature: signing,
  signConsent: signing,
  signInByCode: { name: 'nobody', code: 'AAAAA' },
  askSignInPasskey: {},
  signInByPasskey: { response: {} },
  answerConsent: { allow: false, person: null },
  endSession: {},
  endOtherSessions: {},
  endOneSession: {},
  chooseLanguage: { language: 'en' },
  askNewPasskey: {},
  addPasskey: { label: 'x', response: {} },
  removePasskey: {},
  answerRecall: { answer: 'deleted' },
  openEmergency: { reason: 'no-time', words: 'An invented emergency.' },
  endEmergency: {},
  reviewEmergency: { finding: 'justified', words: 'An invented review.' },
  askRelativesReview: { reason: 'prevention', words: 'An invented question.' },
  askAttendanceSignature: { said: '0'.repeat(64), language: 'en', spoken: null },
  confirmAttendance: {
    ...{ said: '0'.repeat(64), language: 'en', spoken: null },
    signature: { response: {} },
  },
  decideRelativesReview: { verdict: 'matters', words: 'An invented answer.' },
  lookAsRelative: { purpose: 'memory', words: 'An invented reason.' },
  objectAsRelative: { says: 'object', words: 'An invented reason.', language: 'en' },
}
/** What only a browser with a passkey gets done, only an application, only who was given something, and only a relative of the dead: other tests do. */
const doneElsewhere = new Set([
  'signInByPasskey',
  'askSignature',
  'addPasskey',
  'removePasskey',
  'endOneSession',
  'answerConsent',
  'readPatient',
  'searchRecord',
  'answerRecall',
  'showAttendance',
  'askAttendanceSignature',
  'confirmAttendance',
  'lookAsRelative',
  'objectAsRelative',
])
const isDone = (status: number): boolean => status >= 200 && status < 300

/** Where a browser is sent to and fro, and the provider, which describes itself. */
const forBrowsers = /^\w+ (\*|\/sign-in\/(start|return)|\/oidc\/)/

test('the document is OpenAPI 3.1, and says of every route what it is', async () => {
  assertOpenApi(document)
  const never = { signIn: { origin: 'http://localhost' } } as Desk
  const built = await buildServer(never, { version: '0', site: 'nowhere', mostConnections: 1 })
  await built.ready()
  const routes = routesOf(built.printRoutes({ commonPrefix: false }))
  await built.close()
  const described = placesOf(document).map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(
    routes.filter((route) => !forBrowsers.test(route)),
    described.sort(),
  )
})

/** Lines of a tree, four characters a level; HEAD comes with every GET. */
function routesOf(tree: string): string[] {
  const above: string[] = []
  const found: string[] = []
  for (const line of tree.split('\n')) {
    const [, indent = '', part, methods] = /^([│├└─ ]*)(\S+)(?: \((.*)\))?$/.exec(line) ?? []
    if (part === undefined) continue
    above.splice(indent.length / 4 - 1, above.length, part)
    const path = above.join('').replaceAll(/:(\w+)/g, '{$1}')
    for (const method of methods?.split(', ') ?? []) if (method !== 'HEAD') found.push(`${method} ${path}`)
  }
  return found.sort()
}

type Call = (id: string, parameters: Record<string, string>, body?: unknown, as?: string) => Promise<string>

/** One steward proposes, the other confirms and ends. */
async function callHouseRules(call: Call): Promise<void> {
  const because = 'a test'
  const content = { kind: 'retention', category: 'image', months: 12, after: 'erase' }
  const proposed = await call('proposeHouseRule', {}, { content, because, replaces: null }, 'chen.hua')
  const { id: ruleId } = JSON.parse(proposed) as { id: string }
  await call('confirmHouseRule', { ruleId }, { because }, 'fang.yu')
  await call('listHouseRules', {}, undefined, 'fang.yu')
  await call('endHouseRule', { ruleId }, { because }, 'fang.yu')
}

/** A no to every choice of the first form. */
async function callAgreements(call: Call, caseId: string): Promise<void> {
  const { forms } = JSON.parse(await call('listAgreements', { caseId })) as {
    forms: { id: string; sha256: string; content: { items: { id: string }[] } }[]
  }
  const { id: form, sha256: formSha256, content } = forms[0]!
  const choices = content.items.map(({ id: item }) => ({ item, effect: 'refuse', answers: [] }))
  const said = { form, formSha256, language: 'zh', choices, previewShown: true, supersedes: null }
  const signed = await call('signConsent', { caseId }, said)
  const { agreement } = JSON.parse(signed) as { agreement: { id: string } }
  await call('showConsentReceipt', { caseId, agreementId: agreement.id })
}

/** One opens, looks and ends; another reviews. */
async function callEmergencies(call: Call): Promise<void> {
  const caseId = 'emergency'
  const opened = await call('openEmergency', { caseId }, bodies['openEmergency'], 'he.jun')
  const { id: emergencyId } = (JSON.parse(opened) as { emergency: { id: string } }).emergency
  await call('listOpenEmergencies', {}, undefined, 'he.jun')
  for (const part of ['record', 'warnings'])
    await call('lookInEmergency', { caseId, emergencyId, part }, undefined, 'he.jun')
  await call('endEmergency', { caseId, emergencyId }, {}, 'he.jun')
  await call('lookInEmergency', { caseId, emergencyId, part: 'record' }, undefined, 'he.jun')
  await call('listEmergencyReviews', {}, undefined, 'lin.na')
  await call('reviewEmergency', { emergencyId }, bodies['reviewEmergency'], 'lin.na')
  await call('reviewEmergency', { emergencyId }, bodies['reviewEmergency'], 'xu.wei')
}

/** One who treats the person asks; another decides. */
async function callRelatives(call: Call): Promise<void> {
  const caseId = 'permitted'
  await call('showRelatives', { caseId }, undefined, 'zhao.ming')
  const asked = await call('askRelativesReview', { caseId }, bodies['askRelativesReview'], 'wang.lan')
  const { id: reviewId } = (JSON.parse(asked) as { review: { id: string } }).review
  await call('askRelativesReview', { caseId }, bodies['askRelativesReview'], 'wang.lan')
  await call('listRelativesReviews', {}, undefined, 'lin.na')
  await call('decideRelativesReview', { reviewId }, bodies['decideRelativesReview'], 'lin.na')
  await call('decideRelativesReview', { reviewId }, bodies['decideRelativesReview'], 'xu.wei')
  await call('showRelatives', { caseId }, undefined, 'wang.lan')
}

/** One who shows kinship; the person lives. */
async function callOfTheDead(call: Call): Promise<void> {
  await call('listDeceased', {}, undefined, 'zhao.lei')
  for (const operation of ['lookAsRelative', 'objectAsRelative'])
    await call(operation, { caseId: 'permitted' }, bodies[operation], 'zhao.lei')
}

test('a client that is made of the document can call every operation, and gets what is described', async () => {
  const api = new OpenAPIClientAxios({
    definition: document as never,
    axiosConfigDefaults: {
      baseURL: server.address,
      validateStatus: () => true,
      transformResponse: (text: unknown) => text,
    },
  })
  const client = await api.init()
  const statuses = new Map<string, number[]>()
  const { origin } = new URL(server.address)
  const call = async (
    id: string,
    parameters: Record<string, string>,
    body?: unknown,
    as: string | Visitor = callerFor(`api/cases/${parameters['caseId']}`),
  ) => {
    const cookie = typeof as === 'string' ? await cookieOf(server, as) : as.cookie
    const config = { headers: { cookie, ...(body === undefined ? {} : { origin }) } }
    const { status, data, headers } = await client[id]!(parameters, body, config)
    const place = placesOf(document).find(({ operation }) => operation.operationId === id)!
    assertDescribed(place, { status, type: String(headers['content-type']), body: data as string })
    statuses.set(id, [...(statuses.get(id) ?? []), status])
    return data as string
  }
  const { cases } = JSON.parse(await call('listCases', {})) as { cases: { id: string }[] }
  const acts = new Map<string, string>()
  for (const { id: caseId } of cases) {
    await call('readCase', { caseId })
    const { act } = JSON.parse(await call('makePlan', { caseId }, {})) as { act: { id: string } }
    acts.set(caseId, act.id)
    await call('showAct', { caseId, actId: act.id })
    await call('showProcedure', { caseId })
    await call('withdrawConsent', { caseId }, bodies['withdrawConsent'])
    await call('makePlan', { caseId }, {})
    await call('showAccount', { caseId })
    await callAgreements(call, caseId)
  }
  const visitor = new Visitor(server)
  const uid = await visitor.seekWay()
  await call('readSignIn', { uid }, undefined, visitor)
  await call('answerConsent', { uid }, { allow: false, person: null }, visitor)
  await call('readPatient', { patientId: 'example-1' }, undefined, 'zhao.ming')
  await call('searchRecord', { resourceType: 'Observation', patient: 'example-1' }, undefined, 'zhao.ming')
  await call('askSignInPasskey', { uid }, {}, visitor)
  await call('signInByPasskey', { uid }, { response: {} }, visitor)
  await call('signInByCode', { uid }, { name: 'gao.feng', code: codeOf(server, 'gao.feng') }, visitor)
  await call('chooseLanguage', {}, { language: 'zh' }, 'lin.na')
  await call('askNewPasskey', {}, {}, 'lin.na')
  await call('addPasskey', {}, { label: 'x', response: {} }, 'lin.na')
  await call('removePasskey', { passkeyId: 'not-there' }, {}, 'lin.na')
  await call('endOneSession', { sessionHandle: 'not-there' }, {}, 'lin.na')
  await callHouseRules(call)
  await callEmergencies(call)
  await callRelatives(call)
  await callOfTheDead(call)
  await call('listRecalls', {}, undefined, 'luo.bin')
  await call('answerRecall', { recallId: 'not-there' }, bodies['answerRecall'], 'luo.bin')
  const attendanceId = 'not-there'
  await call('showAttendance', { attendanceId }, undefined, 'sun.ke')
  for (const one of ['askAttendanceSignature', 'confirmAttendance'])
    await call(one, { attendanceId }, bodies[one], 'sun.ke')
  const simple = placesOf(document).filter(
    ({ method, path, operation }) =>
      method === 'GET' && !path.includes('{') && !statuses.has(operation.operationId),
  )
  for (const { operation } of simple) await call(operation.operationId, {})
  await call('endOtherSessions', {}, {}, 'lin.na')
  await call('endSession', {}, {}, 'lin.na')
  for (const { operation } of placesOf(document)) {
    const { operationId } = operation
    if (doneElsewhere.has(operationId)) continue
    assert.ok(statuses.get(operationId)?.some(isDone), `${operationId}: ${statuses.get(operationId)}`)
  }
  assert.ok(statuses.get('makePlan')!.includes(403), 'a refusal was seen too')
})

/** Who may ask at all what is asked in emergencies, and about relatives. */
const askerOf = (path: string): string | undefined =>
  path.includes('/deceased')
    ? 'zhao.lei'
    : /\}\/(emergencies|relatives-reviews)/.test(path)
      ? 'he.jun'
      : /\/(emergencies|relatives-reviews)/.test(path)
        ? 'lin.na'
        : undefined

async function exampleOf({ path, operation }: Place) {
  const made = await ask(server, 'POST', 'api/cases/withdrawn/plans', {})
  const act = (made.body['act'] as { id: string }).id
  const target = path
    .replace('{caseId}', 'withdrawn')
    .replace('{actId}', act)
    .replace('{part}', 'record')
    .replace(/\{\w+\}/, 'not-there')
  const body = bodies[operation.operationId]
  const { origin } = new URL(server.address)
  const somebody = path.includes('{caseId}') ? callerFor(target) : 'tang.yu'
  const cookie = await cookieOf(server, askerOf(path) ?? somebody)
  const signed = [`cookie: ${cookie}`, ...(body === undefined ? [] : [`origin: ${origin}`])]
  return { target, body: body === undefined ? undefined : JSON.stringify(body), signed }
}

/** No path of this machine, no line of a program, nothing of what was sent. */
function assertTellsNothing({ text }: RawAnswer): void {
  assert.ok(!text.includes(secret), 'it quotes what was sent')
  assert.ok(!text.includes(process.cwd()) && !text.includes('node_modules'), 'it names a path')
  assert.doesNotMatch(text, /\n\s+at |\.(?:ts|js):\d+|FST_|ERR_|HPE_|SyntaxError|TypeError/)
}

const answered = ({ status, headers, body }: RawAnswer): Answered => ({
  status,
  type: headers.get('content-type') ?? '',
  body,
})

function assertProblem(answer: RawAnswer, place: Place): void {
  const { status, type, body } = answered(answer)
  assert.match(type, /^application\/problem\+json/, `${status} ${body}`)
  const problemBody = place.operation.responses['400']!.content['application/problem+json']!.schema
  assert.ok(compile(problemBody)(JSON.parse(body)))
  assert.ok(status >= 400 && status < 500, String(status))
}

test(`${wantedRequests} requests that are wrong: refused as described, and nothing of them comes back`, async (t) => {
  // Before the limiter of tries has had enough of this address.
  for (const name of ['tang.yu', 'sun.ke', 'zhao.ming', 'li.an', 'he.jun', 'lin.na'])
    await cookieOf(server, name)
  const places = placesOf(document)
  const host = new URL(server.address).host
  const counts: Record<number, number> = {}
  let sent = 0
  for (const place of places) {
    const odd = oddRequest({ place, example: await exampleOf(place), host })
    const judge = async ({
      bytes,
      refused,
      elsewhere,
    }: {
      bytes: Buffer
      refused: boolean
      elsewhere: boolean
    }) => {
      const answer = await sendRaw(portOf(server.address), bytes)
      sent += 1
      counts[answer.status] = (counts[answer.status] ?? 0) + 1
      assertTellsNothing(answer)
      assert.ok(answer.status < 500 && answer.status !== 0, `${answer.status} ${answer.body}`)
      if (refused) assert.ok(!isDone(answer.status), `it was taken: ${answer.status}`)
      if (elsewhere) assertProblem(answer, place)
      else assertDescribed(place, answered(answer))
    }
    const numRuns = Math.ceil(wantedRequests / places.length)
    await fc.assert(fc.asyncProperty(odd, judge), {
      seed,
      numRuns,
      endOnFailure: true,
      includeErrorInReport: true,
    })
  }
  assert.ok(sent >= wantedRequests)
  t.diagnostic(`${sent} sent; answers by status: ${JSON.stringify(counts)}`)
  assert.ok(!server.log().includes(secret), 'nothing of it in the log')
  assert.equal((await ask(server, 'GET', 'readyz')).status, 200)
})

/** Head without its date, and body: byte for byte. */
async function bytesAnswered(
  method: string,
  target: string,
  body?: string,
  as = 'zhao.ming',
): Promise<string> {
  const cookie = await cookieOf(server, as)
  const { host, origin } = new URL(server.address)
  const lines = [`${method} /${target} HTTP/1.1`, `host: ${host}`, 'connection: close', `cookie: ${cookie}`]
  if (method !== 'GET') lines.push(`origin: ${origin}`)
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${body.length}`)
  const { text, status } = await sendRaw(portOf(server.address), `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`)
  assert.equal(status, 404, target)
  return text.replace(/^date: .*\r\n/im, '')
}

async function logSize(): Promise<number> {
  const [note, key] = await Promise.all(
    ['log/checkpoint', 'log/log.vkey'].map(async (path) =>
      String((await ask(server, 'GET', path)).body['text']),
    ),
  )
  return expectOk(openCheckpoint(note!, expectOk(parseVerifierKey(key!.trim())))).checkpoint.size
}

test('what is not there and what is not yours are the same bytes, and leave the same behind', async () => {
  const theirs = ((await ask(server, 'POST', 'api/cases/emergency/plans', {})).body['act'] as { id: string })
    .id
  const grown = async (target: string, method = 'GET', body?: string, as?: string) => {
    const before = await logSize()
    const bytes = await bytesAnswered(method, target, body, as)
    return { bytes, entries: (await logSize()) - before }
  }
  const foreign = await grown(`api/cases/permitted/acts/${theirs}`)
  for (const id of [
    'not-there',
    '__proto__',
    'constructor',
    crypto.randomUUID(),
    '0',
    theirs.toUpperCase(),
  ]) {
    assert.deepEqual(await grown(`api/cases/permitted/acts/${id}`), foreign, id)
  }
  const nobody = await grown('api/cases/not-there')
  assert.equal(nobody.bytes, foreign.bytes)
  const ofCase = placesOf(document).filter(({ path }) => path.includes('{caseId}'))
  for (const caseId of ['not-there', '__proto__', 'constructor', 'toString', 'out', '...']) {
    for (const { method, path, operation } of ofCase) {
      const target = path
        .slice(1)
        .replace('{caseId}', caseId)
        .replace('{part}', 'record')
        .replace(/\{\w+\}/, theirs)
      const body = bodies[operation.operationId]
      assert.deepEqual(
        await grown(target, method, body === undefined ? undefined : JSON.stringify(body), askerOf(path)),
        nobody,
        target,
      )
    }
  }
})
