import { Agent, get } from 'node:http'
import { buildServer, type Desk } from '#http'
import { ok, type SubjectId } from '#kernel'
import { type AccountId, beginSession, type Caller, type DoorWorld, listAccounts, operator } from '#usecases'
import { readPolicies } from './adapters/access/cedarPolicies.ts'
import { given, type MakeSide, type Parts } from './adapters/bench/parts.ts'
import { repeatWaiting } from './adapters/bench/repeat.ts'
import { readWholeRecord } from './adapters/bench/wholeRecord.ts'
import { caseFolders } from './adapters/casefolder/caseFolders.ts'
import { demoOrganisation, inviteDemoPeople } from './adapters/demo/demoPeople.ts'
import { freePort, host } from './main.address.ts'
import { deskOf } from './main.desk.ts'
import { keepLawbook } from './main.lawbook.ts'
import { inProgram, readPlanPorts, version } from './main.parts.ts'
import { openSignIn } from './main.signIn.ts'

/** `cases`: the folder that holds the case `permitted`. */
type Setting = { readonly roundMs: number; readonly dataFolder: string; readonly cases: string }

/** One client that keeps its connection, asking again and again. */
function askerAt(port: number, path: string, headers: Readonly<Record<string, string>> = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get({ host, port, path, agent, headers: { host: `localhost:${port}`, ...headers } }, (response) => {
        response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(refused)))
      }).on('error', reject)
    })
  return { ask, end: () => agent.destroy() }
}
const refused = new Error('a read that is permitted was refused')

/** A server with its own store and demonstration people, as `habeas start` wires it. */
async function openServing(
  parts: Parts,
  { dataFolder, cases }: Setting,
  change: (desk: Desk) => Desk = (desk) => desk,
) {
  const ports = given(await readPlanPorts())
  const store = await parts.store(dataFolder)
  const door = { store, clock: ports.clock, chance: ports.chance }
  const port = await freePort()
  const where = { origin: `http://localhost:${port}`, listensAt: `http://${host}:${port}` }
  const desk = deskOf({
    ports,
    law: keepLawbook(ports.lawbook, undefined),
    store,
    cases: { demo: true, organisation: demoOrganisation, ...caseFolders(cases) },
    policies: given(await readPolicies(inProgram('knowledge', 'access'))),
    signIn: given(await openSignIn(door, { ...where, dataFolder, env: {} })),
    recallDays: 30,
    emergencyTerms: { minutes: 60, reviewDays: 7 },
  })
  const server = await buildServer(change(desk), {
    version,
    site: inProgram('dist', 'web'),
    mostConnections: 100,
  })
  await server.listen({ host, port })
  const close = async () => {
    await server.close()
    await store.close()
  }
  return { door, port, close }
}

function asking(
  path: string,
  { port, close }: { readonly port: number; close(): Promise<void> },
  cookie?: string,
) {
  return ({ roundMs }: Setting) => {
    const asker = askerAt(port, path, cookie === undefined ? {} : { cookie })
    return {
      round: () => repeatWaiting(roundMs, asker.ask),
      close: async () => {
        asker.end()
        await close()
      },
    }
  }
}

/** Somebody of the demonstration, with a session as a sign-in begins it. */
async function signInAs(door: DoorWorld, name: string): Promise<string> {
  await inviteDemoPeople(door)
  const account = (await listAccounts(door)).find(({ signInName }) => signInName === name)!
  const { token } = (await beginSession(door, account.id, 'code'))!
  return `habeas=${token}`
}

/** A case read by somebody who has signed in: their session, their roles and the relation of care are looked up each time. */
export const signedInSide: MakeSide<Setting> = async (setting, parts) => {
  const serving = await openServing(parts, setting)
  return asking('/api/cases/permitted', serving, await signInAs(serving.door, 'wang.lan'))(setting)
}

function openly(desk: Desk, { cases }: Setting): Desk {
  const { read } = caseFolders(cases)
  return {
    ...desk,
    access: { ...desk.access, isOpen: () => true },
    askAhead: () => undefined,
    findCase: async (_, __, id) => {
      const from = await read(id)
      return from?.ok ? ok({ from: from.value, by: operator }) : from
    },
  }
}

/** The same address of the same server, where nobody is asked who they are, and every case is anybody's. */
export const openReadSide: MakeSide<Setting> = async (setting, parts) => {
  const open = await openServing(parts, setting, (desk) => openly(desk, setting))
  return asking('/api/cases/permitted', open)(setting)
}

const observations = '/fhir/Observation?patient='
/** An application that the person let in; who the person is, is looked up each time. */
const through = (caller: Caller, subject: SubjectId): Caller =>
  caller.kind === 'nobody'
    ? caller
    : {
        ...caller,
        method: 'app',
        app: { client: 'bench', name: 'bench', scopes: ['patient/Observation.rs'], subject },
      }

/** Observations read by somebody who has signed in, through the gate, with an entry in the log and its receipt. */
export const governedRecordSide: MakeSide<Setting> = async (setting, parts) => {
  const subject = await subjectOf(setting)
  const serving = await openServing(parts, setting, (desk) => ({
    ...desk,
    signIn: {
      ...desk.signIn,
      identify: async (token) => through(await desk.signIn.identify(token), subject),
    },
  }))
  return asking(observations + subject, serving, await signInAs(serving.door, 'zhao.ming'))(setting)
}

/** The same observations from the same server, where nobody asks who reads them and nothing is kept of it. */
export const openRecordSide: MakeSide<Setting> = async (setting, parts) => {
  const subject = await subjectOf(setting)
  const anybody = through(
    { kind: 'account', account: 'a' as AccountId, name: '', method: 'code', holdings: [] },
    subject,
  )
  const open = await openServing(parts, setting, (desk) => ({
    ...openly(desk, setting),
    access: { ...desk.access, isOpen: () => false, mayEver: () => 'yes' },
    signIn: { ...desk.signIn, identify: async () => anybody },
    readResources: async (from, _, type) => {
      const value = (await readWholeRecord(from.value)).filter(({ resourceType }) => resourceType === type)
      // Nothing else of an act is there, and nobody asks for it.
      return { kind: 'done', value } as unknown as Awaited<ReturnType<Desk['readResources']>>
    },
  }))
  return asking(observations + subject, open)(setting)
}

const subjectOf = async ({ cases }: Setting): Promise<SubjectId> =>
  given((await caseFolders(cases).read('permitted'))!).value.subject.id
