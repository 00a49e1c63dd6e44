import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { commit, parseLeaf, parseOpening } from '#evidence'
import { expectOk, type Instant, instantOf, subjectId } from '#kernel'
import {
  type AccountId,
  addPasskey,
  beginSession,
  type DoorTransaction,
  type DoorWorld,
  disableAccount,
  endOtherSessions,
  endSession,
  type Holding,
  identify,
  inviteAccount,
  listAccounts,
  listPasskeys,
  type OrganisationId,
  type PasskeyCheck,
  recordCare,
  recoverAccount,
  removePasskey,
  type Store,
  signInByCode,
  signInByOutside,
  signInByPasskey,
} from '#usecases'
import { systemChance } from '../../src/adapters/chance.ts'
import { countStrangers } from '../../src/adapters/door/strangers.ts'
import { openTestStore, superuser } from './fixture.ts'

const cleanups: (() => Promise<void>)[] = []
const t = { after: (work: () => Promise<void>) => void cleanups.push(work) } as Parameters<
  typeof openTestStore
>[0]
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

let store: Store
let folder: string
let now = Date.parse('2026-11-20T08:00:00.000Z')
const at = (): Instant => instantOf(now)
const later = (seconds: number): void => {
  now += seconds * 1000
}
let world: DoorWorld & { strangers: ReturnType<typeof countStrangers>; passkeys: PasskeyCheck }
before(async () => {
  ;({ store, folder } = await openTestStore(t))
  world = { store, clock: { now: at }, chance: systemChance, strangers: countStrangers(), passkeys: check }
})

/** Right when it says so; whether browsers are understood is tested with a browser. */
const check: PasskeyCheck = {
  idOf: (response) => (response as { id?: string }).id,
  verifyNew: async (response, challenge) => {
    const { id, challenge: answered } = response as { id: string; challenge: string }
    return answered === challenge
      ? { id, publicKey: new Uint8Array([1]), counter: 1, transports: [] }
      : undefined
  },
  verifySignIn: async (response, challenge, { counter }) => {
    const given = response as { challenge: string; counter: number }
    return given.challenge === challenge && given.counter > counter ? { counter: given.counter } : undefined
  },
}

const self = (subject: string): Holding => ({
  role: 'person',
  subject: subjectId(subject)!,
  from: instantOf(0),
  until: null,
  evidence: 'test',
})

const tokenFor = async (account: AccountId): Promise<string> =>
  (await beginSession(world, account, 'code'))!.token

let made = 0
async function invite(outside: { issuer: string; subject: string } | null = null) {
  made += 1
  const signInName = `somebody-${made}`
  const invitation = {
    signInName,
    name: 'Somebody',
    language: null,
    outside,
    holdings: [self(`s-${made}`)],
  } as const
  const { account, issued } = expectOk(await inviteAccount(world, invitation))
  return { account, signInName, code: issued?.code ?? '' }
}
const codeOf = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): string =>
  result.ok ? 'in' : result.error.code

async function eventsOf(account: AccountId): Promise<string[]> {
  const root = await superuser(t, folder)
  const { rows } = await root.query<{ kind: string }>(
    'select kind from habeas_door.events where account_id = $1 order by at, kind',
    [account],
  )
  await root.end()
  return rows.map(({ kind }) => kind).sort()
}

test('a code opens once, as typed by somebody, for its own account, until it runs out', async () => {
  const [one, other] = [await invite(), await invite()]
  assert.match(one.code, /^([A-HJKMNP-TV-Z2-9]{5}-){4}[A-HJKMNP-TV-Z2-9]{5}$/)
  const sloppy = ` ${one.code.toLowerCase().replaceAll('-', ' ')} `
  assert.equal(
    codeOf(await signInByCode(world, { name: other.signInName, code: other.code.slice(1) })),
    'sign-in.refused',
  )
  assert.equal(
    codeOf(await signInByCode(world, { name: ` ${one.signInName.toUpperCase()}`, code: sloppy })),
    'in',
  )
  assert.equal(codeOf(await signInByCode(world, { name: one.signInName, code: one.code })), 'sign-in.refused')
  later(7 * 86_400)
  assert.equal(
    codeOf(await signInByCode(world, { name: other.signInName, code: other.code })),
    'sign-in.refused',
    'late by no time',
  )
  assert.deepEqual(await eventsOf(one.account.id), ['account-made', 'code-issued', 'sign-in-refused'])
})

test('somebody else’s code opens nothing, and is gone', async () => {
  const [one, other] = [await invite(), await invite()]
  assert.equal(
    codeOf(await signInByCode(world, { name: one.signInName, code: other.code })),
    'sign-in.refused',
  )
  assert.equal(
    codeOf(await signInByCode(world, { name: other.signInName, code: other.code })),
    'sign-in.refused',
  )
})

test('of two who use the same code at the same time one comes in', async () => {
  const { signInName, code } = await invite()
  const tries = await Promise.all(
    Array.from({ length: 6 }, () => signInByCode(world, { name: signInName, code })),
  )
  assert.equal(tries.filter(({ ok }) => ok).length, 1)
})

test('after five failures nothing is tried; a name that nobody has is answered alike, 10,000 wrong codes later too', async () => {
  const { account, signInName, code } = await invite()
  const stranger = 'nobody-has-this'
  const answers = async (name: string) => {
    const seen: string[] = []
    for (let i = 0; i < 400; i += 1) {
      const result = await signInByCode(world, { name, code: `wrong-${i}` })
      assert.ok(!result.ok)
      seen.push(
        'seconds' in result.error ? `${result.error.code} ${result.error.seconds}` : result.error.code,
      )
    }
    return seen
  }
  const known = await answers(signInName)
  assert.deepEqual(known, await answers(stranger))
  assert.deepEqual(known.slice(0, 6), [...Array(5).fill('sign-in.refused'), 'sign-in.locked 30'])
  assert.equal(codeOf(await signInByCode(world, { name: signInName, code })), 'sign-in.locked')
  assert.equal(
    (await eventsOf(account.id)).filter((kind) => kind === 'sign-in-refused').length,
    5,
    'only what was tried is on record',
  )
  later(30)
  assert.equal(
    codeOf(await signInByCode(world, { name: signInName, code })),
    'in',
    'the right one still opens',
  )
})

test('a session opens for its token only, ends after 30 minutes of nothing and after 12 hours of anything', async () => {
  const { account } = await invite()
  const begin = async () => (await beginSession(world, account.id, 'code'))!
  const { token } = await begin()
  assert.match(token, /^[A-Za-z0-9_-]{43}$/)
  const whose = async (of: string) => {
    const caller = await identify(world, of)
    return caller.kind === 'account' ? caller.account : 'nobody'
  }
  assert.equal(await whose(token), account.id)
  assert.equal(await whose(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`), 'nobody')
  for (let i = 0; i < 24; i += 1) {
    later(29 * 60)
    assert.equal(await whose(token), account.id, `after ${i + 1} × 29 min`)
  }
  later(24 * 60)
  assert.equal(await whose(token), 'nobody', 'after 12 h')
  const idle = await begin()
  later(30 * 60)
  assert.equal(await whose(idle.token), 'nobody', 'after 30 min')
  const [here, there] = [await begin(), await begin()]
  expectOk(await endOtherSessions(world, here.token))
  assert.deepEqual(
    [await whose(here.token), await whose(there.token)],
    [account.id, 'nobody'],
    'ended elsewhere',
  )
  const left = await begin()
  await endSession(world, left.token)
  assert.equal(await whose(left.token), 'nobody', 'after leaving')
  const root = await superuser(t, folder)
  const { rows } = await root.query('select row_to_json(s)::text as row from habeas_door.sessions s')
  assert.ok(
    rows.every(({ row }) => !row.includes(token)),
    'no token is kept',
  )
  await root.end()
})

test('what is only looked at cannot be changed, whatever the look tries', async () => {
  const { account } = await invite()
  const { token } = (await beginSession(world, account.id, 'code'))!
  const trying: readonly ((door: DoorTransaction) => Promise<unknown>)[] = [
    (door) => door.endSessions(account.id),
    (door) => door.disableAccount(account.id, instantOf(0)),
    (door) => door.chooseLanguage(account.id, 'zh'),
    (door) => door.writeFailures(account.id, { count: 1, lastAt: instantOf(0) }),
  ]
  for (const work of trying)
    await assert.rejects(
      store.door.look((door) => work(door as DoorTransaction)),
      /store\.read-only/,
    )
  assert.equal((await identify(world, token)).kind, 'account')
})

test('recovery and the end of an account end its sessions and codes at once', async () => {
  const { account, signInName, code } = await invite()
  const { token } = (await beginSession(world, account.id, 'code'))!
  const { code: fresh } = expectOk(await recoverAccount(world, signInName))
  assert.equal((await identify(world, token)).kind, 'nobody')
  assert.equal(codeOf(await signInByCode(world, { name: signInName, code })), 'sign-in.refused')
  assert.equal(codeOf(await signInByCode(world, { name: signInName, code: fresh })), 'in')
  const second = (await beginSession(world, account.id, 'code'))!
  expectOk(await disableAccount(world, signInName))
  assert.equal((await identify(world, second.token)).kind, 'nobody')
  assert.equal(await beginSession(world, account.id, 'code'), undefined)
  assert.equal(codeOf(await recoverAccount(world, 'nobody-has-this')), 'account.unknown')
  assert.equal(codeOf(await inviteAccount(world, { ...account, holdings: [] })), 'account.taken')
})

test('a passkey signs its owner in; one that was copied, another challenge and somebody else’s do not', async () => {
  const [one, other] = [await invite(), await invite()]
  const response = { id: `key-${one.signInName}`, challenge: 'c', counter: 1 }
  const [own, others] = [await tokenFor(one.account.id), await tokenFor(other.account.id)]
  const add = async (token: string, challenge: string) =>
    expectOk(await addPasskey(world, token, { response, challenge, label: 'My phone' }))
  assert.equal((await add(own, 'c'))?.label, 'My phone')
  assert.equal(await add(others, 'c'), undefined, 'taken')
  assert.equal(await add(own, 'd'), undefined)
  const enter = (counter: number, challenge = 'c') =>
    signInByPasskey(world, { response: { ...response, counter }, challenge })
  assert.equal(codeOf(await enter(2, 'd')), 'sign-in.refused')
  assert.equal(expectOk(await enter(2)).id, one.account.id)
  assert.equal(codeOf(await enter(2)), 'sign-in.refused', 'the counter did not go on')
  assert.equal((await listPasskeys(world, one.account.id)).length, 1)
  assert.equal(expectOk(await removePasskey(world, others, response.id)), false)
  assert.equal(expectOk(await removePasskey(world, own, response.id)), true)
  assert.equal(codeOf(await enter(9)), 'sign-in.refused')
})

test('who comes from a provider outside is known by issuer and number together', async () => {
  const outside = { issuer: 'https://id.example', subject: '42' }
  const { account, code } = await invite(outside)
  assert.equal(code, '', 'no code opens it')
  assert.equal(expectOk(await signInByOutside(world, outside)).id, account.id)
  for (const other of [
    { ...outside, subject: '43' },
    { ...outside, issuer: 'https://id.other' },
  ])
    assert.equal(codeOf(await signInByOutside(world, other)), 'sign-in.refused')
})

test('holdings and relations of care come back as they were given, to the millisecond', async () => {
  const { account, signInName } = await invite()
  const kept = (await listAccounts(world)).find(({ id }) => id === account.id)!
  assert.deepEqual(kept, account)
  const care = {
    organisation: 'hillside' as OrganisationId,
    subject: subjectId('s-care')!,
    until: instantOf(now + 1),
    evidence: 'test',
  }
  expectOk(await recordCare(world, signInName, care))
  const listed = await store.door.open((door) => door.listCare(care.subject))
  assert.deepEqual(listed, [{ ...care, account: account.id, from: at() }])
})

test('every event is an entry of the log that verifies, and says nothing secret', async () => {
  const { account, signInName, code } = await invite()
  expectOk(await signInByCode(world, { name: signInName, code }))
  const { token } = (await beginSession(world, account.id, 'code'))!
  await store.publish()
  const root = await superuser(t, folder)
  const { rows } = await root.query<{ opening: Buffer; leaf: Buffer; kind: string }>(
    `select v.opening, e.leaf, v.kind from habeas_door.events v join habeas_log.entries e using (entry_id)
     where v.account_id = $1`,
    [account.id],
  )
  await root.end()
  assert.deepEqual(rows.map(({ kind }) => kind).sort(), ['account-made', 'code-issued', 'sign-in'])
  for (const { opening, leaf } of rows) {
    const text = opening.toString('utf8')
    assert.ok(text.includes(account.id))
    for (const secret of [code, token, signInName, 'Somebody']) assert.ok(!text.includes(secret))
    assert.ok(!leaf.toString('utf8').includes(account.id))
    const { salt, payload } = expectOk(parseOpening(opening))
    assert.equal(expectOk(parseLeaf(leaf)).commitment, commit(salt, payload))
  }
})
