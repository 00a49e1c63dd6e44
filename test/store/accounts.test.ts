import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { ask, startServer } from '../server/running.ts'
import { Visitor } from '../server/signedIn.ts'

const clinician = ['--role', 'clinician', '--organisation', 'north']

/** What the example needs: two stewards, invited by the operator, lay it down. */
async function layDownRules(
  server: Awaited<ReturnType<typeof startServer>>,
  account: (...args: string[]) => { readonly out: string },
): Promise<void> {
  const [first, second] = [new Visitor(server), new Visitor(server)]
  for (const [visitor, name] of [
    [first, 'one'],
    [second, 'two'],
  ] as const) {
    const made = account('add', name, '--role', 'steward', '--organisation', 'north', '--json')
    await visitor.signIn(name, (JSON.parse(made.out) as { code: string }).code)
  }
  const categories = ['genetic', 'health', 'biospecimen']
  const contents = [
    { kind: 'purpose', purpose: 'treatment', activities: ['use'], categories },
    ...categories.map((category) => ({ kind: 'retention', category, months: 360, after: 'lock' })),
  ]
  for (const content of contents) {
    const proposal = { content, because: 'a test', replaces: null }
    const { id } = (await (await first.send('POST', '/api/house-rules', proposal)).json()) as { id: string }
    const { status } = await second.send('POST', `/api/house-rules/${id}/confirmation`, { because: 'a test' })
    assert.equal(status, 200)
  }
}

test('an operator lets somebody in, records care, gives a way back and ends it', async (t) => {
  const data = `${freshFolder('accounts')}/data`
  const account = (...args: string[]) => habeas(['account', ...args, '--data', data])
  const added = account('add', 'mei.lin', '--name', 'Dr Mei Lin', ...clinician, '--json')
  assert.equal(added.status, 0, added.err)
  const { code } = JSON.parse(added.out) as { code: string }
  assert.equal(account('add', 'zhao', '--role', 'person', '--subject', 'example-1').status, 0)
  const server = await startServer([
    '--port',
    '0',
    '--data',
    data,
    '--cases',
    'examples',
    '--organisation',
    'north',
  ])
  t.after(() => server.stop())
  const visitor = new Visitor(server)
  await visitor.signIn('mei.lin', code)
  server.cookies.set('mei.lin', Promise.resolve(visitor.cookie))
  const plan = () => ask(server, 'POST', 'api/cases/permitted/plans', {}, 'mei.lin')
  const before = await plan()
  const kinds = (before.body['reasons'] as { kind: string }[]).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['no-relation', 'not-laid-down', 'not-laid-down'])
  await layDownRules(server, account)
  assert.equal(account('care', 'mei.lin', '--organisation', 'north', '--subject', 'example-1').status, 0)
  assert.equal((await plan()).status, 201, 'care counts at the next request')
  const again = account('code', 'mei.lin')
  assert.match(again.out, /^([A-Z2-9]{5}-){4}[A-Z2-9]{5}\n$/)
  assert.equal((await plan()).status, 401, 'what was open is closed')
  await visitor.signIn('mei.lin', again.out.trim())
  server.cookies.set('mei.lin', Promise.resolve(visitor.cookie))
  assert.equal((await plan()).status, 201)
  assert.equal(account('disable', 'mei.lin').status, 0)
  assert.equal((await plan()).status, 401)
  assert.equal(
    account('list').out,
    'mei.lin\tDr Mei Lin\tclinician\tended\none\tone\tsteward\ntwo\ttwo\tsteward\nzhao\tzhao\tperson\n',
  )
})

test('a server without cases has none, and cases without an owner are not served', async (t) => {
  const data = `${freshFolder('bare')}/data`
  const server = await startServer(['--port', '0', '--data', data])
  t.after(() => server.stop())
  assert.ok(!/Demo/.test(server.output()))
  assert.equal((await ask(server, 'GET', 'api/cases', undefined, null)).status, 401)
  for (const args of [
    ['--cases', 'examples'],
    ['--cases', 'examples', '--organisation', 'No Such'],
    ['--demo', '--organisation', 'north'],
    ['--origin', 'http://hospital.example'],
    ['--origin', 'https://hospital.example/path'],
    ['--origin', 'javascript:alert(1)'],
  ]) {
    const refused = habeas(['start', '--port', '0', '--data', `${freshFolder('never')}/data`, ...args])
    assert.equal(refused.status, 2, args.join(' '))
  }
})

test('what cannot be meant is refused in one line, and nothing is made', () => {
  const data = `${freshFolder('refused')}/data`
  const table: [args: string[], says: RegExp][] = [
    [['add', 'X', ...clinician], /name: found none that can be one/],
    [['add', '../../etc', ...clinician], /name: found/],
    [['add', 'somebody', '--role', 'god', '--organisation', 'north'], /--role: found none that is known/],
    [['add', 'somebody', '--role', 'person', '--organisation', 'north'], /--organisation: found one/],
    [['add', 'somebody', '--role', 'person'], /--subject: found no id/],
    [['add', 'somebody', '--role', 'clinician', '--subject', 'p'], /--subject: found one/],
    [['add', 'somebody', ...clinician, '--until', '2020-01-01'], /--until: found a day that is over/],
    [['add', 'somebody', ...clinician, '--until', '2027-02-30'], /--until: found no day/],
    [['add', 'somebody', ...clinician, '--issuer', 'https://id.example'], /--issuer: found one without/],
    [['code', 'nobody'], /nobody: found no such account/],
    [['disable', 'nobody'], /nobody: found no such account/],
    [['care', 'nobody', '--organisation', 'north', '--subject', 'p'], /nobody: found no such account/],
  ]
  for (const [args, says] of table) {
    const run = habeas(['account', ...args, '--data', data])
    assert.deepEqual(
      [run.status, says.test(run.err), run.out],
      [2, true, ''],
      `${args.join(' ')}: ${run.err}`,
    )
    assert.equal(run.err.trim().split('\n').length, 1)
  }
  assert.equal(habeas(['account', 'list', '--data', data]).out, '')
})
