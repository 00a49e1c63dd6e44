import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { parseOpening } from '#evidence'
import { expectOk, type Instant, instantOf } from '#kernel'
import {
  type AccountId,
  addPasskey,
  beginSession,
  type DoorWorld,
  endOneSession,
  endOtherSessions,
  identify,
  inviteAccount,
  isFresh,
  listSessions,
  mostAtOnce,
  type PasskeyCheck,
  removePasskey,
} from '#usecases'
import { systemChance } from '../../src/adapters/chance.ts'
import { openTestStore, superuser } from './fixture.ts'

const cleanups: (() => Promise<void>)[] = []
const t = { after: (work: () => Promise<void>) => void cleanups.push(work) } as Parameters<
  typeof openTestStore
>[0]
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

let folder: string
let now = Date.parse('2026-11-20T08:00:00.000Z')
const later = (ms: number): void => {
  now += ms
}
const minute = 60_000
let world: DoorWorld & { passkeys: PasskeyCheck }
before(async () => {
  const opened = await openTestStore(t)
  folder = opened.folder
  const at = (): Instant => instantOf(now)
  const verifyNew = async () => ({
    id: `key-${made}`,
    publicKey: new Uint8Array(),
    counter: 0,
    transports: [],
  })
  const passkeys = { idOf: () => undefined, verifyNew, verifySignIn: async () => undefined }
  world = { store: opened.store, clock: { now: at }, chance: systemChance, passkeys }
})

let made = 0
let account: AccountId
beforeEach(async () => {
  account = await invite()
})
async function invite(): Promise<AccountId> {
  made += 1
  const who = {
    signInName: `somebody-${made}`,
    name: 'Somebody',
    language: null,
    outside: null,
    holdings: [],
  }
  return expectOk(await inviteAccount(world, who)).account.id
}
const begin = async (as = account, before?: string): Promise<string> =>
  (await beginSession(world, as, 'passkey', before))!.token
const isIn = async (token: string): Promise<boolean> => (await identify(world, token)).kind === 'account'
const list = (token: string) => listSessions(world, account, token)
const handleOf = async (token: string): Promise<string> =>
  (await list(token)).find(({ here }) => here)!.handle

/** Why sessions of an account ended, and by which handles the log names them, in order. */
async function endingsOf(of: AccountId) {
  const root = await superuser(t, folder)
  const { rows } = await root.query<{ opening: Buffer }>(
    "select opening from habeas_door.events where account_id = $1 and kind = 'session-ended' order by at",
    [of],
  )
  await root.end()
  return rows.map(({ opening }) => {
    const { payload } = expectOk(parseOpening(opening)) as unknown as {
      payload: { because: string; inputs: { session: string } }
    }
    return [payload.because, payload.inputs.session]
  })
}

test('somebody sees where they are signed in, the one used last first, and nothing that opens', async () => {
  const stranger = await invite()
  await begin(stranger)
  const [there, here] = [await begin(), await begin()]
  later(2 * minute)
  await identify(world, there)
  const listed = await list(here)
  assert.deepEqual(
    listed.map(({ here, method, begunAt, seenAt }) => ({ here, method, begunAt, seenAt })),
    [
      { here: false, method: 'passkey', begunAt: instantOf(now - 2 * minute), seenAt: instantOf(now) },
      {
        here: true,
        method: 'passkey',
        begunAt: instantOf(now - 2 * minute),
        seenAt: instantOf(now - 2 * minute),
      },
    ],
  )
  const root = await superuser(t, folder)
  const { rows } = await root.query<{ hash: string }>('select hash from habeas_door.sessions')
  await root.end()
  const said = JSON.stringify(listed)
  for (const secret of [here, there, ...rows.map(({ hash }) => hash)]) assert.ok(!said.includes(secret))
})

test('one that has run out is not listed', async () => {
  await begin()
  later(30 * minute)
  const here = await begin()
  assert.equal((await list(here)).length, 1)
})

test('one of their own ends at once and is on record; nobody else’s, none that is not there, not the one they ask in', async () => {
  const stranger = await invite()
  const theirs = await begin(stranger)
  const [here, there, third] = [await begin(), await begin(), await begin()]
  const [other] = await listSessions(world, stranger, theirs)
  for (const handle of [other!.handle, await handleOf(here), '0'.repeat(64), ''])
    assert.equal(expectOk(await endOneSession(world, here, handle)), false)
  const ended = await handleOf(there)
  assert.equal(expectOk(await endOneSession(world, here, ended)), true)
  assert.deepEqual(await Promise.all([here, there, third, theirs].map(isIn)), [true, false, true, true])
  assert.equal(expectOk(await endOneSession(world, here, ended)), false, 'once')
  assert.deepEqual(await endingsOf(account), [['own-choice', ended]])
})

test('all others end at once, each on record by its handle', async () => {
  const [here, ...others] = [await begin(), await begin(), await begin()]
  const handles = await Promise.all(others.map(handleOf))
  expectOk(await endOtherSessions(world, here))
  assert.deepEqual(await Promise.all([here, ...others].map(isIn)), [true, false, false])
  const endings = await endingsOf(account)
  assert.deepEqual(new Set(endings.map(([, handle]) => handle)), new Set(handles))
  assert.ok(endings.every(([because]) => because === 'own-choice'))
})

const steps: readonly [what: string, (token: string, handle: string) => Promise<{ readonly ok: boolean }>][] =
  [
    ['end one', (token, handle) => endOneSession(world, token, handle)],
    ['end all others', (token) => endOtherSessions(world, token)],
    ['add a passkey', (token) => addPasskey(world, token, { response: {}, challenge: '', label: 'x' })],
    ['remove a passkey', (token) => removePasskey(world, token, `key-${made}`)],
  ]
for (const [what, step] of steps)
  test(`to ${what} needs a sign-in of the last ten minutes: whoever finds a browser open gets nothing done`, async () => {
    const [here, there] = [await begin(), await begin()]
    const handle = await handleOf(there)
    later(10 * minute)
    assert.equal(await isFresh(world, here), false)
    assert.deepEqual(await step(here, handle), { ok: false, error: { code: 'sign-in.again' } })
    assert.deepEqual(await Promise.all([here, there].map(isIn)), [true, true])
    assert.equal((await world.store.door.look((door) => door.listPasskeys(account))).length, 0)
    const again = await begin(account, here)
    later(10 * minute - 1)
    assert.equal(await isFresh(world, again), true)
    assert.equal((await step(again, handle)).ok, true)
    assert.equal((await step('A'.repeat(43), handle)).ok, false, 'a token that opens nothing')
  })

test(`of ${mostAtOnce} and one more the one least lately used ends, on record; others’ are not counted`, async () => {
  const stranger = await begin(await invite())
  const tokens: string[] = []
  for (let i = 0; i < mostAtOnce; i += 1) {
    tokens.push(await begin())
    later(minute)
  }
  // The first is used again, so the second is the one of which longest nothing was seen.
  assert.equal(await isIn(tokens[0]!), true)
  const second = await handleOf(tokens[1]!)
  later(minute)
  tokens.push(await begin())
  assert.deepEqual(await Promise.all(tokens.map(isIn)), [true, false, true, true, true, true])
  assert.deepEqual(await endingsOf(account), [['too-many', second]])
  assert.equal(await isIn(stranger), true)
})

test('what has run out counts for nothing', async () => {
  for (let i = 0; i < mostAtOnce; i += 1) await begin()
  later(30 * minute)
  await begin()
  assert.deepEqual(await endingsOf(account), [])
})

test(`however many sign in at the same moment, ${mostAtOnce} are in`, async () => {
  const tokens = await Promise.all(Array.from({ length: 3 * mostAtOnce }, () => begin()))
  const states = await Promise.all(tokens.map(isIn))
  assert.equal(states.filter(Boolean).length, mostAtOnce)
})

test('the session that a browser had ends when somebody signs in there, whoever it was', async () => {
  const stranger = await invite()
  const left = await begin(stranger)
  const here = await begin(account, left)
  assert.deepEqual(await Promise.all([left, here].map(isIn)), [false, true])
  assert.deepEqual(
    (await endingsOf(stranger)).map(([because]) => because),
    ['replaced'],
  )
  await begin(account, 'A'.repeat(43))
  assert.equal(await isIn(here), true)
})
