import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { verifyEvidence } from '#evidence'
import { addDays, dayOf } from '#kernel'
import { systemClock } from '../../src/adapters/clock.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { type Answer, ask, type RunningServer, startServer } from './running.ts'
import { cookieOf, Visitor } from './signedIn.ts'

/** Who took back everything, and somebody who does not look after them. */
const [caseId, who, doctor, reviewer] = ['withdrawn', 'sun.ke', 'he.jun', 'lin.na']
const data = `${freshFolder('emergencies')}/data`
let server: RunningServer
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', data, '--emergency-minutes', '240'])
})
after(() => server.stop())

type Emergency = {
  readonly id: string
  readonly caseId: string
  readonly by: string
  readonly own: boolean
  readonly words: string
  readonly at: string
  readonly until: string
  readonly endedAt: string | null
  readonly looks: readonly { readonly part: string }[]
  readonly review: {
    readonly state: string
    readonly dueOn: string
    readonly finding: { readonly finding: string; readonly by: string; readonly words: string } | null
  }
}
const said = { reason: 'unconscious', words: 'Found without pulse at the gate.' }
const open = (body: unknown = said, name = doctor, id = caseId) =>
  ask(server, 'POST', `api/cases/${id}/emergencies`, body, name)
const look = (id: string, part: string, name = doctor) =>
  ask(server, 'GET', `api/cases/${caseId}/emergencies/${id}/${part}`, undefined, name)
const end = (id: string, name = doctor) =>
  ask(server, 'POST', `api/cases/${caseId}/emergencies/${id}/end`, {}, name)
const review = (id: string, body: unknown, name = reviewer) =>
  ask(server, 'POST', `api/emergencies/${id}/finding`, body, name)
const listOf = async (path: string, name: string) => {
  const { status, body } = await ask(server, 'GET', path, undefined, name)
  assert.equal(status, 200, `${path} ${name}`)
  return body['emergencies'] as readonly Emergency[]
}
const seenByPerson = () => listOf(`api/cases/${caseId}/account`, who)
const codeOf = ({ status, body }: Answer) => [status, body['code']]
const reasonsOf = ({ body }: Answer) => (body['reasons'] as { kind: string }[]).map(({ kind }) => kind)
const emergencyOf = ({ body }: Answer) => body['emergency'] as Emergency

/** The receipt holds, and what it says of the act. */
function payloadOf({ body }: Answer): Record<string, unknown> {
  const { files } = body['receipt'] as { readonly files: Record<string, string> }
  const decoded = new Map(
    Object.entries(files).map(([name, file]) => [name, Uint8Array.from(Buffer.from(file, 'base64'))]),
  )
  assert.deepEqual(verifyEvidence({ files: decoded }).failures, [])
  return JSON.parse(Buffer.from(files['opening.json']!, 'base64').toString('utf8')).payload
}

test('without an emergency they are refused; what cannot be meant is refused by its own code, and nothing is stored', async () => {
  const plan = await ask(server, 'POST', `api/cases/${caseId}/plans`, {}, doctor)
  assert.deepEqual(codeOf(plan), [403, 'denied'])
  const table: readonly (readonly [given: string, body: unknown, name: string, is: unknown])[] = [
    ['blanks', { ...said, words: ' \t' }, doctor, [422, 'emergency.text']],
    ['only spaces', { ...said, words: '   ' }, doctor, [422, 'emergency.no-words']],
    ['script', { ...said, words: '<script>alert(1)</script>' }, doctor, [422, 'emergency.text']],
    ['501 letters', { ...said, words: 'x'.repeat(501) }, doctor, [422, 'emergency.text']],
    ['a book', { ...said, words: 'x'.repeat(2001) }, doctor, [400, 'request.shape']],
    ['no words', { reason: 'no-time' }, doctor, [400, 'request.shape']],
    ['another reason', { ...said, reason: 'curious' }, doctor, [400, 'request.shape']],
    ['minutes of their own', { ...said, minutes: 9999 }, doctor, [400, 'request.shape']],
    ['a steward', said, 'chen.hua', [403, 'access.role']],
    ['a reviewer', said, reviewer, [403, 'access.role']],
    ['the person', said, who, [403, 'access.role']],
    ['a researcher', said, 'tang.yu', [403, 'access.role']],
  ]
  for (const [given, body, name, is] of table) assert.deepEqual(codeOf(await open(body, name)), is, given)
  assert.deepEqual(codeOf(await open(said, doctor, 'not-there')), [404, 'not-found'])
  assert.deepEqual(await seenByPerson(), [])
})

test('a clinician without care opens, looks at the least, and the person sees it at once; the receipts say so', async () => {
  const opened = await open()
  assert.equal(opened.status, 201)
  const emergency = emergencyOf(opened)
  assert.equal(Date.parse(emergency.until) - Date.parse(emergency.at), 240 * 60_000)
  assert.deepEqual(codeOf(await open()), [409, 'emergency.open-already'])
  const [mine, ...more] = await seenByPerson()
  assert.equal(more.length, 0)
  assert.deepEqual([mine!.by, mine!.words, mine!.endedAt], ['Dr He Jun (invented)', said.words, null])
  assert.equal(mine!.review.dueOn, addDays(dayOf(systemClock.now()), 7))
  assert.equal(payloadOf(opened)['purpose'], 'emergency')

  const record = await look(emergency.id, 'record')
  assert.equal(record.status, 200)
  const shown = record.body['look'] as Record<string, unknown>
  assert.deepEqual(Object.keys(shown).sort(), [
    'age',
    'allergies',
    'conditions',
    'measures',
    'medications',
    'part',
    'pregnant',
    'sex',
    'unread',
  ])
  assert.doesNotMatch(JSON.stringify(shown), /Sun Ke|example-3|CYP|rs\d+/)
  const inputs = payloadOf(record)['inputs'] as object
  assert.ok(`emergencies/${emergency.id}` in inputs, 'the receipt of a look names the emergency')
  assert.ok(!('genome' in inputs), 'no genome was opened')
  const warnings = await look(emergency.id, 'warnings')
  assert.equal(warnings.status, 200)
  assert.deepEqual(warnings.body['look'], { part: 'warnings', planOf: null, drugs: [] })
  assert.deepEqual(codeOf(await look(emergency.id, 'genome')), [400, 'request.shape'])
  const { status, body } = await ask(server, 'POST', `api/cases/${caseId}/plans`, {}, doctor)
  assert.deepEqual([status, body['code']], [403, 'denied'], 'it opens nothing else')
  assert.deepEqual(
    (await seenByPerson())[0]!.looks.map(({ part }) => part),
    ['record', 'warnings'],
  )
})

test('what the last plan advises against is shown without the genes behind it', async () => {
  await ask(server, 'POST', 'api/cases/permitted/plans', {}, 'wang.lan')
  const opened = emergencyOf(await open(said, doctor, 'permitted'))
  const path = `api/cases/permitted/emergencies/${opened.id}`
  const { body } = await ask(server, 'GET', `${path}/warnings`, undefined, doctor)
  const { drugs } = body['look'] as { readonly drugs: readonly { readonly name: string }[] }
  assert.ok(
    drugs.some(({ name }) => name === 'clopidogrel'),
    JSON.stringify(drugs),
  )
  assert.doesNotMatch(JSON.stringify(drugs), /CYP|Metabolizer|\*\d/)
  assert.equal((await ask(server, 'POST', `${path}/end`, {}, doctor)).status, 201)
})

test('it is shown to whoever has it open, reviewed by somebody else, and to nobody beside them', async () => {
  const [mine] = await listOf('api/emergencies/open', doctor)
  assert.deepEqual([mine!.caseId, mine!.own], [caseId, true])
  assert.deepEqual(await listOf('api/emergencies/open', 'wang.lan'), [])
  for (const name of [reviewer, 'xu.wei', 'chen.hua'])
    assert.ok(
      (await listOf('api/emergencies/reviews', name)).some(({ id }) => id === mine!.id),
      name,
    )
  assert.deepEqual(
    await listOf('api/emergencies/reviews', 'luo.bin'),
    [],
    'a steward of another organisation',
  )
  for (const name of [doctor, who, 'tang.yu', 'ma.rui', 'gao.feng'])
    assert.deepEqual(
      codeOf(await ask(server, 'GET', 'api/emergencies/reviews', undefined, name)),
      [403, 'access.role'],
      name,
    )
  assert.deepEqual(codeOf(await look(mine!.id, 'record', 'wang.lan')), [404, 'emergency.unknown'])
  assert.deepEqual(codeOf(await end(mine!.id, 'wang.lan')), [404, 'emergency.unknown'])
})

test('once ended the very next look is refused on record; then somebody else closes the review, once', async () => {
  const [{ id }] = (await listOf('api/emergencies/open', doctor)) as [Emergency]
  const finding = { finding: 'not-justified', words: 'They were awake.' }
  assert.deepEqual(codeOf(await review(id, finding)), [409, 'emergency.still-open'])
  assert.equal((await end(id)).status, 201)
  const refused = await look(id, 'record')
  assert.deepEqual(codeOf(refused), [403, 'denied'])
  assert.deepEqual(reasonsOf(refused), ['emergency-over'])
  payloadOf(refused)
  assert.deepEqual(codeOf(await end(id)), [409, 'emergency.over'])
  assert.deepEqual(await listOf('api/emergencies/open', doctor), [])
  const table: readonly (readonly [given: string, body: unknown, name: string, is: unknown])[] = [
    ['no words', { ...finding, words: ' ' }, reviewer, [422, 'emergency.no-words']],
    ['markup', { ...finding, words: '<b>' }, reviewer, [422, 'emergency.text']],
    ['another finding', { ...finding, finding: 'well' }, reviewer, [400, 'request.shape']],
    ['whoever opened it', finding, doctor, [403, 'access.role']],
    ['another organisation', finding, 'luo.bin', [404, 'emergency.unknown']],
  ]
  for (const [given, body, name, is] of table)
    assert.deepEqual(codeOf(await review(id, body, name)), is, given)
  const both = await Promise.all([review(id, finding), review(id, finding, 'xu.wei')])
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409])
  const done = both.find(({ status }) => status === 201)!
  const { files } = done.body['receipt'] as { readonly files: Record<string, string> }
  const text = Object.values(files).map((file) => Buffer.from(file, 'base64').toString('latin1'))
  assert.doesNotMatch(text.join(''), /example-3|Sun Ke/, 'the reviewer’s receipt names nobody')
  const [seen] = await seenByPerson()
  assert.deepEqual([seen!.review.state, seen!.review.finding?.words], ['closed', 'They were awake.'])
  const act = (done.body['act'] as { readonly id: string }).id
  payloadOf(await ask(server, 'GET', `api/cases/${caseId}/acts/${act}`, undefined, who))
})

test('a clinician of another organisation finds nothing there; one whose role has ended is told so', async () => {
  const added = (name: string, organisation: string, more: readonly string[] = []) => {
    const role = ['--role', 'clinician', '--organisation', organisation]
    return habeas(['account', 'add', name, ...role, ...more, '--data', data, '--json'])
  }
  const enter = async (name: string, code: string) => {
    const visitor = new Visitor(server)
    await visitor.signIn(name, code)
    server.cookies.set(name, Promise.resolve(visitor.cookie))
  }
  const foreign = added('doctor.elsewhere', 'river-lab')
  assert.equal(foreign.status, 0, foreign.err)
  await enter('doctor.elsewhere', JSON.parse(foreign.out).code)
  const there = await open(said, 'doctor.elsewhere')
  assert.deepEqual(there, await open(said, 'doctor.elsewhere', 'not-there'))
  assert.equal(there.status, 404)
  const own = added('doctor.leaving', 'hillside')
  await enter('doctor.leaving', JSON.parse(own.out).code)
  const { id } = emergencyOf(await open(said, 'doctor.leaving'))
  assert.equal((await look(id, 'record', 'doctor.leaving')).status, 200)
  assert.equal(habeas(['account', 'disable', 'doctor.leaving', '--data', data]).status, 0)
  assert.equal((await look(id, 'record', 'doctor.leaving')).status, 401)
})

test('how long it lasts is set between 1 and 240 minutes', () => {
  for (const minutes of ['0', '241', '-1', '1.5', 'x', '']) {
    const { status, err } = habeas(['start', '--demo', '--port', '0', `--emergency-minutes=${minutes}`])
    assert.equal(status, 2, minutes)
    assert.match(err, /expected one from 1 to 240/, minutes)
  }
})

/** A hospital with cases that the law or the person sees otherwise, and those of the demo who can open something there. */
async function startElsewhere(cases: Readonly<Record<string, object>>): Promise<RunningServer> {
  const folder = freshFolder('emergency-law')
  const at = ['--data', join(folder, 'data')]
  const whole = JSON.parse(readFileSync('examples/permitted/case.json', 'utf8'))
  for (const [id, over] of Object.entries(cases)) {
    const into = join(folder, 'cases', id)
    mkdirSync(into, { recursive: true })
    for (const name of ['clinical.json', 'genome.vcf']) cpSync(`examples/permitted/${name}`, join(into, name))
    const subject = { id: `example-${id}`, name: 'Somebody (invented)' }
    const situation = { ...whole.situation, ...over }
    writeFileSync(join(into, 'case.json'), JSON.stringify({ ...whole, subject, situation }))
  }
  const demo = await startServer(['--demo', '--port', '0', ...at])
  await cookieOf(demo, doctor)
  await demo.stop()
  const started = ['--port', '0', ...at, '--cases', join(folder, 'cases'), '--organisation', 'hillside']
  return startServer(started, { cookies: demo.cookies })
}

test('where the law or the person gives no leave even in an emergency, it is refused and said which', async (t) => {
  const person = { age: 67, capacity: 'full', conscious: true, deceased: false, mentalPatient: false }
  const other = await startElsewhere({
    here: {},
    french: { jurisdictions: ['EU', 'FR'] },
    american: { jurisdictions: ['US'] },
    refuses: { subject: { ...person, wishes: { refuses: true } } },
  })
  t.after(() => other.stop())
  const table = [
    ['here', 201, undefined],
    ['french', 201, undefined],
    ['american', 403, ['referred']],
    ['refuses', 403, ['person-refuses']],
  ] as const
  for (const [id, status, reasons] of table) {
    const answer = await ask(other, 'POST', `api/cases/${id}/emergencies`, said, doctor)
    assert.equal(answer.status, status, `${id} ${JSON.stringify(answer.body).slice(0, 300)}`)
    if (reasons) assert.deepEqual(reasonsOf(answer), reasons, id)
  }
})

test('kill -9 while they are opened: each is there whole with its act, or not at all; what is open stays open', async (t) => {
  const folder = `${freshFolder('emergency-killed')}/data`
  const start = (cookies?: RunningServer['cookies']) =>
    startServer(['--demo', '--port', '0', '--data', folder], cookies ? { cookies } : {})
  const owners = {
    permitted: 'zhao.ming',
    'no-separate-consent': 'qian.yue',
    withdrawn: who,
    emergency: 'li.an',
  }
  let running = await start()
  t.after(() => running.stop('SIGKILL'))
  const doctors = [doctor, 'wang.lan']
  for (const name of [...doctors, ...Object.values(owners)]) await cookieOf(running, name)
  const acknowledged: string[] = []
  const opening = Object.keys(owners).flatMap((id) =>
    doctors.map((name) =>
      ask(running, 'POST', `api/cases/${id}/emergencies`, said, name).then(
        (answer) => answer.status === 201 && acknowledged.push(emergencyOf(answer).id),
        () => undefined,
      ),
    ),
  )
  await Promise.race(opening)
  const { cookies } = running
  await running.stop('SIGKILL')
  await Promise.all(opening)
  running = await start(cookies)
  const found: string[] = []
  for (const [id, name] of Object.entries(owners)) {
    const { body } = await ask(running, 'GET', `api/cases/${id}/account`, undefined, name)
    const uses = body['uses'] as readonly { readonly kind: string; readonly outcome: string }[]
    const emergencies = body['emergencies'] as readonly Emergency[]
    const acts = uses.filter(({ kind, outcome }) => kind === 'emergency' && outcome === 'permitted')
    assert.equal(emergencies.length, acts.length, id)
    assert.ok(emergencies.every(({ endedAt, review }) => endedAt === null && review.state === 'waiting'))
    found.push(...emergencies.map((one) => one.id))
  }
  assert.ok(acknowledged.length > 0)
  assert.ok(acknowledged.every((id) => found.includes(id)))
  t.diagnostic(`${acknowledged.length} of 8 acknowledged, ${found.length} there`)
})
